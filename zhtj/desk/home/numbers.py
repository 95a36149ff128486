"""The numbers of an organisation, the trend of its members, and the direct subordinates furthest behind (§7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from members.figures.counting import Counts
from orgs.completeness import Rate
from orgs.models import Organization
from zhtj.lib.writing import number as written

from ..progress import rows
from ..progress.rows import Row

BEHIND = 5
WIDE, HIGH, EDGE = 240, 48, 3  # the units of the drawing


def tiles(organization: Organization, counts: Counts, children: int) -> list[dict[str, Any]]:
    """The counts of §7, each with the page of its names."""
    own = Row.of(organization, counts)
    progress = reverse("progress:show", args=[organization.pk])
    people = [
        {"label": "团员", "value": own.members, "url": reverse("members:list")},
        {"label": "团干部", "value": own.cadres, "url": reverse("cadres:list")},
    ]
    if organization.is_branch:
        names = reverse("progress:people", args=[organization.pk])
        return [*people, {"label": "资料不完整", "value": own.lacking, "url": names}]
    below = reverse("desk:subordinates")
    return [
        {
            "label": "下级组织",
            "value": max(counts["organizations"] - 1, 0),
            "url": below,
            "note": f"直属 {children} 个" if children else "",
        },
        {"label": "团支部", "value": own.branches},
        _rate("组织信息完善率", own.informed, f"{below}?lacking=information"),
        _rate("录入完成率", own.entered, progress),
        *people,
    ]


def _rate(label: str, rate: Rate, url: str) -> dict[str, Any]:
    note = f"{written(rate.complete)} / {written(rate.asked)}"
    return {"label": label, "value": rate.percent, "unit": "%", "url": url, "note": note}


@dataclass(frozen=True)
class Month:
    """One row of the table: the month, its members, how many more than the month before, and their names."""

    label: str
    number: int
    change: str
    url: str


@dataclass(frozen=True)
class Trend:
    """The members over a year: today against the same days, the months, and the line to draw."""

    now: int
    month: str
    year: str
    months: tuple[Month, ...]
    line: str
    words: str


def trend(organization: Organization, counts: Counts) -> Trend:
    """Of counted figures; those rolled up before the days were compared lack them."""
    points = [(date.fromisoformat(day), number) for day, number in counts["trend"]]
    numbers = [number for _, number in points]
    roster = reverse("figures:roster", args=[organization.pk])
    months = tuple(
        Month(f"{day:%Y-%m}", number, signed(number - before), f"{roster}?on={day}")
        for (day, number), before in zip(points, [numbers[0], *numbers], strict=False)
    )
    now = counts["members"]
    return Trend(
        now=now,
        month=_against(now, counts.get("month_ago")),
        year=_against(now, counts.get("year_ago")),
        months=months[::-1],
        line=polyline(numbers),
        words=f"{points[0][0]:%Y-%m} 月末 {written(numbers[0])} 人，现在 {written(numbers[-1])} 人",
    )


def _against(now: int, then: int | None) -> str:
    return "" if then is None else signed(now - then)


def signed(change: int) -> str:
    """+12, −3, or 持平."""
    return f"{'+' if change > 0 else '−'}{written(abs(change))}" if change else "持平"


def polyline(numbers: Sequence[int]) -> str:
    """The points of a line from the least to the most of the numbers; a flat one where they are all alike."""
    low, high = min(numbers), max(numbers)
    step = (WIDE - 2 * EDGE) / max(len(numbers) - 1, 1)
    scale = (HIGH - 2 * EDGE) / (high - low) if high > low else 0
    middle = 0 if scale else HIGH / 2 - EDGE
    return " ".join(
        f"{EDGE + at * step:.1f},{HIGH - EDGE - middle - (number - low) * scale:.1f}"
        for at, number in enumerate(numbers)
    )


def behind(children: Sequence[Organization], counts: dict[int, Counts]) -> list[Row]:
    """The direct subordinates whose entry is furthest from complete, the least first."""
    found = [Row.of(each, counts[each.pk]) for each in children]
    lagging = [row for row in found if row.entered.complete < row.entered.asked]
    return rows.ordered(lagging, "entered")[:BEHIND]
