"""A run cancelled at any of its statements: it is cancelled and nothing is written, or it is too late and everything is."""

import itertools

import pytest

from accounts.models import Account
from members.models import BatchState, ImportBatch, Template
from members.roster import batch as batches
from members.roster import planning
from orgs.scope import scope_of
from tests import interleave, makers
from tests.members.roster.sheets import person, roster

pytestmark = pytest.mark.django_db(transaction=True)
quick_and_full = pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.prove)])
ROWS = 5
_serial = itertools.count(1)


def confirmed() -> ImportBatch:
    """A roster of five people that waits to be run."""
    committee = makers.make_org(None, f"第{next(_serial)}中学团委", "committee")
    branch = makers.make_org(committee, "一班团支部")
    actor = scope_of(makers.make_admin(branch))
    raw = roster(*(person() for _ in range(ROWS)))
    batch = batches.create(branch, "名单.xlsx", raw, actor=actor, template=Template.MEMBERS)
    planning.make_plan(batch, raw)
    batches.confirm(batch, actor=actor)
    return batch


def run(batch) -> bool:
    batches.work(batch.pk)
    return True


def cancel(batch) -> bool:
    mine = ImportBatch.objects.select_related("organization__parent", "importer").get(pk=batch.pk)
    batches.cancel(mine, actor=scope_of(mine.importer))
    return True


def cancelled_or_done(batch, ran, cancelled) -> None:
    batch.refresh_from_db()
    assert ran.error is None
    members = Account.objects.filter(memberships__batch_id=batch.pk).count()
    if cancelled.succeeded:
        assert (batch.state, members, batch.cancel_asked_at) == (BatchState.PLANNED, 0, None)
    else:
        assert cancelled.error.verdict.cause == "too_late"
        assert (batch.state, members) == (BatchState.DONE, ROWS)


@quick_and_full
def test_a_run_is_cancelled_or_done(settings, step):
    settings.IMPORT_PIECE_ROWS = 2
    assert interleave.every_meeting(confirmed, run, cancel, cancelled_or_done, step=step) > 20
