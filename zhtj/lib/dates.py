"""Reading a year and month kindly: every way people type one, as the first day of the month (§5). Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

FIRST_YEAR, LAST_YEAR = 1900, 2199
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−_~〜", "-") | {"。": ".", "、": ".", "\\": "/"})
_SEPARATED = re.compile(
    r"(\d{4})(?:\s*[-./年]\s*|\s+)(\d{1,2})"  # 2019-5, 2019年5
    r"(?:\s*月?|(?:\s*[-./月]\s*|\s+)(\d{1,2})\s*日?(?:[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?)"
)
_RUN_ON = re.compile(r"(\d{4})(\d{2})(\d{2})?")


def month(cell) -> date | None:
    """The month a cell names: text, number such as 201905, or date; a day is dropped. None where it is unreadable.

    A number 2019.1 is unreadable: Excel shows October and January alike.
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (date, datetime)):
        return _first(cell.year, cell.month)
    if isinstance(cell, (int, float)):
        return None if is_ambiguous(cell) else _of_number(cell)
    return _of_text(cell) if isinstance(cell, str) else None


def is_ambiguous(cell) -> bool:
    """A number like 2019.1, which is January as well as October."""
    return isinstance(cell, float) and re.fullmatch(r"\d{4}\.1", repr(cell)) is not None


def _of_number(cell: float) -> date | None:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = repr(cell)
    return None if re.fullmatch(r"\d{4}", text) else _of_text(text)


def _of_text(text: str) -> date | None:
    text = (
        unicodedata.normalize("NFKC", text.translate(_DASHES))
        .translate(_DASHES)
        .strip(" \t\r\n'‘’\u200b\ufeff")
    )
    found = _RUN_ON.fullmatch(text) or _SEPARATED.fullmatch(text)
    if not found:
        return None
    year, number, day = found.groups()
    return _first(int(year), int(number), int(day) if day else 1)


def _first(year: int, number: int, day: int = 1) -> date | None:
    """The first of the month, where the day exists."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, number, day).replace(day=1)
    except ValueError:
        return None
