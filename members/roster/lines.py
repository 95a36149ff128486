"""Rows of a plan as lines of a table: the cells that identify a person, what is wrong, and what may be done about it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from django.urls import reverse

from orgs.scope import Scope
from zhtj.lib.writing import mask_phone

from .. import rules
from ..models import ImportBatch, RowVerdict
from . import mend, queries
from .check import BRANCH_COLUMN, Near
from .echo import Echo
from .plan import PlanRow

_CODES = (rules.NUMBER, rules.PHONE, rules.LEAGUE_NUMBER)
_CAUSE = re.compile(r"^(.+?)(?:。(?=.)|，(?=请|应))(.+)$", re.DOTALL)  # what is wrong, then what to do


@dataclass(frozen=True)
class Cell:
    """A cell as uploaded; `wrong` where a problem speaks of it."""

    label: str
    text: str
    wrong: bool = False
    code: bool = False
    organization: bool = False


@dataclass(frozen=True)
class Entry:
    """A cell to be put right in its place: its index, column and text."""

    at: int
    column: str
    text: str


@dataclass(frozen=True)
class Fault:
    """A problem of a row: the column with what stands in it, the cause, and the remedy."""

    column: str
    text: str
    cause: str
    remedy: str
    entry: Entry | None = None  # where the cell can be put right on the spot


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
    above: bool = False  # the same wrong name was asked about above
    entries: list[Entry] = field(default_factory=list)  # cells to put right that no fault names
    mended: str = ""  # what became of a row that was in trouble
    bring_in: str = ""  # where 办理转入 of this row begins


def lines(batch: ImportBatch, rows: list[PlanRow], scope: Scope, show: str) -> list[Line]:
    """The lines of a page; the uploader sees the own file in full, everybody else with numbers masked."""
    echo = Echo.of(batch, scope)
    columns = shown_columns(batch, show)
    found = [_line(row, columns, batch.layout.get("header", []), echo) for row in rows]
    found = [
        replace(line, bring_in=bring_in(batch, row.number)) if row.verdict == RowVerdict.MOVE else line
        for line, row in zip(found, rows, strict=True)
    ]
    if not mend.may_mend(scope, batch):
        return found
    alike = queries.misnamed(batch, {row.branch_name for row in rows if row.near})
    return [_mendable(line, row, alike, echo.places) for line, row in zip(found, rows, strict=True)]


def mended(batch: ImportBatch, row: PlanRow, scope: Scope, show: str) -> Line:
    """A row that has just been put right among rows of the kind `show`: as before, or what became of it."""
    line = lines(batch, [row], scope, show)[0]
    return line if row.verdict == show else replace(line, mended=RowVerdict(row.verdict).label)


def _mendable(line: Line, row: PlanRow, alike: Counter[str], places: dict[str, int]) -> Line:
    """The line with what may be done about it; a wrong name is asked about once a page."""
    if row.verdict not in mend.MENDABLE:
        return line
    count = alike.pop(row.branch_name, 0) if row.near else 0
    faults, taken = [], set()
    for fault in line.faults:
        if fault.column in places and fault.column not in taken:
            taken.add(fault.column)
            fault = replace(fault, entry=Entry(places[fault.column], fault.column, fault.text))
        faults.append(fault)
    differing = (rules.NAME, rules.NUMBER) if row.verdict == RowVerdict.CONFLICT else ()
    entries = [
        Entry(places[name], name, row.texts[places[name]])
        for name in differing
        if name in places and name not in taken
    ]
    near = row.near if count else []
    above = bool(row.near) and not count
    return replace(line, fixable=True, near=near, alike=count, above=above, faults=faults, entries=entries)


def ways(batch: ImportBatch, show: str) -> tuple[str, str, str]:
    """What can be done about all rows of a kind: words, and where possible a link as label and address."""
    if show == RowVerdict.MOVE:
        said = "这些人的团籍在其他团支部。号码写错的，在这里改正；确是本人的，办理转入，对方同意后转入。"
        return said, "全部办理转入", bring_in(batch)
    if show == RowVerdict.CONFLICT:
        superior = batch.organization.parent if batch.organization.is_branch else None
        who = f"“{superior.short_name}”" if superior else "团支部的直接上级"
        return f"名单写错的，在这里改正；系统中登记错的，请{who}更正姓名，然后重新上传。", "", ""
    return "", "", ""


def bring_in(batch: ImportBatch, row: int = 0) -> str:
    """办理转入 of all 需转接 rows, or of one; the page belongs to the app above."""
    url = reverse("transfers:from_import", args=[batch.pk])
    return f"{url}?row={row}" if row else url


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
