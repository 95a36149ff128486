"""Putting organisations into the tree and taking them out of the living."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from zhtj.lib.initials import initials

from .. import naming
from ..enums import BRANCHES, Category
from ..models import Organization
from .lineage import stems_down_to


@dataclass(frozen=True, slots=True)
class Seedling:
    """What is needed to plant one organisation; `below` is the place of its superior among the seedlings before it."""

    category: str
    short_name: str
    level: int | None = None
    purpose: str = ""
    below: int | None = None


def _next_ids(count: int) -> list[int]:
    table = Organization._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [row[0] for row in cursor.fetchall()]


def plant(parent: Organization | None, seedlings: Sequence[Seedling]) -> list[Organization]:
    """Insert organisations below `parent` (None: the topmost one) or each other, with path and names, in order.

    The caller holds `entering(parent.path)` and has asked the rules; the database refuses repeated names.
    """
    above = stems_down_to(parent) if parent else []
    planted: list[Organization] = []
    lineages: list[list[str]] = []
    for pk, seedling in zip(_next_ids(len(seedlings)), seedlings, strict=True):
        superior, stems = (
            (parent, above) if seedling.below is None else (planted[seedling.below], lineages[seedling.below])
        )
        lineages.append([*stems, naming.stem(seedling.short_name)])
        planted.append(_grown(pk, seedling, superior, stems))
    return Organization.objects.bulk_create(planted, batch_size=1000)


def _grown(pk: int, seedling: Seedling, parent: Organization | None, stems: Sequence[str]) -> Organization:
    """The unsaved organisation with everything that follows from its place."""
    purpose = seedling.purpose or naming.purpose_of(seedling.short_name)
    return Organization(
        pk=pk,
        parent=parent,
        path=f"{parent.path if parent else '/'}{pk}/",
        category=seedling.category,
        level=_level(parent, seedling),
        purpose=purpose if seedling.category in BRANCHES else "",
        short_name=seedling.short_name,
        full_name=naming.full_name(seedling.category, seedling.short_name, stems),
        initials=initials(seedling.short_name),
    )


def _level(parent: Organization | None, seedling: Seedling) -> int | None:
    if seedling.category != Category.LEADING_BODY:
        return None
    return seedling.level or naming.level_below(parent.level if parent else None)


def delete_softly(organization: Organization, *, now: datetime | None = None) -> None:
    """Mark as deleted; the database refuses it while living rows point here."""
    organization.deleted_at = now or timezone.now()
    organization.save(update_fields=["deleted_at"])


def restore(organization: Organization) -> None:
    """Let a deleted organisation live again; raises IntegrityError where its name was given away."""
    organization.deleted_at = None
    organization.save(update_fields=["deleted_at"])
