"""Workbooks as users handle them: a downloaded one filled in below its headers, one of their own, one that came back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def filled(raw: bytes, rows: Sequence[dict[str, Any]], *, headers_in: int = 1) -> bytes:
    """A downloaded template with `rows` below what stands in it, by the words of its headers without their stars."""
    book = load_workbook(io.BytesIO(raw))
    sheet = book.worksheets[0]
    heads = [str(cell.value or "").rstrip("*") for cell in sheet[headers_in]]
    first = max(cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None) + 1
    for at, row in enumerate(rows, start=first):
        for column, value in row.items():
            sheet.cell(at, heads.index(column) + 1, value)
    return _saved(book)


def table(*rows: Sequence[Any], name: str = "团员团干部") -> bytes:
    """A workbook of one's own with these rows, the header among them."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    return _saved(book)


def rows_of(raw: bytes) -> list[tuple[Any, ...]]:
    """What stands in the first sheet."""
    return list(load_workbook(io.BytesIO(raw)).worksheets[0].iter_rows(values_only=True))


def _saved(book: Workbook) -> bytes:
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()
