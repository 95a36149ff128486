"""What became of those sent together: their states as tiles, rows, a workbook, and those to be sent again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils import timezone

from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import exports
from zhtj.lib.verdict import YES, Verdict, no

from .. import lists as rows_of
from .. import pages, queries
from ..enums import OPEN, State
from ..models import PeopleList, Transfer
from . import lists
from .lists import Common

FAILED = (State.RETURNED, State.WITHDRAWN, State.LAPSED)
COLUMNS = ("姓名", "身份证号码", "转出团支部", "转入组织", "转接原因", "状态", "到达时间", "现在轮到谁")
NONE_FAILED = no("这一批没有需要重新发起的人", cause="none", remedy="。")


def cases(scope: Scope, batch: UUID) -> QuerySet[Transfer]:
    """The cases of a batch, as many as this seat sees."""
    return queries.visible(scope).filter(batch=batch)


def tiles(found: QuerySet[Transfer], state: str) -> list[dict[str, Any]]:
    """One tile for everybody and one for each state that occurs."""
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    whole = {"label": "全部", "value": sum(counts.values()), "url": "?", "current": not state}
    kinds = {"todo": "todo", "returned": "returned"}
    return [whole] + [
        {
            "label": each.label,
            "value": counts[each],
            "kind": kinds.get(pages.BADGES[each], ""),
            "url": f"?state={each}",
            "current": state == each,
        }
        for each in State
        if counts.get(each)
    ]


def newest_first(found: QuerySet[Transfer], state: str) -> QuerySet[Transfer]:
    """The rows of a state, for paging by `newest`."""
    wanted = found.filter(state=state) if state in State.values else found
    return wanted.annotate(newest=-F("pk"))


def failed(found: QuerySet[Transfer]) -> QuerySet[Transfer]:
    """Those that came to nothing and have not been begun anew."""
    later = Transfer.objects.filter(account=OuterRef("account"), pk__gt=OuterRef("pk"))
    return found.filter(state__in=FAILED).exclude(Exists(later))


def may_retry(found: QuerySet[Transfer]) -> Verdict:
    """Whether there is anybody to be sent again; whether each may be is for the plan to say."""
    return YES if failed(found).exists() else NONE_FAILED


def retry(found: QuerySet[Transfer], *, actor: Scope) -> PeopleList:
    """A list of those that came to nothing, each with the target it had; nothing is begun yet. Raises Refused."""
    may_retry(found).demand()
    again = list(failed(found).order_by("pk")[: lists.MOST])
    first = again[0]
    wish = Common(
        reason=first.reason,
        outside=first.outside,
        outside_name=first.outside_name.partition("：")[2],
        details=first.details,
        remark=first.remark,
    )
    wanted = [(each.account_id, each.target_id if not each.outside else None) for each in again]
    return lists.keep_again(wanted, wish, source="重新发起", actor=actor)


def under_way(found: QuerySet[Transfer]) -> list[int]:
    """The ids of those somebody still has to decide, for 催办."""
    return list(found.filter(state__in=OPEN).order_by("pk").values_list("pk", flat=True)[: lists.MOST])


def workbook(found: Sequence[Transfer], *, actor: Scope) -> bytes:
    """The rows as .xlsx, numbers masked; on record."""
    table = [
        [
            row.transfer.account.name,
            row.transfer.account.masked_id,
            row.source,
            row.transfer.destination,
            row.transfer.get_reason_display(),
            row.transfer.get_state_display(),
            f"{timezone.localtime(row.transfer.since):%Y-%m-%d %H:%M}",
            row.turn,
        ]
        for row in rows_of.rows(found, actor)
    ]
    record("transfers.list_exported", actor=actor, organization=actor.root, detail={"rows": len(table)})
    note = f"{actor.account_name} {timezone.localtime():%Y-%m-%d %H:%M} 导出。"
    return exports.workbook("转接", COLUMNS, table, note=note, code=(1,))
