"""The lines of 录入进度: one direct subordinate each with everything below it, and their orders (§7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from members.figures.counting import Counts
from orgs.completeness import Rate
from orgs.models import Organization


@dataclass(frozen=True)
class Row:
    """An organisation with what lies at and below it."""

    organization: Organization
    branches: int
    members: int
    cadres: int
    informed: Rate
    entered: Rate
    inactive: int
    members_lacking: int
    cadres_lacking: int

    @classmethod
    def of(cls, organization: Organization, counts: Counts) -> Row:
        """Of the figures of a subtree."""
        return cls(
            organization=organization,
            branches=counts["branches"],
            members=counts["members"],
            cadres=counts["cadres"],
            informed=Rate(counts["informed"], counts["asked"]),
            entered=Rate(counts["entered"], counts["asked"]),
            inactive=counts["inactive"],
            members_lacking=counts["members_lacking"],
            cadres_lacking=counts["cadres_lacking"],
        )

    @property
    def lacking(self) -> int:
        """Members and posts with required fields missing; a member with a post may be both."""
        return self.members_lacking + self.cadres_lacking

    @property
    def active(self) -> Rate:
        """The members who have signed in once."""
        return Rate(self.members - self.inactive, self.members)

    @property
    def inactive_share(self) -> str:
        """未激活 in per cent; rounded up, so that 0% means nobody."""
        return f"{100 - self.active.percent}%" if self.members else ""


def _share(rate: Rate) -> float:
    return rate.complete / rate.asked if rate.asked else 1.0


# The order of each column: what needs attention first; the making order decides between equals.
SORTS: dict[str, Callable[[Row], Any]] = {
    "": lambda row: row.organization.pk,
    "name": lambda row: row.organization.initials,
    "branches": lambda row: -row.branches,
    "members": lambda row: -row.members,
    "cadres": lambda row: -row.cadres,
    "informed": lambda row: _share(row.informed),
    "entered": lambda row: _share(row.entered),
    "lacking": lambda row: -row.lacking,
    "inactive": lambda row: _share(row.active),
}


def ordered(rows: Sequence[Row], sort: str) -> list[Row]:
    """By a column; an unknown one is the order of their making."""
    return sorted(rows, key=lambda row: (SORTS.get(sort, SORTS[""])(row), row.organization.pk))
