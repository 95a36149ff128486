"""That a text was produced is recorded once, and seen above."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from orgs.scope import scope_of
from transfers.enums import About
from transfers.models import Nudge
from transfers.nudges import topics, verbs
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

TOMORROW = timezone.localdate() + timedelta(days=1)


def nudge(here, key=None, deadline=TOMORROW, scope=None) -> Nudge:
    scope = scope or here.college
    subjects = topics.gather(About.START, [here.cast.member.account_id], scope)
    return verbs.nudge(subjects, deadline=deadline, key=key or uuid4(), actor=scope)


def test_who_where_about_what_and_how_many_is_recorded(here):
    made = nudge(here)
    row = AuditEntry.objects.get(verb="transfers.nudged")
    assert (made.organization, made.about, made.count, made.actor_name) == (
        here.country.class1,
        "start",
        1,
        "易学园",
    )
    assert (row.organization_id, row.detail["count"]) == (here.country.class1.pk, 1)


def test_a_form_sent_twice_is_one(here):
    key = uuid4()
    assert (nudge(here, key) == nudge(here, key), Nudge.objects.count()) == (True, 1)


def test_the_key_of_somebody_else_is_no_key(here):
    key = uuid4()
    nudge(here, key)
    with pytest.raises(Refused):
        nudge(here, key, scope=scope_of(here.cast.class1_admin))


@pytest.mark.parametrize("days", [-1, 181])
def test_deadlines_past_or_far_away_are_refused(here, days):
    with pytest.raises(Refused):
        nudge(here, deadline=timezone.localdate() + timedelta(days=days))


def test_nobody_is_nudged_about_nothing(here):
    with pytest.raises(Refused) as refusal:
        nudge(here, scope=scope_of(here.cast.zibo_admin))
    assert refusal.value.verdict.cause == "nobody"


@pytest.mark.parametrize("act", ["delete", "update"])
def test_the_record_is_never_changed(here, act):
    made = nudge(here)
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete() if act == "delete" else Nudge.objects.filter(pk=made.pk).update(count=2)


@pytest.mark.parametrize(
    ("role", "count"), [("university_admin", 1), ("class1_admin", 1), ("class2_admin", 0), ("zibo_admin", 0)]
)
def test_the_superior_sees_it(here, role, count):
    nudge(here)
    assert Nudge.objects.within(scope_of(getattr(here.cast, role))).count() == count
