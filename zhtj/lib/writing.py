"""How values are written for people: days, moments, counts, masked numbers, codes. The filters of the pages are these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone


def month(value: date | None) -> str:
    """`2019-05`; empty for None."""
    return f"{value:%Y-%m}" if value else ""


def day(value: date | datetime | None) -> str:
    """`2026-11-23`, a moment in local time; empty for None."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%Y-%m-%d}" if value else ""


def dt(value: datetime | None) -> str:
    """`2026-11-23 09:12` in local time; empty for None."""
    if value is not None and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%Y-%m-%d %H:%M}" if value else ""


def number(value: int | None) -> str:
    """A count, with thousands separators from 10,000; empty for None."""
    if value is None:
        return ""
    return f"{value:,}" if abs(value) >= 10_000 else str(value)


def mask_id(value: Any) -> str:
    """The masked ID number of an account, or of a bare number: `110***********1234`."""
    if hasattr(value, "masked_id"):
        return value.masked_id
    return f"{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}" if value else ""


def mask_phone(value: Any) -> str:
    """The masked phone of an account, or of a bare number: `138****5678`."""
    if hasattr(value, "masked_phone"):
        return value.masked_phone
    return f"{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}" if value else ""


def code_groups(value: str) -> str:
    """A code in groups of four: `A7kQ 2mXz`."""
    return " ".join(value[at : at + 4] for at in range(0, len(value), 4))
