"""The days of a year's graduates: when classes become 毕业生团支部, and until when people leave (§6.6). Pure."""

from __future__ import annotations

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

YEARS_AHEAD = 8  # 预计毕业时间 lies at most so far from now


def day_of(year: int) -> date:
    """The day (*setting*) on which the classes of a year become 毕业生团支部."""
    return date(year, *settings.GRADUATION_DAY)


def moment_of(year: int) -> datetime:
    """The beginning of that day."""
    return timezone.make_aware(datetime.combine(day_of(year), time.min))


def last_year_due(today: date) -> int:
    """The latest year whose day has come."""
    return today.year if today >= day_of(today.year) else today.year - 1


def default_deadline(year: int) -> date:
    """The day (*setting*) that holds where no superior has set one."""
    return date(year, *settings.GRADUATION_DEADLINE)


def first_of(month: date) -> date:
    """The first of the month of a day."""
    return month.replace(day=1)


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.max))
