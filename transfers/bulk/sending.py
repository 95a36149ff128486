"""Begins the cases of a plan as one act: everybody the button announced, or nobody (§6.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from members import moving
from members.models import Act as Belonging
from members.models import Hold, Member
from orgs import tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry
from zhtj.lib.arrays import IsAnyOf
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from .. import notices, workflow
from ..enums import State
from ..models import PeopleList, Step, Transfer
from ..workflow import Word
from . import plan as planning
from .plan import Plan, Row

CHANGED = no("核对之后情况有变化，还没有发起", cause="changed", remedy="，请重新核对后再发起。")
NOBODY = no("没有可以发起的人", cause="nobody", remedy="，请按各行的说明处理。")
PIECE = 1000


@retried
@transaction.atomic
def send(people: PeopleList, *, stamp: str, actor: Scope, now: datetime | None = None) -> UUID:
    """Begin a case for everybody the plan with this stamp would send; the batch they share.

    Raises Refused, and nothing is begun, where anything has changed since the plan was shown.
    """
    now = now or timezone.now()
    held = _hold(planning.make(people, actor=actor, now=now))
    plan = planning.make(people, actor=actor, now=now)
    if plan.stamp != stamp or not _places(plan) <= held:
        raise Refused(CHANGED)
    if not plan.ready:
        raise Refused(NOBODY)
    batch = uuid4()
    rows = planning.in_order(plan.ready)
    _begin(rows, batch, actor=actor, now=now)
    _follow(rows, actor=actor, now=now)
    PeopleList.objects.filter(pk=people.pk).update(batch=batch)
    return batch


def _places(plan: Plan) -> set[int]:
    cases = [each.transfer for each in plan.ready if each.transfer is not None]
    return {pk for each in cases for pk in (each.source_id, each.target_id) if pk}


def _hold(plan: Plan) -> set[int]:
    """The parts of the tree, the organisations by id, then the members by blind index: everything stands still."""
    places = _places(plan)
    tree.hold(*Organization.objects.filter(pk__in=places).order_by("pk"), exclusive=False)
    rows = Organization.objects.filter(pk__in=places).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))
    accounts = [each.transfer.account_id for each in plan.ready if each.transfer is not None]
    members = Member.objects.filter(IsAnyOf("account_id", accounts)).order_by("account__id_index")
    list(members.select_for_update(of=("self",)).values_list("pk", flat=True))
    return places


def _begin(rows: Sequence[Row], batch: UUID, *, actor: Scope, now: datetime) -> None:
    """What workflow.start writes for one, in one statement each for all."""
    cases = [each.transfer for each in rows if each.transfer is not None]
    for row, case in zip(rows, cases, strict=True):
        case.batch, case.opened_at, case.opened_by = batch, now, actor.account_id
        workflow.enter(case, row.line.to, now=now)
        case.landed = case.target if row.at_once else None
    free = Member.objects.filter(IsAnyOf("account_id", [each.account_id for each in cases]), held="")
    if free.update(held=Hold.TRANSFER) != len(cases):
        raise Refused(CHANGED)
    try:
        with transaction.atomic():
            Transfer.objects.bulk_create(cases, batch_size=PIECE)
    except IntegrityError as error:
        raise Refused(CHANGED) from error
    _record(rows, cases, actor=actor, now=now)


def _record(rows: Sequence[Row], cases: Sequence[Transfer], *, actor: Scope, now: datetime) -> None:
    steps = [
        workflow.step_of(case, row.line, None, number=1, actor=actor, word=Word(remark=case.remark), now=now)
        for row, case in zip(rows, cases, strict=True)
    ]
    Step.objects.bulk_create(steps, batch_size=PIECE)
    said = [
        entry("transfers.step", actor=actor, **workflow.facts_of(case, row.line))
        for row, case in zip(rows, cases, strict=True)
    ]
    AuditEntry.objects.bulk_create(said, batch_size=PIECE)


def _follow(rows: Sequence[Row], *, actor: Scope, now: datetime) -> None:
    """Whoever needs nobody's word moves now, all of one way together; everybody is told."""
    ways: dict[tuple[int, int], list[Transfer]] = {}
    for row in rows:
        case = row.transfer
        if case.state == State.DONE and case.landed is None:
            workflow.follow(case, actor=actor, now=now)
            continue
        if case.state == State.DONE:
            ways.setdefault((case.source_id, case.landed_id), []).append(case)
        notices.tell(case, actor=actor, now=now)
    for cases in _administrators_last(ways, rows):
        _move(cases, actor=actor, now=now)


def _administrators_last(
    ways: dict[tuple[int, int], list[Transfer]], rows: Sequence[Row]
) -> list[list[Transfer]]:
    """The ways in the order in which their last people stand in the plan, administrators at its end."""
    place = {row.transfer.account_id: at for at, row in enumerate(rows)}
    return sorted(ways.values(), key=lambda cases: max(place[each.account_id] for each in cases))


def _move(cases: Sequence[Transfer], *, actor: Scope, now: datetime) -> None:
    first = cases[0]
    accounts = {each.account_id for each in cases}
    moving.move_all(accounts, first.source, first.landed, act=Belonging.TRANSFER, actor=actor, now=now)
