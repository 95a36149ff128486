"""What waits for an organisation in the tree: petitions to decide, vacancies below, its own information (§2, §4)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, Expression, OuterRef, QuerySet
from django.urls import reverse

from zhtj.lib.todo import Todo, how_many, one_if_any

from . import completeness, petition_queries, vacancies
from .enums import BY_OTHERS, Category
from .models import Organization, Petition, Seat
from .scope import Scope

MOST = 200  # petitions shown at once, the longest waiting first
NAMES = 20


def deciding(scope: Scope) -> QuerySet[Petition]:
    """The petitions whose turn it is here: the own ones, and those of organisations that nobody nearer administers."""
    waiting = Petition.objects.pending().filter(scope.acting_q("turn_organization__path"))
    return waiting.exclude(kind__in=BY_OTHERS, account=scope.account_id)


def asked(scope: Scope) -> QuerySet[Petition]:
    """The petitions asked for in the name of the organisation that others still have to decide."""
    if scope.root is None:
        return Petition.objects.none()
    return (
        Petition.objects.pending().filter(opened_for=scope.root).exclude(pk__in=deciding(scope).values("pk"))
    )


def vacant_below(scope: Scope) -> QuerySet[Organization]:
    """Direct subordinates without an administrator. Where there is one anywhere below, there is one here."""
    if scope.root is None:
        return Organization.objects.none()
    children = (
        Organization.objects.living().filter(parent=scope.root).exclude(category=Category.PENDING_BRANCH)
    )
    return children.exclude(Exists(Seat.objects.filter(organization=OuterRef("pk"))))


def incomplete_information(scope: Scope) -> QuerySet[Organization]:
    """The own organisation, while its information lacks something (§2)."""
    if scope.root is None:
        return Organization.objects.none()
    return completeness.incomplete(Organization.objects.living().filter(pk=scope.root.pk))


def waiting(scope: Scope, *, now: datetime) -> Expression:
    """How many things `todo` gives, as a part of another query."""
    return (
        how_many(deciding(scope))
        + one_if_any(vacant_below(scope))
        + one_if_any(incomplete_information(scope))
    )


def of_person(account_id: int | None) -> QuerySet[Petition]:
    """What the person alone has to answer."""
    return Petition.objects.pending().filter(turn_account=account_id)


def todo(scope: Scope, *, now: datetime) -> list[Todo]:
    """At most six queries, whatever waits."""
    found = petitions(scope, deciding(scope), decidable=True)
    return [*found, *_vacancies(scope), *_information(scope)]


def petitions(scope: Scope, found: QuerySet[Petition], *, decidable: bool = False) -> list[Todo]:
    """These petitions, the longest waiting first, each with whose turn it is: two queries."""
    rows = found.select_related("organization", "turn_organization", "turn_account", "opened_for", "account")
    rows = list(rows.order_by("turn_since", "pk")[:MOST])
    acting = vacancies.acting_for([each.turn_organization for each in rows if each.turn_organization])
    return [
        Todo(
            key=f"petition-{each.pk}",
            kind=each.get_kind_display(),
            title=each.about if each.personal else each.organization.full_name,
            short=each.about,
            detail=_asked_by(each),
            turn=petition_queries.whose_turn(each, scope, acting),
            since=each.turn_since,
            url=reverse("petitions:detail", args=[each.pk]),
            act="查看申请",
            decides=each.pk if decidable else None,
            step=each.turn,
        )
        for each in rows
    ]


def _asked_by(petition: Petition) -> str:
    who = petition.opened_by_name
    if petition.personal:
        return f"{petition.organization.full_name}，{who}发起"
    if petition.opened_for is None or petition.opened_for_id == petition.organization_id:
        return f"{who}发起"
    return f"{petition.opened_for.full_name} {who}发起"


def _vacancies(scope: Scope) -> list[Todo]:
    total = vacant_below(scope).count()
    if not total:
        return []
    first = list(vacant_below(scope).order_by("pk")[:NAMES])
    names = tuple((each.short_name, reverse("orgs:detail", args=[each.pk])) for each in first)
    more = f"这里是最早建立的 {NAMES} 个。" if total > NAMES else ""
    return [
        Todo(
            key="vacancies",
            kind="没有管理员",
            title=f"{total} 个下级组织还没有管理员",
            detail=f"没有管理员期间由本组织代为办理。请分配注册码，由指定的人注册。{more}",
            turn="由本组织代为办理（这些组织暂无管理员）",
            since=first[0].created_at,
            names=names,
            url=f"{reverse('desk:subordinates')}?lacking=administrators",
            act="查看没有管理员的组织",
        )
    ]


def _information(scope: Scope) -> list[Todo]:
    own = incomplete_information(scope).first()
    if own is None:
        return []
    lacking = completeness.missing(own)
    return [
        Todo(
            key="information",
            kind="组织信息",
            title=f"组织信息还缺 {len(lacking)} 项",
            detail=f"还缺：{'、'.join(lacking)}。",
            turn="由本组织办理",
            since=own.created_at,
            url=reverse("orgs:info"),
            act="补充组织信息",
        )
    ]
