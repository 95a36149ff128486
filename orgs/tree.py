"""The only writer of paths and names, and the locks that keep the tree whole.

Lock protocol: everything that enters the tree (creation, enrolment, import) holds `entering`, shared; rename,
move and delete hold `rearranging`, exclusive. The lock is per child of the topmost organisation (a province,
in the nation); acts on the topmost organisation itself take the whole tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from zhtj.lib.initials import initials

from . import naming
from .enums import BRANCHES, Category
from .models import FormerName, Organization

_LOCK_SPACE = 0x5A48  # one advisory-lock class for the tree
_WHOLE = 0


def _lock(key: int, *, exclusive: bool) -> None:
    function = "pg_advisory_xact_lock" if exclusive else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [_LOCK_SPACE, key])


def _part(path: str) -> int:
    """The lock key of a path: its second id, or the whole tree for the topmost organisation."""
    ids = path.strip("/").split("/")
    return int(ids[1]) & 0x7FFFFFFF if len(ids) > 1 else _WHOLE


def _take(paths: Iterable[str], *, exclusive: bool) -> None:
    assert connection.in_atomic_block, "tree locks live as long as a transaction"
    keys = sorted({_part(path) for path in paths})
    _lock(_WHOLE, exclusive=exclusive and _WHOLE in keys)
    for key in keys:
        if key != _WHOLE:
            _lock(key, exclusive=exclusive)


def entering(*paths: str) -> None:
    """Hold the parts of the tree these paths lie in against rename, move and delete until the transaction ends."""
    _take(paths, exclusive=False)


def rearranging(*paths: str) -> None:
    """Hold these parts alone until the transaction ends."""
    _take(paths, exclusive=True)


@dataclass(frozen=True, slots=True)
class Seedling:
    """What is needed to plant one organisation below a known superior."""

    category: str
    short_name: str
    level: int | None = None
    purpose: str = ""


def ancestors(organization: Organization) -> list[Organization]:
    """The superiors, topmost first: one query."""
    found = Organization.objects.in_bulk(organization.ancestor_ids)
    return [found[pk] for pk in organization.ancestor_ids]


def stems_down_to(organization: Organization) -> list[str]:
    """Stems of the superiors and of the organisation itself, topmost first."""
    return [naming.stem(each.short_name) for each in (*ancestors(organization), organization)]


def _next_ids(count: int) -> list[int]:
    table = Organization._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [row[0] for row in cursor.fetchall()]


def plant(parent: Organization | None, seedlings: Sequence[Seedling]) -> list[Organization]:
    """Insert organisations below `parent` (None: the topmost one) with path and names, in order.

    The caller holds `entering(parent.path)` and has asked the rules; the database refuses repeated names.
    """
    stems = stems_down_to(parent) if parent else []
    planted = []
    for pk, seedling in zip(_next_ids(len(seedlings)), seedlings, strict=True):
        purpose = seedling.purpose or naming.purpose_of(seedling.short_name)
        planted.append(
            Organization(
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
        )
    return Organization.objects.bulk_create(planted, batch_size=1000)


def _level(parent: Organization | None, seedling: Seedling) -> int | None:
    if seedling.category != Category.LEADING_BODY:
        return None
    return seedling.level or naming.level_below(parent.level if parent else None)


@transaction.atomic
def rename(organization: Organization, short_name: str) -> int:
    """Give a new 简称 and write the full names of the whole subtree; the number of rows changed.

    Takes the part of the tree alone. Raises IntegrityError where a 全称 would repeat a living one.
    """
    rearranging(organization.path)
    organization.refresh_from_db()
    above = [naming.stem(each.short_name) for each in ancestors(organization)]
    FormerName.objects.create(
        organization=organization,
        short_name=organization.short_name,
        full_name=organization.full_name,
        lineage="".join([*above, naming.stem(organization.short_name)]),
    )
    organization.short_name, organization.initials = short_name, initials(short_name)
    return _write_names(organization, above)


def _write_names(top: Organization, above: Sequence[str]) -> int:
    """Recompute the full names of `top` and everything below it, living or not."""
    below = Organization.objects.filter(path__startswith=top.path).exclude(pk=top.pk)
    stems = {top.pk: [*above, naming.stem(top.short_name)]}
    top.full_name = naming.full_name(top.category, top.short_name, above)
    changed = [top]
    # In path order a superior comes before what is below it only by length of the path; sort by depth.
    for each in sorted(below, key=lambda row: row.path.count("/")):
        lineage = stems[each.parent_id]
        stems[each.pk] = [*lineage, naming.stem(each.short_name)]
        each.full_name = naming.full_name(each.category, each.short_name, lineage)
        changed.append(each)
    Organization.objects.bulk_update(changed, ["short_name", "full_name", "initials"], batch_size=2000)
    return len(changed)


def delete_softly(organization: Organization) -> None:
    """Mark as deleted; the database refuses it while living rows point here."""
    organization.deleted_at = timezone.now()
    organization.save(update_fields=["deleted_at"])
