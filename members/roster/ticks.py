"""Which updates of a plan the user has chosen; nothing is written to anybody until the plan is confirmed."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from orgs.scope import Scope
from zhtj.lib.verdict import Verdict, first_no, no

from ..models import BatchState, ImportBatch, RowVerdict
from . import kinds


def may_decide(scope: Scope, batch: ImportBatch) -> Verdict:
    """Choosing, confirming and abandoning: whoever may import there, while the plan waits."""
    waiting = batch.state == BatchState.PLANNED
    moved_on = no("这次导入已经确认或放弃", cause="moved_on", remedy="，请刷新查看。")
    return first_no(kinds.may_import(scope, batch), Verdict(True) if waiting else moved_on)


@transaction.atomic
def choose(batch: ImportBatch, *, shown: Collection[int], ticked: Collection[int], actor: Scope) -> int:
    """Tick `ticked` of the rows `shown` on a page and untick its others; how many are ticked in all. Raises Refused."""
    may_decide(actor, batch).demand()
    updates = batch.rows.filter(verdict=RowVerdict.UPDATE)
    updates.filter(number__in=shown).exclude(number__in=ticked).filter(ticked=True).update(ticked=False)
    updates.filter(number__in=set(shown) & set(ticked), ticked=False).update(ticked=True)
    return updates.filter(ticked=True).count()


@transaction.atomic
def choose_all(batch: ImportBatch, ticked: bool, *, actor: Scope) -> int:
    """Tick or untick every update of the plan; how many are ticked. Raises Refused."""
    may_decide(actor, batch).demand()
    updates = batch.rows.filter(verdict=RowVerdict.UPDATE)
    updates.exclude(ticked=ticked).update(ticked=ticked)
    return updates.count() if ticked else 0
