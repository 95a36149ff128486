"""A row mended while the plan is confirmed: it is mended before, or not at all; the tiles always tell the rows."""

import itertools

import pytest
from django.db.models import Count

from members.models import BatchState, ImportBatch, RowVerdict, Template
from members.roster import batch as batches
from members.roster import mend, planning
from members.rules import PHONE
from orgs.scope import scope_of
from tests import interleave, makers
from tests.members.roster.sheets import person, roster

pytestmark = pytest.mark.django_db(transaction=True)
_serial = itertools.count(1)


def planned_with_a_fault() -> ImportBatch:
    """A plan of a sound row 2 and a row 3 with a wrong phone."""
    branch = makers.make_org(None, f"第{next(_serial)}中学团委", "committee")
    branch = makers.make_org(branch, "一班团支部")
    actor = scope_of(makers.make_admin(branch))
    raw = roster(person(), person("错手机", 手机号码="1"))
    batch = batches.create(branch, "名单.xlsx", raw, actor=actor, template=Template.MEMBERS)
    planning.make_plan(batch, raw)
    return batch


def loaded(batch: ImportBatch) -> ImportBatch:
    """As each of two requests reads it."""
    return ImportBatch.objects.select_related("organization__parent", "importer").get(pk=batch.pk)


def fix(batch):
    mine = loaded(batch)
    return mend.fix(mine, 3, cells={PHONE: "13900001111"}, actor=scope_of(mine.importer))


def confirm(batch):
    mine = loaded(batch)
    batches.confirm(mine, actor=scope_of(mine.importer))
    return True


def confirmed_and_counted(batch, fixed, confirmed) -> None:
    batch.refresh_from_db()
    assert confirmed.error is None
    assert batch.state == BatchState.CONFIRMED
    tally = dict(batch.rows.values_list("verdict").annotate(Count("pk")))
    counts = {verdict: batch.counts[verdict] for verdict in RowVerdict.values if batch.counts[verdict]}
    assert counts == tally
    assert tally.get(RowVerdict.NEW) == (2 if fixed.succeeded else 1)
    assert fixed.succeeded or fixed.error.verdict.cause == "moved_on"


def test_a_row_is_mended_before_the_plan_is_confirmed_or_not_at_all():
    assert interleave.every_meeting(planned_with_a_fault, fix, confirm, confirmed_and_counted) > 3


def test_two_corrections_of_one_row_follow_each_other():
    def both(batch, one, two) -> None:
        batch.refresh_from_db()
        assert [one.succeeded, two.succeeded].count(True) == 1
        assert batch.counts[RowVerdict.NEW] == batch.rows.filter(verdict=RowVerdict.NEW).count() == 2
        assert {each.error.verdict.cause for each in (one, two) if each.error} == {"sound"}

    assert interleave.every_meeting(planned_with_a_fault, fix, fix, both) > 3
