"""The figures of subtrees, counted in sets: of one organisation, of its subordinates, or of a whole country alike.

A queryset gives one line per thing with its path and its facts; `rolled` adds the lines up, fact by fact, for every
organisation on the path that is asked for. The daily rollup and the live pages count with the same statements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Case, CharField, DateTimeField, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear

from accounts.enums import SignInState
from orgs import completeness as information
from orgs.enums import BRANCHES, Category
from orgs.models import Organization, Post

from .. import completeness
from ..models import Member, Membership
from . import periods

Counts = dict[str, Any]
DIMENSIONS = ("sex", "age", "ethnicity", "political_status", "education", "year")
TOTALS = (
    "members",
    "inactive",
    "members_lacking",
    "cadres",
    "cadres_lacking",
    "organizations",
    "branches",
    "asked",
    "informed",
    "entered",
)
YES = "1"

ROLLED = """
WITH line AS ({lines}),
counted AS (
    SELECT line.path, told.fact, told.value, count(*) AS n
      FROM line CROSS JOIN LATERAL (VALUES {facts}) AS told(fact, value)
     WHERE told.value IS NOT NULL
     GROUP BY line.path, told.fact, told.value
), way AS (
    SELECT path, node::bigint
      FROM (SELECT DISTINCT path FROM counted) AS paths
     CROSS JOIN LATERAL unnest(string_to_array(trim('/' FROM path), '/')) AS node
)
SELECT node, fact, value, sum(n)::bigint FROM counted JOIN way USING (path)
 WHERE %s::bigint[] IS NULL OR node = ANY(%s::bigint[])
 GROUP BY node, fact, value HAVING sum(n) > %s
"""


def rolled(
    rows: QuerySet, nodes: Collection[int] | None = None, *, over: int = 0
) -> Iterator[tuple[int, str, str, int]]:
    """(organisation, fact, value, how many) of annotated rows with a `path`; all organisations without `nodes`.

    Every annotation but `path` is a fact, told where it is not NULL. Numbers not greater than `over` are left out.
    """
    facts = [name for name in rows.query.annotation_select if name != "path"]
    lines, params = rows.order_by().values("path", *facts).query.sql_with_params()
    told = ", ".join(f"('{name}', line.{name}::text)" for name in facts) or "('all', '')"
    wanted = None if nodes is None else list(nodes)
    with connection.cursor() as cursor:
        cursor.execute(ROLLED.format(lines=lines, facts=told), [*params, wanted, wanted, over])
        yield from cursor.fetchall()


def count(organizations: Collection[int], within: Iterable[str], *, today: date) -> dict[int, Counts]:
    """The figures of each of these organisations, which lie at or below the paths `within`: four statements."""
    counts: dict[int, Counts] = {pk: empty(today) for pk in organizations}
    paths = list(within)
    for rows in (_organizations(paths), _cadres(paths)):
        for node, fact, _, number in rolled(rows, organizations):
            counts[node][fact] = number
    for node, fact, value, number in rolled(_members(paths, today), organizations):
        if fact in DIMENSIONS:
            counts[node][fact][value] = number
        else:
            counts[node][fact] = number
    days = periods.compared(today)
    belonged = {pk: [0] * len(days) for pk in counts}
    for node, fact, first, number in rolled(_belongings(paths, today), organizations):
        for at in range(int(first), len(days)):
            belonged[node][at] += number if fact == "came" else -number
    for node, numbers in belonged.items():
        counts[node] |= _on_days(dict(zip(days, numbers, strict=True)), today)
    return counts


def empty(today: date) -> Counts:
    """The figures of an organisation without anybody and anything."""
    nobody = _on_days(dict.fromkeys(periods.compared(today), 0), today)
    return {**dict.fromkeys(TOTALS, 0), **{name: {} for name in DIMENSIONS}, **nobody}


def _on_days(numbers: dict[date, int], today: date) -> Counts:
    """The members at the ends of months, and on the same day a month and a year ago."""
    return {
        "trend": [[day.isoformat(), numbers[day]] for day in periods.month_ends(today)],
        "month_ago": numbers[periods.month_ago(today)],
        "year_ago": numbers[periods.year_ago(today)],
    }


def larger_than(size: int) -> set[int]:
    """The organisations with more members, or more organisations, at and below them."""
    everybody = Member.objects.annotate(path=F("branch_path"))
    everything = Organization.objects.living()
    return {node for rows in (everybody, everything) for node, _, _, _ in rolled(rows, over=size)}


def size_of(counts: Counts) -> int:
    """What counting an organisation costs: its members or its organisations, whichever are more."""
    return max(counts["members"], counts["organizations"])


def age_on(today: date, born: str) -> Func:
    """Full years of a birth date, as `rules.age_on` counts them."""
    return Func(
        Value(today),
        F(born),
        template="date_part('year', age(%(expressions)s))::integer",
        output_field=IntegerField(),
    )


def _within(paths: Collection[str], field: str) -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found


def flag(condition: Any) -> Case:
    """A fact that holds (YES) or is not told."""
    return Case(When(condition, then=Value(YES)), default=None, output_field=CharField())


def _always() -> Value:
    return Value(YES, output_field=CharField())


def _organizations(paths: list[str]) -> QuerySet[Organization]:
    asked = ~Q(category=Category.PENDING_BRANCH)
    return (
        Organization.objects.living()
        .filter(_within(paths, "path"))
        .annotate(
            organizations=_always(),
            branches=flag(Q(category__in=BRANCHES)),
            asked=flag(asked),
            informed=flag(asked & information.complete_q()),
            entered=flag(asked & completeness.entered_q()),
        )
    )


def _cadres(paths: list[str]) -> QuerySet[Post]:
    return Post.objects.filter(_within(paths, "organization__path"), ended_at=None).annotate(
        path=F("organization__path"), cadres=_always(), cadres_lacking=flag(~completeness.post_q())
    )


def _members(paths: list[str], today: date) -> QuerySet[Member]:
    return Member.objects.filter(_within(paths, "branch_path")).annotate(
        path=F("branch_path"),
        members=_always(),
        inactive=flag(Q(account__sign_in_state=SignInState.INITIAL)),
        members_lacking=flag(~completeness.member_q()),
        sex=F("account__sex"),
        age=age_on(today, "account__birth_date"),
        ethnicity=F("account__ethnicity"),
        political_status=F("account__political_status"),
        education=F("account__education"),
        year=ExtractYear("joined"),
    )


def _belongings(paths: list[str], today: date) -> QuerySet[Membership]:
    """The ledger, with the place of the first compared day at whose end each stretch has begun, and has ended."""
    return Membership.objects.filter(_within(paths, "branch__path")).annotate(
        path=F("branch__path"),
        came=_first_end_after("started_at", today),
        went=_first_end_after("ended_at", today),
    )


def _first_end_after(moment: str, today: date) -> Func:
    ends = [periods.end_of(day) for day in periods.compared(today)]
    return Func(
        F(moment),
        Value(ends, output_field=ArrayField(DateTimeField())),
        function="width_bucket",
        output_field=IntegerField(),
    )


def belonging(day: date) -> Q:
    """The condition that a stretch of the ledger goes on at the end of a day; stretches are half-open."""
    end = periods.end_of(day)
    return Q(started_at__lt=end) & (Q(ended_at=None) | Q(ended_at__gte=end))
