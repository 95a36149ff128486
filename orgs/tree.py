"""The only writer of paths and names, and the locks that keep the tree whole.

Lock protocol: everything that enters the tree (creation, enrolment, import) holds `entering`, shared; rename,
move and delete hold `rearranging`, exclusive. The lock is per child of the topmost organisation (a province,
in the nation); acts on the topmost organisation itself take the whole tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import BigIntegerField, Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from zhtj.lib.initials import initials

from . import naming
from .enums import BRANCHES, Category
from .models import FormerName, Organization

_LOCK_SPACE = 0x5A48  # one advisory-lock class for the tree
_WHOLE = 0
PIECE = 5_000  # rows of one statement where progress is told
_PARKED = "\x01"  # refused in a 简称, so that a parked name meets no real one


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


def hold(*organizations: Organization, exclusive: bool) -> None:
    """Lock the parts these organisations lie in and read the objects again, until locks and rows agree.

    Between reading a path and getting its lock a move may have carried the organisation into another part.
    """
    held: set[int] = set()
    while missing := {_part(each.path) for each in organizations} - held:
        _take([each.path for each in organizations], exclusive=exclusive)
        held |= missing
        for each in organizations:
            each.refresh_from_db()


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


@dataclass(frozen=True)
class NewNames:
    """What a rename or move does to the names of a subtree: `old` lineage becomes `new` at the head of each 全称 below."""

    organization: Organization
    full_name: str
    old: str
    new: str

    def below(self) -> QuerySet[Organization]:
        """Everything under the renamed organisation, living or not."""
        return Organization.objects.filter(path__startswith=self.organization.path).exclude(
            pk=self.organization.pk
        )

    def expression(self, *, parked: bool = False) -> Case:
        """The new 全称 of a row below, from its present one (or from that with the parking mark before it)."""
        shift = 1 if parked else 0

        def rest(mark: str) -> Concat:
            return Concat(Value(mark + self.new), Substr("full_name", shift + len(mark + self.old) + 1))

        return Case(
            When(category=Category.LEADING_BODY, then=rest(naming.LEADING)),
            default=rest(""),
            output_field=CharField(),
        )

    def other(self) -> Organization | None:
        """A living organisation elsewhere that bears one of the new names."""
        return self.others().first()

    def others(self) -> QuerySet[Organization]:
        """The living organisations elsewhere that bear one of the new names."""
        elsewhere = Organization.objects.filter(deleted_at=None).exclude(
            path__startswith=self.organization.path
        )
        names = self.below().filter(deleted_at=None).annotate(name=self.expression()).values("name")
        wanted = Q(full_name=self.full_name) | Q(full_name__in=names)
        return elsewhere.select_related("parent").filter(wanted)


def renamed(organization: Organization, short_name: str) -> NewNames:
    """The names a new 简称 would give to the organisation and what is below it: one query."""
    above = [naming.stem(each.short_name) for each in ancestors(organization)]
    return NewNames(
        organization=organization,
        full_name=naming.full_name(organization.category, short_name, above),
        old="".join([*above, naming.stem(organization.short_name)]),
        new="".join([*above, naming.stem(short_name)]),
    )


def moved(organization: Organization, parent: Organization) -> NewNames:
    """The names a move below `parent` would give to the organisation and what is below it: two queries."""
    above, own = stems_down_to(parent), naming.stem(organization.short_name)
    return NewNames(
        organization=organization,
        full_name=naming.full_name(organization.category, organization.short_name, above),
        old="".join(stems_down_to(organization)),
        new="".join([*above, own]),
    )


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


def delete_softly(organization: Organization, *, now: datetime | None = None) -> None:
    """Mark as deleted; the database refuses it while living rows point here."""
    organization.deleted_at = now or timezone.now()
    organization.save(update_fields=["deleted_at"])


def restore(organization: Organization) -> None:
    """Let a deleted organisation live again; raises IntegrityError where its name was given away."""
    organization.deleted_at = None
    organization.save(update_fields=["deleted_at"])
