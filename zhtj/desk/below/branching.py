"""The tree of the scope, a level at a time; each level costs the same queries, however many there are."""

from __future__ import annotations

from dataclasses import dataclass

from orgs import queries as tree
from orgs.models import Organization
from orgs.scope import Scope

from .. import queries
from ..queries import SEATED

SIZE = 100


@dataclass(frozen=True)
class Node:
    """One organisation in the tree, with its counts."""

    organization: Organization
    children: int
    members: int
    seated: bool
    lacks: bool


@dataclass(frozen=True)
class Level:
    """The direct subordinates of one organisation, as many as a page shows, and where the next ones begin."""

    parent: Organization
    nodes: list[Node]
    after: int | None


def level(parent: Organization, *, after: int = 0) -> Level:
    """Some direct subordinates with their counts: one query."""
    found = queries.counted(tree.children(parent).filter(pk__gt=after)).annotate(seated=SEATED)
    rows = list(found[: SIZE + 1])
    nodes = [_node(each) for each in rows[:SIZE]]
    return Level(parent, nodes, nodes[-1].organization.pk if len(rows) > SIZE else None)


def _node(row: Organization) -> Node:
    lacks = queries.completeness.lacks(row, has_secretary=row.has_secretary, reachable=row.reachable)
    return Node(row, row.children_total, row.members_total, row.seated, bool(lacks))


def trail(scope: Scope, organization: Organization) -> list[Organization]:
    """From the root of the scope down to the organisation: one query."""
    return [each for each in tree.path_of(organization) if scope.covers(each)]
