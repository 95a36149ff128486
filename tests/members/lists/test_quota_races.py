"""The day's quota holds against exports at once."""

import itertools

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from members.lists import quota
from members.models import Export
from orgs.scope import scope_of
from tests import interleave, makers
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db(transaction=True)
_serial = itertools.count(1)


def test_eight_exports_at_once_stay_within_the_quota(settings):
    settings.FULL_NUMBER_QUOTA = 25
    top = makers.make_org(None, f"第{next(_serial)}配额大学团委", "committee")
    admin = makers.make_admin(top)
    actor, now = scope_of(admin), timezone.now()

    @transaction.atomic
    def export():
        return quota.register("团员列表", [], 10, full=True, reason="试", actor=actor, now=now)

    outcomes = interleave.all_at_once(*[export] * 8)
    assert [outcome.succeeded for outcome in outcomes].count(True) == 2
    assert {type(outcome.error) for outcome in outcomes if not outcome.succeeded} == {Refused}
    assert Export.objects.filter(account=admin).aggregate(total=Sum("rows"))["total"] == 20
