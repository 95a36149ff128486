"""Applications end when their ID is entered, and go back when their branch ends."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members import entry, registry
from members.applications import applying, deciding, ending
from members.models import Act, Application
from members.roster import shell
from orgs.scope import nobody, scope_of
from tests import makers
from tests.members.roster.test_killed import ROSTER
from zhtj.audit.models import AuditEntry
from zhtj.desk import closing, merging

from .conftest import NOW, content, submit

pytestmark = pytest.mark.django_db


def states() -> dict[int, str]:
    return dict(Application.objects.values_list("pk", "state"))


@pytest.fixture
def enter(country, cast):
    """Enter the applicant into another branch of another province."""
    actor = scope_of(cast.workshop_admin)

    def enter(given):
        return entry.enter(country.workshop, given.entered, actor=actor, now=NOW)

    return enter


def test_entry_anywhere_ends_those_that_wait_and_those_returned(country, branch_admin, enter):
    given = content()
    facts = {name: getattr(given, name) for name in given.__slots__}
    waiting, returned, gone = (submit(country.class1, **facts) for _ in range(3))
    deciding.send_back(returned, reason="elsewhere", remark="", actor=branch_admin, now=NOW)
    applying.withdraw(gone, actor=nobody(), now=NOW)
    stranger = submit(country.class1)
    enter(given)
    assert states() == {
        waiting.pk: "ended",
        returned.pk: "ended",
        gone.pk: "withdrawn",
        stranger.pk: "pending",
    }


def test_the_branch_applied_to_does_not_learn_where_the_person_was_entered(country, enter):
    given = content()
    application = submit(country.class1, **{name: getattr(given, name) for name in given.__slots__})
    enter(given)
    row = AuditEntry.objects.get(verb="applications.ended")
    ended = Application.objects.get(pk=application.pk)
    assert (row.organization_id, row.detail) == (country.workshop.pk, {"applications": [application.pk]})
    assert (ended.decided_by, ended.decided_by_name) == (None, "")


def test_an_enrolment_by_code_ends_them_too(country):
    person = makers.make_account("新管理")
    application = submit(country.class1, number=person.id_number)
    registry.enrol(
        person, country.class2, joined=date(2021, 5, 1), number=None, act=Act.CODE, actor=makers.SYSTEM
    )
    assert states() == {application.pk: "ended"}


def test_many_people_cost_one_statement(country):
    given = [content() for _ in range(20)]
    for each in given:
        submit(country.class1, **{name: getattr(each, name) for name in each.__slots__})
    indexes = [bytes(each) for each in Application.objects.values_list("id_index", flat=True)]
    with CaptureQueriesContext(connection) as captured:
        ended = ending.end_of(indexes, organization=country.class1, actor=makers.SYSTEM, now=NOW)
    assert (len(ended), [each["sql"].split()[0] for each in captured]) == (20, ["UPDATE", "INSERT"])


def test_nobody_entered_asks_nothing(country, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ending.end_of([], organization=country.class1, actor=makers.SYSTEM, now=NOW) == []


def test_deleting_the_branch_sends_them_back_with_the_reason(country, cast):
    application = submit(country.freshmen)
    closing.close(country.freshmen, actor=scope_of(cast.college_admin), now=NOW)
    row = Application.objects.get(pk=application.pk)
    assert (row.state, row.reason, row.get_reason_display()) == ("returned", "closed", "团支部已撤销或合并")


def test_merging_the_branch_sends_them_back_too(country, cast):
    application, beside = submit(country.freshmen), submit(country.class1)
    merging.merge(
        country.freshmen, country.class1, merging.Settlement(), actor=scope_of(cast.college_admin), now=NOW
    )
    assert states() == {application.pk: "returned", beside.pk: "pending"}


def test_an_import_ends_those_of_everybody_it_enters(country):
    inside, outside = submit(country.class2, number="370399200703258322"), submit(country.class2)
    shell.import_file(country.class1, ROSTER.name, ROSTER.read_bytes())
    assert states() == {inside.pk: "ended", outside.pk: "pending"}
