"""The two lists: 团员列表 in the order of the branches, 团干部列表 in the order of the organisations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F, IntegerField, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear
from django.utils import timezone

from accounts import reset
from accounts.models import Account
from orgs import post_rules
from orgs.models import Organization, Post
from orgs.scope import Scope

from .. import access
from ..access import LIVING_POSTS
from ..models import ListKind, Member
from . import columns, filters
from .tables import Line, Table


def _people(left: Sequence[str]) -> QuerySet[Account]:
    """The people of a page, each with whether a 重置密码验证码 is out: a new one would take it away."""
    return Account.objects.defer(*left).annotate(reset_out=reset.outstanding(now=timezone.now()))


def _member_rows(scope: Scope) -> QuerySet[Member]:
    return Member.objects.within(scope)


def _load_members(rows: QuerySet[Member], left: Sequence[str]) -> QuerySet[Member]:
    people = _people(left).prefetch_related(LIVING_POSTS)
    return rows.select_related("branch__parent").prefetch_related(Prefetch("account", people))


def _member_line(member: Member, *, root: Organization, today: date, now: datetime) -> Line:
    member.account.member = member
    return Line(member.account, member.branch, root, today, now, member=member)


def _judge_members(scope: Scope, lines: list[Line]) -> None:
    resets = access.resettable(scope, [each.account for each in lines])
    for each in lines:
        each.reset = resets[each.account.pk]
        each.editable = each.member is not None and access.editable(scope, each.member)


def _cadre_rows(scope: Scope) -> QuerySet[Post]:
    living = Post.objects.filter(scope.q("organization__path"), ended_at=None)
    return living.annotate(place=F("organization__path"))


def _load_cadres(rows: QuerySet[Post], left: Sequence[str]) -> QuerySet[Post]:
    people = _people(left).select_related("member__branch__parent")
    people = people.prefetch_related(LIVING_POSTS)
    return rows.select_related("organization__parent", "seat").prefetch_related(Prefetch("account", people))


def _cadre_line(post: Post, *, root: Organization, today: date, now: datetime) -> Line:
    member = getattr(post.account, "member", None)
    if member is not None:
        member.account = post.account
    return Line(post.account, post.organization, root, today, now, member=member, post=post)


def _judge_cadres(scope: Scope, lines: list[Line]) -> None:
    _judge_members(scope, lines)
    manageable = post_rules.manageable(scope, [each.organization for each in lines])
    for each in lines:
        assert each.post is not None
        each.may_change = manageable[each.organization.pk]
        each.may_end = each.may_change and post_rules.seatless(each.post)


def _months(field: str) -> Coalesce:
    """A date as a count of months: it may stand in an address; dates missing come last."""
    return Coalesce(ExtractYear(field) * 12 + ExtractMonth(field), Value(10**6), output_field=IntegerField())


_BY_NAME = (("by_name", "pk"), {"by_name": F("account__initials")})
_BY_AGE = (("by_age", "pk"), {"by_age": -_months("account__birth_date")})
MEMBERS = Table(
    kind=ListKind.MEMBERS,
    title="团员列表",
    unit="人",
    box="account",
    box_field="account_id",
    url_name="members",
    order=("branch_path", "pk"),
    rows=_member_rows,
    load=_load_members,
    line=_member_line,
    judge=_judge_members,
    columns=columns.OF_MEMBERS,
    filters=filters.OF_MEMBERS,
    sorts={
        "name": _BY_NAME,
        "age": _BY_AGE,
        "joined": (("by_joined", "pk"), {"by_joined": _months("joined")}),
        "created": (("newest",), {"newest": -F("pk")}),
    },
)
CADRES = Table(
    kind=ListKind.CADRES,
    title="团干部列表",
    unit="个职务",
    box="posts",
    box_field="pk",
    url_name="cadres",
    order=("place", "pk"),
    rows=_cadre_rows,
    load=_load_cadres,
    line=_cadre_line,
    judge=_judge_cadres,
    columns=columns.OF_CADRES,
    filters=filters.OF_CADRES,
    sorts={
        "name": _BY_NAME,
        "age": _BY_AGE,
        "title": (("by_title", "pk"), {"by_title": F("title")}),
        "since": (("by_since", "pk"), {"by_since": _months("since")}),
    },
)
TABLES: dict[str, Table] = {each.kind: each for each in (MEMBERS, CADRES)}
