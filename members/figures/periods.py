"""Days and periods as moments, in local time: a day ends where the next one begins. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone


def end_of(day: date) -> datetime:
    """The moment at which a day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


@dataclass(frozen=True)
class Period:
    """From the beginning of one day to the end of another."""

    since: date
    until: date

    @property
    def day_before(self) -> date:
        """The day at whose end the period begins."""
        return self.since - timedelta(days=1)

    @property
    def begins(self) -> datetime:
        """The first moment of it."""
        return end_of(self.day_before)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return end_of(self.until)


def this_year(today: date) -> Period:
    """From 1 January."""
    return Period(today.replace(month=1, day=1), today)


def month_ends(today: date, count: int = 12) -> list[date]:
    """The last days of the latest months, oldest first; of the present month it is today."""
    days = [today]
    while len(days) < count:
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return days[::-1]


def month_ago(today: date) -> date:
    """The same day of the month before, or its last day where it is shorter."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(today.day, last.day))


def year_ago(today: date) -> date:
    """The same day of the year before; of 29 February the day before it."""
    leap = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - 1, day=28 if leap else today.day)


def compared(today: date) -> list[date]:
    """Every day whose members are counted beside today's: month's ends, a month ago and a year ago, oldest first."""
    return sorted({*month_ends(today), month_ago(today), year_ago(today)})
