"""What the ledger says: who belonged where at the end of a day, and who came and went in a period (§5, §7).

Organisations stand where they stand today: a branch that has been moved brings its past along (decision 0075).
Whoever changes the branch inside an organisation has not come or gone for it, but has for the branches.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from orgs.models import Organization

from ..models import Act, Membership
from . import counting
from .periods import Period

IN, OUT = "in", "out"
ENDS = {IN: ("started_at", "begun_by"), OUT: ("ended_at", "ended_by")}

# Beginnings and ends that fall into the period, each with the node that it is looked at from; the places are filled
# with names of our own and with ids.
SIDE = """
SELECT m.id, m.account_id, m.{at} AS at, '{kind}'::text AS kind, m.{act} AS act, {node} AS node
  FROM members_membership m JOIN orgs_organization o ON o.id = m.branch_id
 WHERE o.path >= %s AND o.path < %s AND m.{at} >= %s AND m.{at} < %s
"""
# An end and a beginning of one person at one moment cancel for a node that has both.
CROSSED = f"""
WITH moved AS (
    {SIDE.format(at="started_at", act="begun_by", kind=IN, node="{node}")}
    UNION ALL
    {SIDE.format(at="ended_at", act="ended_by", kind=OUT, node="{node}")}
), paired AS (
    SELECT *, row_number() OVER (PARTITION BY node, account_id, at, kind ORDER BY id) AS place,
           count(*) FILTER (WHERE kind = '{IN}') OVER here AS came,
           count(*) FILTER (WHERE kind = '{OUT}') OVER here AS went
      FROM moved WINDOW here AS (PARTITION BY node, account_id, at)
), crossed AS (
    SELECT * FROM paired WHERE place > CASE kind WHEN '{IN}' THEN went ELSE came END
)
"""


@dataclass
class Line:
    """One organisation over a period: 期初 + 增加 − 减少 = 期末."""

    opening: int = 0
    closing: int = 0
    ins: Counter[str] = field(default_factory=Counter)
    outs: Counter[str] = field(default_factory=Counter)

    @property
    def came(self) -> int:
        return self.ins.total()

    @property
    def went(self) -> int:
        return self.outs.total()

    @property
    def is_empty(self) -> bool:
        """Nobody was there and nobody came."""
        return not (self.opening or self.closing or self.came or self.went)


def on_roster(organization: Organization, day: date) -> QuerySet[Membership]:
    """The stretches that go on at the end of a day, at and below an organisation, by branch."""
    here = Membership.objects.filter(
        counting.belonging(day), branch__path__startswith=organization.path
    ).annotate(place=F("branch__path"))
    return here.select_related("account", "branch__parent")


def crossing(organization: Organization, period: Period, kind: str, act: str = "") -> QuerySet[Membership]:
    """The stretches by which somebody came into an organisation (IN) or left it (OUT) in a period."""
    sql = CROSSED.format(node=_whole(organization)) + "SELECT id FROM crossed WHERE kind = %s"
    found = Membership.objects.filter(pk__in=RawSQL(sql, [*_facts(organization, period), kind]))
    found = found.filter(**{ENDS[kind][1]: act}) if act else found
    return found.select_related("account", "branch__parent")


def balance(organization: Organization, period: Period) -> dict[int, Line]:
    """The lines of an organisation and of each direct subordinate that has any figure, deleted ones too."""
    children = Organization.objects.filter(parent=organization).values_list("pk", flat=True)
    lines = {organization.pk: Line(), **{pk: Line() for pk in children}}
    stock = Membership.objects.filter(branch__path__startswith=organization.path).annotate(
        path=F("branch__path"),
        opening=counting.flag(counting.belonging(period.day_before)),
        closing=counting.flag(counting.belonging(period.until)),
    )
    for node, fact, _, number in counting.rolled(stock, lines):
        setattr(lines[node], fact, number)
    nodes = [_whole(organization)] if organization.is_branch else [_whole(organization), _below(organization)]
    for node, kind, act, number in _crossings(organization, period, nodes):
        (lines[node].ins if kind == IN else lines[node].outs)[act] = number
    return lines


def changes(organization: Organization, period: Period) -> Line:
    """Who came and went, of the whole organisation alone and without the stock: one statement."""
    line = Line()
    for _, kind, act, number in _crossings(organization, period, [_whole(organization)]):
        (line.ins if kind == IN else line.outs)[act] = number
    return line


def _crossings(
    organization: Organization, period: Period, nodes: list[str]
) -> list[tuple[int, str, str, int]]:
    """(organisation, kind, act, how many), looked at from each of the nodes: a statement for each."""
    found = []
    for node in nodes:
        sql = CROSSED.format(node=node) + "SELECT node, kind, act, count(*) FROM crossed GROUP BY 1, 2, 3"
        with connection.cursor() as cursor:
            cursor.execute(sql, _facts(organization, period))
            found += cursor.fetchall()
    return found


def _whole(organization: Organization) -> str:
    """The node of a line, looked at from the organisation itself."""
    return f"{organization.pk:d}::bigint"


def _below(organization: Organization) -> str:
    """The node of a line, looked at from the direct subordinate that it lies in."""
    return f"(string_to_array(trim('/' FROM o.path), '/'))[{organization.path.count('/'):d}]::bigint"


def _facts(organization: Organization, period: Period) -> list[Any]:
    """What the two sides of CROSSED ask for; “/” is followed by “0”."""
    end = f"{organization.path[:-1]}0"
    return [organization.path, end, period.begins, period.ends] * 2


def label(act: str) -> str:
    """The act in words; ends from before acts were kept have none."""
    return str(dict(Act.choices).get(act, "其他"))
