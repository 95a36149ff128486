"""What a move would do to names and to who sees what, found out without writing (§2 Relocation)."""

from __future__ import annotations

from dataclasses import dataclass

from . import queries, tree
from .models import Organization, Seat
from .scope import Scope

SHOWN = 20


@dataclass(frozen=True)
class Onlooker:
    """A superior that gains or loses sight of the subtree; its administrators by name only where the viewer may know."""

    organization: Organization
    count: int
    names: str = ""


@dataclass(frozen=True)
class Rehearsal:
    """`changes` are the first (old, new) full names of `renamed`; `clashes` the organisations in the way."""

    organizations: int
    administrators: int
    renamed: int
    changes: list[tuple[str, str]]
    clashes: list[Organization]
    losing: list[Onlooker]
    gaining: list[Onlooker]
    old_line: list[Organization]
    new_line: list[Organization]

    @property
    def more(self) -> int:
        """How many new names are not shown."""
        return self.renamed - len(self.changes)


def of_move(organization: Organization, parent: Organization, *, viewer: Scope) -> Rehearsal:
    """The same number of queries for any size; names of persons only from the viewer's scope."""
    living = Organization.objects.living().filter(path__startswith=organization.path)
    count = living.count()
    names = tree.moved(organization, parent)
    old_line, new_line = tree.ancestors(organization), queries.path_of(parent)
    differs = names.full_name != organization.full_name or names.old != names.new
    return Rehearsal(
        organizations=count,
        administrators=Seat.objects.filter(organization__path__startswith=organization.path).count(),
        renamed=count if differs else 0,
        changes=_changes(names) if differs else [],
        clashes=_in_the_way(names, parent),
        losing=_onlookers([each for each in old_line if each not in new_line], viewer),
        gaining=_onlookers([each for each in new_line if each not in old_line], viewer),
        old_line=old_line,
        new_line=new_line,
    )


def _changes(names: tree.NewNames) -> list[tuple[str, str]]:
    """The organisation itself and the first ones below it, in the order of the tree."""
    below = names.below().filter(deleted_at=None).annotate(name=names.expression()).order_by("path")
    rows = below.values_list("full_name", "name")[: SHOWN - 1]
    return [(names.organization.full_name, names.full_name), *rows]


def _in_the_way(names: tree.NewNames, parent: Organization) -> list[Organization]:
    """Organisations that bear one of the new names, or the same 简称 below the new superior."""
    own = names.organization
    sibling = queries.children(parent).filter(short_name=own.short_name).exclude(pk=own.pk)
    found = {each.pk: each for each in [*sibling, *names.others().order_by("path")[:SHOWN]]}
    return list(found.values())


def _onlookers(line: list[Organization], viewer: Scope) -> list[Onlooker]:
    """Each with the number of its administrators: one query."""
    seats = Seat.objects.filter(organization__in=line).select_related("post__account").order_by("number")
    names: dict[int, list[str]] = {}
    for seat in seats:
        names.setdefault(seat.organization_id, []).append(seat.post.account.name)
    return [
        Onlooker(
            each,
            len(names.get(each.pk, [])),
            "、".join(names.get(each.pk, [])) if viewer.covers(each) else "",
        )
        for each in line
    ]
