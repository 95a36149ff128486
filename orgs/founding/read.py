"""Finds the list of subordinates in an uploaded workbook: the header, its columns, the rows with something in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from zhtj.lib import sheets
from zhtj.lib.cells import bare, text_of
from zhtj.lib.sheets import WRONG_FORMAT, Cell, Sheet, Unreadable
from zhtj.lib.verdict import no

SHORT, CATEGORY, SUPERIOR = "组织简称", "组织类别", "上级组织简称"
COLUMNS = (SHORT, CATEGORY, SUPERIOR)
REQUIRED = (SHORT, CATEGORY)
REASON, EXAMPLE = "原因", "示例"
HEADER_WITHIN, MOST_COLUMNS, LONGEST = 10, 20, 300
_REMEDY = "。请下载模板，按模板的表头填写后重新上传。"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as uploaded: its number in the sheet, from 1, and as many texts as the header has."""

    number: int
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Upload:
    """A sheet that lists subordinates; `columns` leads from the template's names to places in `header`."""

    header: list[str]
    columns: dict[str, int]
    rows: list[Row]

    def text(self, row: Row, column: str) -> str:
        """The cell as uploaded; empty where there is no such column."""
        at = self.columns.get(column)
        return "" if at is None else row.texts[at]


def read(raw: bytes, file_name: str) -> Upload:
    """The list in a file. Raises `Unreadable` where there is none, a column is missing, or it is too long."""
    most = settings.IMPORT_PAGE_ROWS
    book = sheets.open_workbook(
        raw, file_name, max_rows=most + HEADER_WITHIN, max_bytes=settings.IMPORT_PAGE_BYTES
    )
    for sheet in book:
        for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            if SHORT in map(_title, row):
                return _upload(sheet, index, most)
    raise _no_header(book)


def _title(cell: Cell) -> str:
    return bare(text_of(cell)).replace("*", "")


def _upload(sheet: Sheet, index: int, most: int) -> Upload:
    titles = [_title(cell) for cell in sheet.rows[index][:MOST_COLUMNS]]
    missing = [column for column in REQUIRED if column not in titles]
    if missing:
        listed = "、".join(f"“{column}”" for column in missing)
        reason = f"{WRONG_FORMAT}：工作表“{sheet.name}”第 {index + 1} 行的表头缺少{listed}列"
        raise Unreadable(no(reason, cause="column_missing", remedy=_REMEDY))
    twice = next((column for column in COLUMNS if titles.count(column) > 1), None)
    if twice:
        reason = f"{WRONG_FORMAT}：工作表“{sheet.name}”第 {index + 1} 行的“{twice}”出现了两次"
        raise Unreadable(no(reason, cause="column_twice", remedy="。请删去其中一列后重新上传。"))
    kept = [at for at, title in enumerate(titles) if title != REASON]
    header = [text_of(sheet.rows[index][at])[:LONGEST] for at in kept]
    columns = {titles[at]: place for place, at in enumerate(kept) if titles[at] in COLUMNS}
    rows = list(_filled(sheet.rows, index + 1, kept, columns[SHORT]))
    if not rows:
        reason = f"{WRONG_FORMAT}：工作表“{sheet.name}”第 {index + 1} 行表头之下没有数据"
        raise Unreadable(no(reason, cause="no_rows", remedy="。请从表头的下一行起填写。"))
    if len(rows) > most:
        reason = f"工作表“{sheet.name}”有{len(rows):,}行数据，超过{most:,}行"
        raise Unreadable(no(reason, cause="rows", remedy="。请分成几个文件上传。"))
    return Upload(header, columns, rows)


def _filled(rows: list[list[Cell]], begin: int, kept: list[int], short: int) -> Iterator[Row]:
    for index in range(begin, len(rows)):
        cells = rows[index]
        texts = [text_of(cells[at])[:LONGEST] if at < len(cells) else "" for at in kept]
        if any(map(bare, texts)) and not bare(texts[short]).startswith(EXAMPLE):
            yield Row(index + 1, texts)


def _no_header(book: list[Sheet]) -> Unreadable:
    titles = {_title(cell) for sheet in book for row in sheet.rows[:HEADER_WITHIN] for cell in row}
    if {"姓名", "身份证号码"} <= titles:
        reason = f"{WRONG_FORMAT}：这是团员或团干部名单，不是创建下级组织的表格"
        return Unreadable(no(reason, cause="wrong_template", remedy="。名单请在“导入名单”中上传。"))
    reason = f"{WRONG_FORMAT}：前 {HEADER_WITHIN} 行中没有含“{SHORT}”和“{CATEGORY}”的表头"
    return Unreadable(no(reason, cause="no_header", remedy=_REMEDY))
