"""What has changed since the person was last here, each line with the page that shows it (§7).

It is counted from the beginning of that day, so that every number is the one its page shows. Nothing is scanned that
grows with the country: large organisations are compared by their rollups.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from members.figures import ledger, pages, rollups
from members.figures.ledger import IN, OUT
from members.figures.periods import Period
from members.models import BatchState, ImportBatch
from orgs.enums import PetitionState
from orgs.models import Organization, Petition
from orgs.scope import Scope
from regcodes.models import RegistrationCode
from transfers.enums import State
from transfers.models import Transfer
from zhtj.audit.models import AuditEntry, Result
from zhtj.lib.writing import number as written

ACTS_READ = 200  # of the organisation's own record, newest first
FAILED = (State.RETURNED, State.LAPSED)


@dataclass(frozen=True)
class News:
    """One line: what, how many with their sign, and where the names are."""

    words: str
    number: str
    url: str


def news(
    scope: Scope, organization: Organization, children: Sequence[int], *, since: datetime, rolled: bool
) -> list[News]:
    """Everything that happened in the scope since a moment's day; the number of queries does not grow with it."""
    period = Period(timezone.localdate(since), timezone.localdate())
    people = _rolled_up(organization, period) if rolled else _people(organization, period)
    return [
        *people,
        *([] if rolled else _organizations(organization, period)),
        *_transfers([organization.pk, *children], period),
        *_imports(organization, period),
        *_decided(organization, period),
        *_codes(organization, period),
        *_others(scope, organization, period),
    ]


def _people(organization: Organization, period: Period) -> Iterator[News]:
    """团员 who came and went, by act: one query."""
    line = ledger.changes(organization, period)
    for kind, numbers, sign, word in ((IN, line.ins, "+", "加入"), (OUT, line.outs, "−", "离开")):
        for act, number in sorted(numbers.items(), key=lambda pair: -pair[1]):
            url = pages.names_url(organization, period, kind, act)
            yield News(f"团员{word}（{ledger.label(act)}）", f"{sign}{written(number)}", url)


def _rolled_up(organization: Organization, period: Period) -> Iterator[News]:
    """The net change between two rollups: one query."""
    before, after = rollups.between(organization, period.since)
    movement = (
        f"{reverse('figures:own_movement')}?{urlencode({'since': period.since, 'until': period.until})}"
    )
    facts = (("团员", "members", movement), ("下级组织", "organizations", reverse("desk:subordinates")))
    for word, fact, url in facts:
        if before and after and (change := after.counts[fact] - before.counts[fact]):
            yield News(
                f"{word}（{before.day} 以来）", f"{'+' if change > 0 else '−'}{written(abs(change))}", url
            )


def _organizations(organization: Organization, period: Period) -> Iterator[News]:
    """What was created and deleted below: one query."""
    if organization.is_branch:
        return
    below = Organization.objects.filter(path__startswith=organization.path).exclude(pk=organization.pk)
    counted = below.aggregate(
        made=Count("pk", filter=Q(created_at__gte=period.begins, deleted_at=None)),
        closed=Count("pk", filter=Q(deleted_at__gte=period.begins)),
    )
    if counted["made"]:
        yield News("新建下级组织", f"+{written(counted['made'])}", reverse("desk:tree"))
    if counted["closed"]:
        yield News("删除下级组织", f"−{written(counted['closed'])}", reverse("structure:closed"))


def _transfers(ids: Sequence[int], period: Period) -> Iterator[News]:
    """Cases of the organisation and its direct subordinates that ended without a move: one query."""
    ours = Q(source__in=ids) | Q(target__in=ids)
    ended = Transfer.objects.filter(ours, state__in=FAILED, closed_at__gte=period.begins)
    if number := ended.count():
        yield News("转接已退回或已失效", written(number), f"{reverse('transfers:list')}?tab=closed")


def _imports(organization: Organization, period: Period) -> Iterator[News]:
    """Rosters written into the organisation, and taken back: one query."""
    seen = ImportBatch.objects.filter(organization=organization)
    counted = seen.aggregate(
        done=Count("pk", filter=Q(state=BatchState.DONE, finished_at__gte=period.begins)),
        undone=Count("pk", filter=Q(state=BatchState.UNDONE, undone_at__gte=period.begins)),
    )
    if counted["done"]:
        yield News("导入的名单", written(counted["done"]), reverse("imports:list"))
    if counted["undone"]:
        yield News("撤销的导入", written(counted["undone"]), reverse("imports:list"))


def _decided(organization: Organization, period: Period) -> Iterator[News]:
    """The own requests that others have answered: one query."""
    asked = Petition.objects.filter(opened_for=organization, closed_at__gte=period.begins)
    answered = asked.filter(state__in=(PetitionState.APPROVED, PetitionState.RETURNED)).order_by("-pk")
    for each in answered.select_related("organization", "account")[:5]:
        url = reverse("petitions:detail", args=[each.pk])
        yield News(f"{each.about}的{each.get_kind_display()}", each.get_state_display(), url)


def _codes(organization: Organization, period: Period) -> Iterator[News]:
    """Direct subordinates whose administrator has registered: one query."""
    used = RegistrationCode.objects.filter(organization__parent=organization, used_at__gte=period.begins)
    if number := used.count():
        yield News("凭注册码注册的管理员", f"+{written(number)}", f"{reverse('codes:list')}?state=used")


def _others(scope: Scope, organization: Organization, period: Period) -> Iterator[News]:
    """What the other administrator did in the organisation's name: one query, of the newest rows alone."""
    rows = AuditEntry.objects.filter(seat_id=organization.pk).order_by("-pk")
    newest = rows.values_list("at", "actor_id", "actor_name", "result")[:ACTS_READ]
    done: dict[str, int] = {}
    for at, actor, name, result in newest:
        if at >= period.begins and result == Result.DONE and actor not in (None, scope.account_id):
            done[name] = done.get(name, 0) + 1
    for name, number in done.items():
        url = f"{reverse('audit:own')}?{urlencode({'person': name, 'since': period.since})}"
        yield News(f"{name}办理的事项", f"{number} 件", url)
