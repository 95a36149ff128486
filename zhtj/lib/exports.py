"""Lists as .xlsx: every cell a text, so that none becomes a formula, and a last line that says whose copy it is."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = {"bold": True, "bg_color": "#eceef2", "border": 1, "border_color": "#c3c8d0"}
NARROW, WIDE = 14, 60


def workbook(
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    note: str,
    code: Sequence[int] = (),
    large: bool = False,
) -> bytes:
    """One sheet: headers, rows, an empty line and `note`; columns at `code` in a monospaced font.

    A `large` one goes through temporary files, row by row: not for what must not touch the disk.
    """
    raw, longest = io.BytesIO(), [len(each) for each in columns]
    with Workbook(raw, {"constant_memory" if large else "in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        text, head = book.add_format({"num_format": "@"}), book.add_format(HEAD)
        mono = book.add_format({"num_format": "@", "font_name": "Consolas"})
        sheet.freeze_panes(1, 0)
        for at, title in enumerate(columns):
            sheet.write_string(0, at, title, head)
        line = 0
        for line, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                sheet.write_string(line, at, value, mono if at in code else text)
                longest[at] = max(longest[at], len(value))
        for at, length in enumerate(longest):
            sheet.set_column(at, at, min(max(NARROW, 2 * length), WIDE), text)
        sheet.write_string(line + 2, 0, note, text)
    return raw.getvalue()


def download(raw: bytes, file_name: str) -> HttpResponse:
    """The workbook as an attachment."""
    disposition = content_disposition_header(True, file_name)
    return HttpResponse(raw, content_type=XLSX, headers={"Content-Disposition": disposition})
