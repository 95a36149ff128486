"""Finds the roster in an uploaded workbook: the sheet, its header, the columns, the rows with something in them (§5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from accounts import names
from zhtj.lib import sheets
from zhtj.lib.sheets import WRONG_FORMAT, Cell, CellError, Sheet, Unreadable
from zhtj.lib.verdict import no

from .. import rules
from .texts import bare, in_full_width, text_of

SHEET = "团员团干部"
BRANCH_COLUMN = "所在团支部全称"
SUBORDINATES_COLUMN = "组织简称"
EXAMPLE = "示例"
HEADER_WITHIN, MOST_COLUMNS = 10, 100
KNOWN = {name.casefold(): name for name in (BRANCH_COLUMN, *rules.COLUMNS)}
_REMEDY = "。请下载模板，按模板的表头填写后重新上传。"


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as uploaded: its number in the sheet, from 1, and as many cells as the header has."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Roster:
    """A sheet that is a roster; `header` as uploaded, `columns` from the template's names to cell indexes."""

    sheet_name: str
    header_row: int
    header: list[str]
    columns: dict[str, int]
    committee: bool
    rows: list[RawRow]


def read(raw: bytes, file_name: str, *, max_rows: int, required: Collection[str] = rules.REQUIRED) -> Roster:
    """The roster in a file; example rows and blank rows are left out.

    Raises `Unreadable` for a file that is no workbook, has no such sheet, lacks a `required` column or has no rows.
    """
    book = sheets.open_workbook(raw, file_name, max_rows=max_rows + HEADER_WITHIN)
    ordered = sorted(book, key=lambda sheet: bare(sheet.name) != SHEET)
    for sheet in ordered:
        for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            if {rules.NAME, rules.NUMBER} <= {column_name(cell) for cell in row}:
                return _roster(sheet, index, max_rows, required)
    raise _no_header(ordered, required)


def column_name(cell: Cell) -> str:
    """The template's name of a header cell: without * and blanks, width and brackets unified; "" where unknown."""
    text = in_full_width(bare(text_of(cell)).replace("*", ""))
    return KNOWN.get(text.casefold(), "")


def letter_of(index: int) -> str:
    """0 → A, 26 → AA: the column as spreadsheets show it."""
    letters, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def _roster(sheet: Sheet, index: int, max_rows: int, required: Collection[str]) -> Roster:
    columns = _columns(sheet, index)
    missing = [name for name in required if name not in columns]
    if missing:
        raise _missing(sheet, index, missing)
    width = min(max(map(len, sheet.rows[index:])), MOST_COLUMNS)
    rows = list(_filled(sheet.rows, index + 1, width, columns[rules.NAME]))
    if not rows:
        reason = f"{WRONG_FORMAT}：工作表“{sheet.name}”第{index + 1}行表头之下没有数据"
        raise Unreadable(no(reason, cause="no_rows", remedy="。请从表头的下一行起填写，示例行不会导入。"))
    if len(rows) > max_rows:
        reason = f"工作表“{sheet.name}”有{len(rows):,}行数据，超过{max_rows:,}行"
        raise Unreadable(no(reason, cause="rows", remedy="。请分成几个文件上传。"))
    header = [text_of(cell) for cell in _padded(sheet.rows[index], width)]
    return Roster(sheet.name, index + 1, header, columns, BRANCH_COLUMN in columns, rows)


def _columns(sheet: Sheet, index: int) -> dict[str, int]:
    """Column → cell index; a column given twice is nobody's guess."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(sheet.rows[index][:MOST_COLUMNS]):
        name = column_name(cell)
        if name in columns:
            both = f"{letter_of(columns[name])}列和{letter_of(place)}列"
            reason = f"{WRONG_FORMAT}：工作表“{sheet.name}”第{index + 1}行的“{name}”出现了两次（{both}）"
            raise Unreadable(no(reason, cause="column_twice", remedy="。请删去其中一列后重新上传。"))
        if name:
            columns[name] = place
    return columns


def _filled(rows: list[list[Cell]], begin: int, width: int, name: int) -> Iterator[RawRow]:
    for index in range(begin, len(rows)):
        cells = _padded(rows[index], width)
        if not all(map(is_blank, cells)) and not names.normalise(text_of(cells[name])).startswith(EXAMPLE):
            yield RawRow(index + 1, cells)


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing; a formula without a value shows nothing either."""
    if isinstance(cell, str):
        return not bare(cell)
    return cell is None or (isinstance(cell, CellError) and not cell.text)


def _padded(row: list[Cell], width: int) -> list[Cell]:
    return [*row[:width], *[None] * (width - len(row))]


def _missing(sheet: Sheet, index: int, missing: Collection[str]) -> Unreadable:
    listed = "、".join(f"“{name}”" for name in missing)
    reason = f"{WRONG_FORMAT}：工作表“{sheet.name}”第{index + 1}行的表头缺少{listed}列"
    return Unreadable(no(reason, cause="column_missing", remedy=_REMEDY))


def _no_header(book: list[Sheet], required: Collection[str]) -> Unreadable:
    """Why no sheet will do: another template, a header without 姓名 or 身份证号码, or nothing like a header."""
    for sheet in book:
        for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            if any(bare(text_of(cell)).replace("*", "") == SUBORDINATES_COLUMN for cell in row):
                reason = f"{WRONG_FORMAT}：这是创建下级组织的模板，不是团员名单"
                remedy = "。团员名单请用团员导入模板；创建下级组织请到“创建下级组织”上传。"
                return Unreadable(no(reason, cause="wrong_template", remedy=remedy))
            found = {column_name(cell) for cell in row} - {""}
            if len(found) >= 3:
                return _missing(sheet, index, [name for name in required if name not in found])
    listed = "、".join(f"“{sheet.name}”" for sheet in book[:3]) + ("等" if len(book) > 3 else "")
    reason = f"{WRONG_FORMAT}：工作表{listed}的前{HEADER_WITHIN}行中，没有同时含“姓名”和“身份证号码”的表头"
    return Unreadable(no(reason, cause="no_header", remedy=_REMEDY))
