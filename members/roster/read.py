"""Finds the roster in an uploaded workbook: the sheet, its header, the columns, the rows with something in them (§5)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from accounts import names as people
from zhtj.lib import sheets
from zhtj.lib.sheets import WRONG_FORMAT, Cell, CellError, Sheet, Unreadable
from zhtj.lib.verdict import Verdict, no

from .. import rules
from . import headers
from .headers import BRANCH_COLUMN as BRANCH_COLUMN
from .headers import column_name
from .texts import bare, text_of

SHEET = "团员团干部"
SUBORDINATES_COLUMN = "组织简称"
EXAMPLE = "示例"
HEADER_WITHIN, MOST_COLUMNS = 10, 100
SAMPLES, SAMPLE_LENGTH = 3, 60
HEADER_CELLS, HEADER_LENGTH = 3, 40  # what makes a row look like a header
_CODE = re.compile(r"\d{6}")
_REMEDY = "。请下载模板，按模板的表头填写后重新上传。"


@dataclass(slots=True)
class RawRow:
    """A row as uploaded: its number in the sheet, from 1, and as many cells as the header has."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Roster:
    """A sheet that is a roster; `header` as uploaded, `columns` from the template's names to cell indexes.

    `remembered` are the headers read as the organisation said once: key → column, "" where of no use.
    """

    sheet_name: str
    header_row: int
    header: list[str]
    columns: dict[str, int]
    committee: bool
    rows: list[RawRow]
    remembered: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """A header that needs somebody to say which column is which; `samples` are rows of the first values of each.

    `columns` are those recognised; `doubtful` are the indexes of columns that claim the same one.
    """

    sheet_name: str
    header_row: int
    header: list[str]
    columns: dict[str, int]
    doubtful: list[int]
    samples: list[list[str]]


class Unmapped(Unreadable):
    """A roster whose columns are not all recognised; it can be read once they are mapped by hand."""

    def __init__(self, verdict: Verdict, heading: Heading):
        super().__init__(verdict)
        self.heading = heading


def read(
    raw: bytes,
    file_name: str,
    *,
    max_rows: int,
    required: Collection[str] = rules.REQUIRED,
    hoped: Collection[str] = (),
    names: Mapping[str, str] | None = None,
) -> Roster:
    """The roster in a file; example rows and blank rows are left out. `names` are the organisation's own headers.

    Raises `Unmapped` where a `required` or `hoped` column may be one of those not recognised, or where two columns
    claim the same; else `Unreadable` for a file that is no workbook, lacks a `required` column or has no rows.
    """
    book = sheets.open_workbook(raw, file_name, max_rows=max_rows + HEADER_WITHIN)
    reader = _Reader(max_rows, required, hoped, names or {})
    ordered = sorted(book, key=lambda sheet: bare(sheet.name) != SHEET)
    for sheet, index in _heads(ordered):
        if {rules.NAME, rules.NUMBER} <= reader.found(sheet.rows[index]):
            return reader.roster(sheet, index)
    raise reader.no_header(ordered)


def letter_of(index: int) -> str:
    """0 → A, 26 → AA: the column as spreadsheets show it."""
    letters, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def place_of(header: list[str], index: int) -> str:
    """“联系电话”（H列）"""
    return f"“{' '.join(header[index].split())}”（{letter_of(index)}列）"


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is asked of a sheet, and the organisation's own words."""

    max_rows: int
    required: Collection[str]
    hoped: Collection[str]
    names: Mapping[str, str]

    def found(self, row: list[Cell]) -> set[str]:
        """The columns that a row of headers names."""
        return {column_name(cell, self.names) for cell in row[:MOST_COLUMNS]} - {""}

    def like_header(self, row: list[Cell]) -> bool:
        """Three columns that are known, or three short texts without the number of a person among them."""
        texts = [bare(cell) for cell in row[:MOST_COLUMNS] if isinstance(cell, str) and not is_blank(cell)]
        short = all(len(text) <= HEADER_LENGTH and not _CODE.search(text) for text in texts)
        return len(self.found(row)) >= HEADER_CELLS or (short and len(texts) >= HEADER_CELLS)

    def roster(self, sheet: Sheet, index: int) -> Roster:
        """The roster below a header, if it is clear which column is which."""
        width = min(max(map(len, sheet.rows[index:])), MOST_COLUMNS)
        header = [text_of(cell) for cell in _padded(sheet.rows[index], width)]
        claims = self.claims(header)
        columns = {name: places[0] for name, places in claims.items() if len(places) == 1}
        missing = [name for name in self.required if name not in claims]
        unsure = self.unsure(header)
        if missing and not unsure:
            raise _missing(sheet, index, missing)
        rows = self.rows(sheet, index, width, columns.get(rules.NAME))
        doubtful = [name for name, places in claims.items() if len(places) > 1]
        hoped = [name for name in self.hoped if name not in claims] if unsure else []
        if missing or doubtful or hoped:
            raise _question(sheet, index, header, claims, [*missing, *hoped], rows)
        remembered = {key: self.names[key] for key in map(headers.key, header) if key in self.names}
        return Roster(sheet.name, index + 1, header, columns, BRANCH_COLUMN in columns, rows, remembered)

    def claims(self, header: list[str]) -> dict[str, list[int]]:
        """Column → the cells that claim it."""
        found: dict[str, list[int]] = {}
        for place, text in enumerate(header):
            if name := column_name(text, self.names):
                found.setdefault(name, []).append(place)
        return found

    def unsure(self, header: list[str]) -> bool:
        """Whether a column is neither recognised nor known to be of no use."""
        return any(not (column_name(each, self.names) or headers.is_useless(each)) for each in header)

    def rows(self, sheet: Sheet, index: int, width: int, name: int | None) -> list[RawRow]:
        """What stands below the header; none or too many are a refusal."""
        rows = list(_filled(sheet.rows, index + 1, width, name))
        if not rows:
            reason = f"{WRONG_FORMAT}：工作表“{sheet.name}”第 {index + 1} 行表头之下没有数据"
            raise Unreadable(no(reason, cause="no_rows", remedy="。请从表头的下一行起填写，示例行不会导入。"))
        if len(rows) > self.max_rows:
            reason = f"工作表“{sheet.name}”有{len(rows):,}行数据，超过{self.max_rows:,}行"
            raise Unreadable(no(reason, cause="rows", remedy="。请分成几个文件上传。"))
        return rows

    def no_header(self, book: list[Sheet]) -> Unreadable:
        """Why no sheet will do: another template, columns to be mapped by hand, or nothing like a header."""
        for sheet, index in _heads(book):
            if any(headers.key(cell) == SUBORDINATES_COLUMN for cell in sheet.rows[index][:MOST_COLUMNS]):
                reason = f"{WRONG_FORMAT}：这是创建下级组织的模板，不是团员名单"
                remedy = "。团员名单请用团员导入模板；创建下级组织请到“创建下级组织”上传。"
                return Unreadable(no(reason, cause="wrong_template", remedy=remedy))
        likely = [(sheet, index) for sheet, index in _heads(book) if self.like_header(sheet.rows[index])]
        if likely:
            try:
                self.roster(*max(likely, key=lambda each: len(self.found(each[0].rows[each[1]]))))
            except Unreadable as refusal:
                return refusal
        listed = "、".join(f"“{sheet.name}”" for sheet in book[:3]) + ("等" if len(book) > 3 else "")
        reason = (
            f"{WRONG_FORMAT}：工作表{listed}的前 {HEADER_WITHIN} 行中，没有同时含“姓名”和“身份证号码”的表头"
        )
        return Unreadable(no(reason, cause="no_header", remedy=_REMEDY))


def _heads(book: list[Sheet]) -> Iterator[tuple[Sheet, int]]:
    """The rows where a header may stand."""
    return ((sheet, index) for sheet in book for index in range(min(len(sheet.rows), HEADER_WITHIN)))


def _question(
    sheet: Sheet,
    index: int,
    header: list[str],
    claims: dict[str, list[int]],
    missing: list[str],
    rows: list[RawRow],
) -> Unreadable:
    """Ask for what is missing or claimed twice; the very same header twice is told, since no name tells them apart."""
    where = f"工作表“{sheet.name}”第 {index + 1} 行"
    said = [f"没有认出{'、'.join(f'“{name}”' for name in missing)}列"] if missing else []
    doubtful: list[int] = []
    for name, places in claims.items():
        if len(places) > 1:
            if len({headers.key(header[place]) for place in places}) == 1:
                both = "和".join(f"{letter_of(place)}列" for place in places)
                reason = f"{WRONG_FORMAT}：{where}的“{name}”出现了{'两' if len(places) == 2 else len(places)}次（{both}）"
                return Unreadable(no(reason, cause="column_twice", remedy="。请删去其中一列后重新上传。"))
            doubtful += places
            said.append(f"{'、'.join(place_of(header, each) for each in places)}都像是“{name}”")
    columns = {name: places[0] for name, places in claims.items() if len(places) == 1}
    heading = Heading(sheet.name, index + 1, header, columns, doubtful, _samples(rows, len(header)))
    remedy = "。请在“导入名单”的页面上对应各列，或下载模板填写。"
    return Unmapped(no(f"{where}的表头{'；'.join(said)}", cause="unmapped", remedy=remedy), heading)


def _samples(rows: list[RawRow], width: int) -> list[list[str]]:
    """As rows, the first values that stand in each column."""
    found: list[list[str]] = [[] for _ in range(width)]
    for row in rows[:1000]:
        for texts, cell in zip(found, row.cells, strict=True):
            if len(texts) < SAMPLES and not is_blank(cell):
                texts.append(text_of(cell)[:SAMPLE_LENGTH])
    return [[texts[at] if at < len(texts) else "" for texts in found] for at in range(SAMPLES)]


def _filled(rows: list[list[Cell]], begin: int, width: int, name: int | None) -> Iterator[RawRow]:
    for index in range(begin, len(rows)):
        cells = _padded(rows[index], width)
        is_example = name is not None and people.normalise(text_of(cells[name])).startswith(EXAMPLE)
        if not is_example and not all(map(is_blank, cells)):
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
    reason = f"{WRONG_FORMAT}：工作表“{sheet.name}”第 {index + 1} 行的表头缺少{listed}列"
    return Unreadable(no(reason, cause="column_missing", remedy=_REMEDY))
