"""Reads months as people write them in Excel (§5 Reading it kindly). Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2199
_SPLIT = re.compile(r"(\d{4})[-./年](\d{1,2})(?:月|[-./月](\d{1,2})日?)?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_CLOCK = re.compile(r"[ T]?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_DASHES = str.maketrans("‐‑‒–—―−。、", "-------..")


class Unreadable(ValueError):
    """No month can be read."""


class Ambiguous(Unreadable):
    """A number such as 2019.1, which may have been 2019.1 or 2019.10."""


def month(value: object) -> date:
    """The first day of the month that a cell's text, number or date means.

    Raises Ambiguous for the number 2019.1, Unreadable for whatever is no month.
    """
    if isinstance(value, date):
        return _first_of(value.year, value.month)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unreadable
    return _from_number(value) if isinstance(value, int | float) else _from_text(value)


def _from_number(value: float) -> date:
    """201905 and 20190501 are written out; 2019.05 is May, but 2019.1 is January or October."""
    if value == int(value):
        return _from_text(str(int(value)))
    hundredths = round(value * 100)
    if abs(value * 100 - hundredths) > 1e-6:
        raise Unreadable
    year, part = divmod(hundredths, 100)
    if part == 10:
        raise Ambiguous
    return _first_of(year, part // 10 if part % 10 == 0 else part)


def _from_text(text: str) -> date:
    text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    text = "".join(_CLOCK.sub("", text.strip()).split())
    found = _SPLIT.fullmatch(text) or _SOLID.fullmatch(text)
    if found is None:
        raise Unreadable
    year, number, day = found.groups()
    if day is not None and not 1 <= int(day) <= 31:
        raise Unreadable
    return _first_of(int(year), int(number))


def _first_of(year: int, number: int) -> date:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12):
        raise Unreadable
    return date(year, number, 1)
