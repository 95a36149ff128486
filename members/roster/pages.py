"""What the pages of an import show: tiles, lines with their faulty cells, the button and its words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse

from orgs.scope import Scope
from zhtj.templatetags.zhtj import dt, mask_phone

from .. import rules
from ..models import BatchState, ImportBatch, RowVerdict
from . import batch as batches
from . import mend, queries
from .check import BRANCH_COLUMN, Near
from .echo import Echo
from .plan import STOPPED, PlanRow

TILES = (
    RowVerdict.NEW,
    RowVerdict.UPDATE,
    RowVerdict.SAME,
    RowVerdict.MOVE,
    RowVerdict.CONFLICT,
    RowVerdict.ERROR,
)
_CODES = (rules.NUMBER, rules.PHONE, rules.LEAGUE_NUMBER)
_KINDS = {RowVerdict.ERROR: "returned", RowVerdict.CONFLICT: "todo", RowVerdict.MOVE: "todo"}
_BADGES = {
    BatchState.PLANNED: "todo",
    BatchState.DONE: "done",
    BatchState.REJECTED: "returned",
    BatchState.ABANDONED: "void",
}
_WRITABLE = (RowVerdict.NEW, RowVerdict.UPDATE)
_CAUSE = re.compile(r"^(.+?)(?:。(?=.)|，(?=请|应))(.+)$", re.DOTALL)  # what is wrong, then what to do


def standing(batch: ImportBatch) -> tuple[str, str]:
    """The words and the kind of the badge: its state, or that nobody has to confirm anything."""
    if batch.state == BatchState.PLANNED and not any(batch.counts.get(verdict) for verdict in _WRITABLE):
        return ("没有变化", "neutral") if _all_same(batch) else ("没有可导入的行", "returned")
    return batch.get_state_display(), _BADGES.get(BatchState(batch.state), "info")


def _all_same(batch: ImportBatch) -> bool:
    return batch.counts.get(RowVerdict.SAME) == batch.counts.get("total")


# -- tiles and the button ---------------------------------------------------------------------------


def chosen_view(batch: ImportBatch, asked: str) -> str:
    """Which rows to show: those asked for, else what needs the user first."""
    counts = batch.counts
    if asked in RowVerdict.values or (asked == queries.STOPPED and batch.state == BatchState.DONE):
        return asked
    if counts.get("stopped"):
        return queries.STOPPED
    return next((verdict for verdict in queries.ORDER if counts.get(verdict)), RowVerdict.NEW)


def tiles(batch: ImportBatch, show: str) -> list[dict[str, Any]]:
    """新增 更新 不变 需转接 冲突 错误, each filtering the rows; after the run also what was stopped."""
    found = [
        {
            "label": verdict.label,
            "value": batch.counts.get(verdict, 0),
            "url": f"?show={verdict}",
            "kind": _KINDS.get(verdict, "") if batch.counts.get(verdict) else "",
            "current": show == verdict,
        }
        for verdict in TILES
    ]
    if batch.counts.get("stopped"):
        stopped = {
            "label": "未写入",
            "value": batch.counts["stopped"],
            "url": f"?show={queries.STOPPED}",
            "kind": "todo",
            "current": show == queries.STOPPED,
        }
        found.append(stopped)
    return found


@dataclass(frozen=True)
class Button:
    """The one act of a plan: its words, or why there is nothing to do. `updates` is what it announces.

    `over` where the list holds nothing that could still be imported as it is.
    """

    words: str
    updates: int
    reason: str = ""
    over: bool = False


def button(batch: ImportBatch) -> Button:
    """导入 27 人，更新 3 人."""
    new = batch.counts.get(RowVerdict.NEW, 0)
    updates = batch.rows.filter(verdict=RowVerdict.UPDATE, ticked=True).count()
    parts = [f"导入 {new} 人"] if new else []
    parts += [f"更新 {updates} 人"] if updates else []
    if parts:
        return Button("，".join(parts), updates)
    return Button("导入 0 人", 0, _nothing(batch), over=not batch.counts.get(RowVerdict.UPDATE))


def _nothing(batch: ImportBatch) -> str:
    if batch.counts.get(RowVerdict.UPDATE):
        return "没有新增的人。要更新资料，请在“更新”中勾选。"
    if _all_same(batch):
        return "名单上的人都已在系统中，资料相同。"
    return "没有可以导入的行。请改正有错误的行，再重新上传。"


def earlier_words(batch: ImportBatch) -> str:
    """Whether the very same file was imported before, by whom and when, and whether anything is left to do."""
    before = batches.same_file_before(batch)
    if before is None:
        return ""
    who = before.importer.name if before.importer else "管理命令"
    at = before.finished_at or before.created_at
    changed = any(batch.counts.get(verdict) for verdict in _WRITABLE)
    said = f"这份名单已由{who}于 {dt(at)} 导入过"
    return f"{said}。" if changed else f"{said}，没有变化。"


# -- lines ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """A cell as uploaded; `wrong` where a problem speaks of it."""

    label: str
    text: str
    wrong: bool = False
    code: bool = False
    organization: bool = False


@dataclass(frozen=True)
class Fault:
    """A problem of a row: the column with what stands in it, the cause, and the remedy."""

    column: str
    text: str
    cause: str
    remedy: str


@dataclass(frozen=True)
class Line:
    """A row of the plan as one line of the table, with all its cells to look up."""

    number: int
    name: str
    name_wrong: bool
    cells: list[Cell]
    faults: list[Fault]
    changes: list[tuple[str, str, str]]
    note: str
    ticked: bool
    done: bool
    stopped: bool
    whole: list[Cell] = field(default_factory=list)
    fixable: bool = False
    near: list[Near] = field(default_factory=list)
    alike: int = 0  # rows with the same wrong name, where the nearest are offered


def lines(batch: ImportBatch, rows: list[PlanRow], scope: Scope, show: str) -> list[Line]:
    """The lines of a page; the uploader sees the own file in full, everybody else with numbers masked."""
    echo = Echo.of(batch, scope)
    columns = shown_columns(batch, show)
    found = [_line(row, columns, batch.layout.get("header", []), echo) for row in rows]
    if not mend.may_mend(scope, batch):
        return found
    alike = queries.misnamed(batch) if any(row.near for row in rows) else Counter()
    return [_mendable(line, row, alike) for line, row in zip(found, rows, strict=True)]


def _mendable(line: Line, row: PlanRow, alike: Counter[str]) -> Line:
    """The line with what may be done about it; a wrong name is asked about once a page."""
    count = alike.pop(row.branch_name, 0) if row.near else 0
    near = row.near if count else []
    return replace(line, fixable=row.verdict in mend.MENDABLE, near=near, alike=count)


def shown_columns(batch: ImportBatch, show: str) -> list[str]:
    """The columns that identify a person; for rows without trouble a few more."""
    columns = [rules.NUMBER, *([BRANCH_COLUMN] if batch.layout.get("committee") else [])]
    if show in (RowVerdict.NEW, RowVerdict.SAME):
        columns += [rules.JOINED, rules.PHONE, rules.TITLE]
    return [column for column in columns if column in batch.layout.get("columns", {})]


def _line(row: PlanRow, columns: list[str], header: list[str], echo: Echo) -> Line:
    def cell(column: str) -> Cell:
        at = echo.places.get(column, -1)
        return Cell(
            column, echo.text(row, column), at in row.faulty, column in _CODES, column == BRANCH_COLUMN
        )

    name = cell(rules.NAME)
    return Line(
        number=row.number,
        name=name.text,
        name_wrong=name.wrong,
        cells=[cell(column) for column in columns],
        faults=[
            Fault(each.column, echo.text(row, each.column), *split(echo.said(each.message)))
            for each in row.problems
        ],
        changes=[_change(each.column, each.old, each.new, echo) for each in row.changes],
        note=echo.said(row.note),
        ticked=row.ticked,
        done=row.done,
        stopped=row.cause == queries.STOPPED,
        whole=[
            Cell(title.rstrip("*＊ "), echo.text_at(row, at), at in row.faulty)
            for at, title in enumerate(header)
        ],
    )


def _change(column: str, old: str, new: str, echo: Echo) -> tuple[str, str, str]:
    """What the system holds is masked for everybody; what was uploaded only for others."""
    if column == rules.PHONE:
        return column, mask_phone(old), new if echo.own else mask_phone(new)
    return column, old, new


def split(message: str) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    match = _CAUSE.match(message)
    return (match.group(1), match.group(2)) if match else (message.rstrip("。"), "")


# -- progress and result ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """What is being done, and how far; `total` is 0 while unknown."""

    text: str
    done: int
    total: int
    poll: str


def progress(batch: ImportBatch) -> Progress:
    """The words and figures of the bar."""
    poll = reverse("imports:progress", args=[batch.pk])
    if batch.state == BatchState.QUEUED:
        return Progress("等待核对", 0, 0, poll)
    if batch.state == BatchState.CHECKING:
        text = f"正在核对 {batch.row_count} 行" if batch.row_count else "正在读取文件"
        return Progress(text, batch.progress, batch.row_count, poll)
    words = button(batch).words
    return Progress(f"正在{words}" if batch.state == BatchState.RUNNING else f"等待{words}", 0, 0, poll)


@dataclass(frozen=True)
class Result:
    """What an import has done, in one sentence, and the kind of note that says it."""

    kind: str
    words: str


def result(batch: ImportBatch) -> Result:
    """已导入 27 人，更新 3 人。其余的行为什么没有写入。"""
    written, stopped = batch.counts.get("written", 0), batch.counts.get("stopped", 0)
    ticked = batch.rows.filter(ticked=True, verdict=RowVerdict.UPDATE)
    updated = ticked.exclude(cause=STOPPED).count()
    done = [f"已导入 {written - updated} 人"] if written - updated else []
    done += [f"已更新 {updated} 人"] if updated else []
    words = f"{'，'.join(done) or '没有写入任何人'}。"
    if stopped:
        words += f"{stopped} 行在核对之后情况有变，没有写入，原因见下表。"
    if batch.counts.get(RowVerdict.ERROR):
        words += f"{batch.counts[RowVerdict.ERROR]} 行有错误，没有写入，改正后可以再次导入。"
    return Result("warning" if stopped else "success" if written else "info", words)
