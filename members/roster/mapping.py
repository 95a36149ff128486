"""Columns mapped by hand: chosen once for a waiting import, remembered for its organisation, changed and forgotten (§5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from .. import rules
from ..models import BatchState, HeaderName, ImportBatch, Template
from . import batch as batches
from . import cadres, headers, kinds
from .read import letter_of, place_of


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a choice cannot be read; `at` is the column of the upload, None where one is missing."""

    at: int | None
    message: str


# -- rules ------------------------------------------------------------------------------------------


def may_choose(scope: Scope, batch: ImportBatch) -> Verdict:
    """Whoever may import there, while the import waits for its columns and the file is there."""
    waiting = batch.state == BatchState.MAPPING
    moved_on = no("这份名单的列已经对应，或已放弃", cause="moved_on", remedy="，请刷新查看。")
    gone = no("这份名单没有按时对应，文件已按规定删除", cause="gone", remedy="，请放弃这次导入，重新上传。")
    kept = ImportBatch.objects.filter(pk=batch.pk, file_cipher__isnull=False).exists()
    return first_no(kinds.may_import(scope, batch), YES if waiting else moved_on, YES if kept else gone)


def offered(batch: ImportBatch) -> list[str]:
    """The columns that a roster of this kind has; above a branch each row says where it belongs."""
    if batch.template == Template.CADRES:
        return list(cadres.COLUMNS)
    named = headers.BRANCH_COLUMN in batch.layout.get("columns", {}) or not batch.organization.is_branch
    return [*([headers.BRANCH_COLUMN] if named else []), *rules.COLUMNS]


def required(batch: ImportBatch) -> list[str]:
    """Those of them that must be there, in their order."""
    kind = kinds.kind_of(batch.template)
    needed = {*kind.required, *kind.hoped(batch.organization)}
    return [name for name in offered(batch) if name in needed]


def faults(batch: ImportBatch, columns: Mapping[int, str]) -> list[Fault]:
    """What is wrong with a choice, index → column or "" for none; empty where it can be read."""
    header: list[str] = batch.layout["header"]
    chosen = {at: name for at, name in columns.items() if name}
    first = {name: at for at, name in reversed(chosen.items())}
    alike = Counter(headers.key(each) for each in header)
    found = []
    for at, name in chosen.items():
        if at >= len(header) or name not in offered(batch):
            found.append(Fault(None, "所选的列不在名单或模板中。请刷新后重新选择。"))
        elif first[name] != at:
            found.append(Fault(at, f"{place_of(header, first[name])}已经对应“{name}”，一列只对应一次。"))
        elif alike[headers.key(header[at])] > 1:
            found.append(Fault(at, "有两列的表头相同，无法分辨。请在文件中改名后重新上传。"))
    missing = [name for name in required(batch) if name not in first]
    if missing:
        listed = "、".join(f"“{name}”" for name in missing)
        found.append(Fault(None, f"还没有对应{listed}。名单中没有的，请补上这一列后重新上传。"))
    return found


def may_forget(scope: Scope, organization: Organization, template: str = Template.MEMBERS) -> Verdict:
    """Headers are kept by whoever may import there."""
    return kinds.kind_of(template).may_import(scope, organization)


# -- verbs ------------------------------------------------------------------------------------------


@transaction.atomic
def choose(batch: ImportBatch, *, columns: Mapping[int, str], actor: Scope) -> None:
    """Map the columns of a waiting import, remember them and have the file checked. Raises Refused."""
    may_choose(actor, batch).demand()
    for fault in faults(batch, columns):
        raise Refused(no(fault.message.rstrip("。"), cause="mapping", remedy="。"))
    header: list[str] = batch.layout["header"]
    now = {"layout": {}, "message": "", "confirmed_at": timezone.now()}  # since when it waits for the worker
    if not batches.move(batch, BatchState.QUEUED, among=(BatchState.MAPPING,), **now):
        raise Refused(no("这份名单的列已经对应，或已放弃", cause="moved_on", remedy="，请刷新查看。"))
    batch.rows.all().delete()
    _remember(batch.organization, {headers.key(header[at]): name for at, name in columns.items()}, actor)
    detail = {"batch": batch.pk, "columns": sum(map(bool, columns.values()))}
    record("imports.columns_chosen", actor=actor, organization=batch.organization, detail=detail)
    transaction.on_commit(lambda: batches.enqueue(batch))


def _remember(organization: Organization, chosen: Mapping[str, str], actor: Scope) -> None:
    """Keep what nobody would read by itself; what everybody reads so is not kept."""
    own = {key: name for key, name in chosen.items() if key and not _is_common(key, name)}
    HeaderName.objects.filter(organization=organization, header__in=chosen.keys() - own.keys()).delete()
    kept = [
        HeaderName(organization=organization, header=key, column=name, set_by_name=actor.account_name)
        for key, name in sorted(own.items())
    ]
    HeaderName.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["organization", "header"],
        update_fields=["column", "set_by_name", "set_at"],
    )


def _is_common(key: str, name: str) -> bool:
    return headers.column_name(key) == name and (bool(name) or headers.is_useless(key))


@transaction.atomic
def change(header: HeaderName, column: str, *, actor: Scope) -> None:
    """Read a remembered header as another column, "" for none, from the next file on. Raises Refused."""
    may_forget(actor, header.organization).demand()
    if column and column not in headers.COLUMNS:
        raise Refused(no("没有这一列", cause="column", remedy="，请刷新后重新选择。"))
    _remember(header.organization, {header.header: column}, actor)
    record("imports.header_changed", actor=actor, organization=header.organization, detail={"headers": 1})


@transaction.atomic
def forget(organization: Organization, *, header: int | None = None, actor: Scope) -> int:
    """Forget one header of an organisation, by its id, or all; how many there were. Raises Refused."""
    may_forget(actor, organization).demand()
    kept = HeaderName.objects.filter(organization=organization)
    count, _ = (kept if header is None else kept.filter(pk=header)).delete()
    if count:
        detail = {"headers": count}
        record("imports.headers_forgotten", actor=actor, organization=organization, detail=detail)
    return count


def title_of(header: list[str], at: int) -> str:
    """The header as uploaded on one line, or where the column stands if it has none."""
    return " ".join(header[at].split()) or f"{letter_of(at)}列（没有表头）"
