"""Renames and moves: the paths and names of a subtree are written together (§2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, Case, F, QuerySet, Value, When
from django.db.models.functions import Concat, Substr

from zhtj.lib.initials import initials

from ..models import FormerName, Organization
from .lineage import NewNames, moved, renamed
from .locks import hold

PIECE = 5_000  # rows of one statement where progress is told
_PARKED = "\x01"  # refused in a 简称, so that a parked name meets no real one


@transaction.atomic
def rename(
    organization: Organization, short_name: str, *, progress: Callable[[int], None] | None = None
) -> int:
    """Give a new 简称 and write the full names of the whole subtree; the number of rows changed.

    Takes the part of the tree alone. With `progress` the names are written in pieces and their number told
    after each. Raises IntegrityError where a 全称 would repeat a living one.
    """
    hold(organization, exclusive=True)
    names = renamed(organization, short_name)
    _remember(names)
    organization.short_name, organization.initials = short_name, initials(short_name)
    organization.full_name = names.full_name
    organization.save(update_fields=["short_name", "initials", "full_name"])
    return 1 + (_write_names(names, progress) if names.old != names.new else 0)


def _remember(names: NewNames) -> None:
    """Keep the present name as a former one; those of what is below follow from its lineage."""
    FormerName.objects.create(
        organization=names.organization,
        short_name=names.organization.short_name,
        full_name=names.organization.full_name,
        lineage=names.old,
    )


def _write_names(names: NewNames, progress: Callable[[int], None] | None = None) -> int:
    """One statement for the whole subtree, or one for each piece of it.

    A row may take the name another row of the subtree is about to give up; only then all names are parked first.
    """

    def write(**names_now: object) -> int:
        if progress is None:
            return names.below().update(**names_now)
        done = 0
        for piece in _pieces(names):
            done += piece.update(**names_now)
            progress(done)
        return done

    try:
        with transaction.atomic():
            return write(full_name=names.expression())
    except IntegrityError:
        if names.other():
            raise
    write(full_name=Concat(Value(_PARKED), F("full_name")))
    return write(full_name=names.expression(parked=True))


def _pieces(names: NewNames) -> Iterable[QuerySet[Organization]]:
    """What is below in ranges of the path, so that each is a short statement."""
    after: str | None = names.organization.path
    while after is not None:
        rest = names.below().filter(path__gt=after)
        end = rest.order_by("path").values_list("path", flat=True)[PIECE - 1 : PIECE].first()
        yield rest if end is None else rest.filter(path__lte=end)
        after = end


@transaction.atomic
def move(organization: Organization, parent: Organization) -> int:
    """Put an organisation with its subtree below another superior; the number of rows changed.

    Paths and full names are written in one statement, the paths of members follow by the database. The caller
    has asked the rules. Raises IntegrityError where a 简称 or 全称 would be repeated.
    """
    hold(organization, parent, exclusive=True)
    names = moved(organization, parent)
    if names.full_name != organization.full_name:
        _remember(names)
    moving = Organization.objects.filter(path__startswith=organization.path)
    try:
        with transaction.atomic():
            changed = moving.update(**_places(names, parent))
    except IntegrityError:
        if names.other():
            raise
        moving.update(full_name=Concat(Value(_PARKED), F("full_name")))
        changed = moving.update(**_places(names, parent, parked=True))
    organization.refresh_from_db()
    return changed


def _places(names: NewNames, parent: Organization, *, parked: bool = False) -> dict[str, object]:
    """Path, superior and 全称 of every row of a subtree after its move below `parent`."""
    own = names.organization
    path = Concat(Value(f"{parent.path}{own.pk}/"), Substr("path", len(own.path) + 1))
    return {
        "path": path,
        "parent_id": Case(
            When(pk=own.pk, then=Value(parent.pk)), default=F("parent_id"), output_field=BigIntegerField()
        ),
        "full_name": Case(
            When(pk=own.pk, then=Value(names.full_name)), default=names.expression(parked=parked)
        ),
    }
