"""The content of decided applications has its time; that there were any, stays."""

from datetime import timedelta

import pytest

from members.applications import applying, deciding, purge
from members.applications import content as contents
from members.models import Application
from orgs.scope import nobody
from zhtj import rotation

from .conftest import NOW, content, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(country, branch_admin):
    """Returned today, approved today, and one that waits."""
    returned, approved, waiting = (
        submit(country.class1, league_number=f"20216577777{at}") for at in range(3)
    )
    deciding.send_back(returned, reason="elsewhere", remark="", actor=branch_admin, now=NOW)
    deciding.approve(approved, actor=branch_admin, now=NOW)
    return [returned, approved, waiting]


def test_after_half_a_year_the_content_goes_and_the_state_stays(decided):
    assert (purge.purge(NOW + timedelta(days=180)), purge.purge(NOW + timedelta(days=180, seconds=1))) == (
        0,
        2,
    )
    rows = Application.objects.order_by("pk")
    assert [(each.state, contents.of(each) is None) for each in rows] == [
        ("returned", True),
        ("approved", True),
        ("pending", False),
    ]


def test_a_returned_one_can_be_filled_in_anew(decided):
    purge.purge(NOW + timedelta(days=200))
    row = Application.objects.select_related("branch__parent").get(pk=decided[0].pk)
    given = content()
    applying.resend(row, given, actor=nobody(), now=NOW + timedelta(days=201))
    assert contents.of(Application.objects.get(pk=row.pk)) == given


def test_a_rotation_of_the_key_passes_over_what_is_gone(decided):
    purge.purge(NOW + timedelta(days=200))
    assert {secret.column: done for secret, done in rotation.reencrypt()}["payload_cipher"] == 0
