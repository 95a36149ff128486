"""The returned sheet: the rows that did not go in, as the user wrote them, with a 原因 column (§5)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import PurePath

from django.db import transaction
from django.db.models import Q
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Verdict, no

from ..models import BatchState, ImportBatch, RowVerdict
from . import plan
from .plan import PlanRow
from .template import SHEET

REASON = "原因"
BACK = (RowVerdict.ERROR, RowVerdict.MOVE, RowVerdict.CONFLICT)
MOST_COMMENTS = 2000  # each is a drawing in the file; beyond them the 原因 column says it all
_LEAST, _MOST, _REASON_WIDTH = 10, 40, 70  # widths of columns, in characters
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def may_return(scope: Scope, batch: ImportBatch) -> Verdict:
    """The full numbers go back to the person who uploaded them, and to nobody else."""
    if batch.importer_id is None or batch.importer_id != scope.account_id:
        return no("错误名单含有完整的号码，只能由上传的人下载", cause="not_uploader", remedy="。")
    if batch.state not in (BatchState.PLANNED, BatchState.DONE) or not bad_rows(batch).exists():
        return no("这份名单没有可以下载的错误行", cause="nothing", remedy="。")
    return YES


def bad_rows(batch: ImportBatch):
    """The rows that need the user's hand: errors, 需转接, 冲突, and what was stopped at the last moment."""
    return batch.rows.filter(Q(verdict__in=BACK) | Q(cause=plan.STOPPED))


@transaction.atomic
def returned(batch: ImportBatch, *, actor: Scope) -> bytes:
    """The .xlsx for the uploader, recorded as handed out. Raises Refused."""
    may_return(actor, batch).demand()
    detail = {"batch": batch.pk, "rows": bad_rows(batch).count()}
    record("imports.returned", actor=actor, organization=batch.organization, detail=detail)
    return build(batch)


def file_name(batch: ImportBatch) -> str:
    """名单.xls → 名单（错误名单）.xlsx"""
    return f"{PurePath(batch.file_name).stem}（错误名单）.xlsx"


def build(batch: ImportBatch) -> bytes:
    """Sheet name, headers and cells as uploaded; faulty cells coloured, their cause as a comment and in 原因."""
    kept = _kept(batch.layout.get("header", []))
    raw = io.BytesIO()
    with Workbook(raw, {"in_memory": True}) as book:  # numbers never touch the disk
        text, head, faulty, wrap = _looks(book)
        sheet = book.add_worksheet(_sheet_name(batch))
        _heading(sheet, [batch.layout["header"][at] for at in kept], head, text)
        drawn = 0
        widths = [_wide(batch.layout["header"][at]) for at in kept]
        for line, row in enumerate(_rows(batch), start=1):
            for at, cell in enumerate(kept):
                value = row.texts[cell] if cell < len(row.texts) else ""
                messages = row.faulty.get(cell, [])
                widths[at] = max(widths[at], _wide(value))
                sheet.write_string(line, at, value, faulty if messages else text)
                if messages and drawn < MOST_COMMENTS:
                    drawn += 1
                    sheet.write_comment(line, at, "\n".join(messages), {"x_scale": 2})
            sheet.write_string(line, len(kept), reason(row), wrap)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, min(max(width, _LEAST), _MOST), text)
    return raw.getvalue()


def _wide(text: str) -> int:
    """How wide a text is in a cell: a Chinese character counts twice."""
    return 2 + sum(2 if ord(char) > 255 else 1 for char in text)


def reason(row: PlanRow) -> str:
    """Every message of a row, with the row it had in the uploaded file."""
    messages = [problem.message for problem in row.problems]
    if row.note:
        messages.append(row.note)
    return f"原第 {row.number} 行：{'；'.join(message.rstrip('。') for message in messages)}。"


def _sheet_name(batch: ImportBatch) -> str:
    """The user's own, where Excel would take it."""
    return _NOT_IN_NAMES.sub("", batch.sheet_name).strip("'")[:31] or SHEET


def _kept(header: list[str]) -> list[int]:
    """The columns that go back: all but an earlier 原因."""
    return [at for at, title in enumerate(header) if title.strip() != REASON]


def _rows(batch: ImportBatch) -> Iterator[PlanRow]:
    for row in bad_rows(batch).order_by("number").iterator(chunk_size=1000):
        yield plan.shown(batch, row)


def _looks(book: Workbook) -> tuple[Format, Format, Format, Format]:
    text = {"num_format": "@", "valign": "top"}
    head = {"bold": True, "bg_color": "#eceef2", "border": 1, "border_color": "#c3c8d0"}
    faulty = {**text, "bg_color": "#fdecec", "font_color": "#a11212", "border": 1, "border_color": "#e8a9a9"}
    formats = (text, head, faulty, {**text, "text_wrap": True, "font_color": "#a11212"})
    return tuple(book.add_format(each) for each in formats)  # type: ignore[return-value]


def _heading(sheet: Worksheet, titles: list[str], head: Format, text: Format) -> None:
    sheet.set_column(len(titles), len(titles), _REASON_WIDTH, text)
    sheet.freeze_panes(1, 0)
    for at, title in enumerate([*titles, REASON]):
        sheet.write_string(0, at, title, head)
