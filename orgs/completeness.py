"""组织信息完善: which organisations have everything their category needs, one by one and rolled up (§2).

`complete_q` says it to the database, `missing` says of one organisation what it lacks; a test ties the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from . import facts, queries
from .enums import BRANCHES, GRASSROOTS, SECRETARY, Category
from .models import Organization, Post

_HEADS = Post.objects.filter(organization=OuterRef("pk"), title=SECRETARY, ended_at=None)
HAS_SECRETARY = Exists(_HEADS)
REACHABLE_SECRETARY = Exists(_HEADS.filter(account__phone_cipher__isnull=False))


def complete_q() -> Q:
    """The condition that an organisation's information is complete."""
    staffed = Q(**{f"{field}__isnull": False for field in facts.STAFF})
    of_an_industry = ~Q(industry="")
    branch = Q(category__in=BRANCHES) & of_an_industry
    grassroots = Q(category__in=GRASSROOTS) & of_an_industry & staffed
    leading = Q(category=Category.LEADING_BODY) & ~Q(contact_phone="") & ~Q(email="") & staffed
    return (branch | grassroots | leading) & REACHABLE_SECRETARY


def asked_of() -> QuerySet[Organization]:
    """The living organisations that have information to complete: all but 待接转团支部, which the system keeps."""
    return Organization.objects.living().exclude(category=Category.PENDING_BRANCH)


def incomplete(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    """Those among them that still lack something."""
    return organizations.exclude(category=Category.PENDING_BRANCH).exclude(complete_q())


def asked_below() -> Coalesce:
    """An annotation: how many organisations at or below each have information to complete."""
    return queries.below(asked_of(), "path")


def complete_below() -> Coalesce:
    """An annotation: how many of them are complete."""
    return queries.below(asked_of().filter(complete_q()), "path")


@dataclass(frozen=True)
class Rate:
    """So many of so many; rounded down, so that 100% means all."""

    complete: int
    asked: int

    @property
    def percent(self) -> int:
        return self.complete * 100 // self.asked if self.asked else 100

    def __str__(self) -> str:
        return f"{self.percent}%"


def secretary_of(organization: Organization) -> Post | None:
    """The living post 书记 with its person."""
    heads = organization.posts.filter(title=SECRETARY, ended_at=None)
    return heads.select_related("account", "seat").first()


def missing(organization: Organization) -> list[str]:
    """What the organisation still lacks, as labels; empty when it is complete."""
    head = secretary_of(organization)
    return lacks(
        organization, has_secretary=head is not None, reachable=bool(head and head.account.phone_cipher)
    )


def lacks(organization: Organization, *, has_secretary: bool, reachable: bool) -> list[str]:
    """`missing` for callers that know about the 书记 already."""
    if organization.category == Category.PENDING_BRANCH:
        return []
    fields: Iterable[str] = facts.required_of(organization)
    empty = [facts.label(field) for field in fields if getattr(organization, field) in ("", None)]
    if not has_secretary:
        return [*facts.SECRETARY_LABELS, *empty]
    return empty if reachable else [facts.SECRETARY_LABELS[2], *empty]
