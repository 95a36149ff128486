"""Workbooks of subordinates for the tests."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from xlsxwriter import Workbook

from orgs.founding.read import Row, Upload

COLUMNS = ("组织简称", "组织类别", "上级组织简称")


def workbook(
    *rows: tuple[str, ...], header: tuple[str, ...] = ("组织简称*", "组织类别*", "上级组织简称")
) -> bytes:
    """An .xlsx with the header in its first row."""
    raw = io.BytesIO()
    with Workbook(raw, {"in_memory": True}) as book:
        sheet = book.add_worksheet("下级组织")
        for line, row in enumerate((header, *rows)):
            for at, value in enumerate(row):
                sheet.write_string(line, at, value)
    return raw.getvalue()


def upload(*rows: tuple[str, ...]) -> Upload:
    """What reading such a workbook gives."""
    texts = [[*row, *[""] * (len(COLUMNS) - len(row))] for row in rows]
    lines = [Row(number, each) for number, each in enumerate(texts, start=2)]
    return Upload(list(COLUMNS), {column: at for at, column in enumerate(COLUMNS)}, lines)


def cells(raw: bytes) -> list[list[str]]:
    """The rows of the first sheet of a workbook."""
    sheet = load_workbook(io.BytesIO(raw)).worksheets[0]
    return [
        ["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)
    ]
