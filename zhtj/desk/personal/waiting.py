"""What a person has to do now, and what is under way elsewhere, with how late each is (§7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account
from orgs import petition_queries, petitions, vacancies
from orgs.enums import PetitionKind, PetitionState
from orgs.models import Organization, Petition, PetitionStep
from orgs.scope import Scope
from transfers import pages
from transfers import queries as transfers
from transfers.enums import OPEN, State
from transfers.graduates import counting, deadlines
from transfers.models import Step, Transfer

LATE_DAYS = 7  # so long may something wait before the page says how long
NEAR_DAYS = 3  # so near a lapse is said in days
RETURNED_DAYS = 30  # so long a returned request is offered for sending again
ACCEPTED = "接受后即担任这项职务，团籍留在原来的团支部。"
OWN_KINDS = (PetitionKind.PROFILE, PetitionKind.CORRECTION, PetitionKind.SCAN)
ENDED_BADLY = {State.RETURNED: "组织关系转接被退回", State.LAPSED: "组织关系转接超过期限，已失效"}


@dataclass(frozen=True)
class Item:
    """One line: what it is, why or what comes next, where it is done, and how late it is in words (or empty).

    An invitation is answered in place: `offer` is the petition, `says` what accepting it brings, in sentences.
    """

    label: str
    why: str
    url: str
    late: str = ""
    offer: Petition | None = None
    says: tuple[str, ...] = ()


def for_person(account: Account, scope: Scope, *, now: datetime) -> tuple[list[Item], list[Item]]:
    """What the person has to do, late things first, and what others are doing; the queries do not grow with either."""
    case = transfers.of_person(account.pk).first()
    closed = case is not None and case.state in ENDED_BADLY and pages.again(case, scope)
    mine = [
        *(_asked(each, now) for each in petition_queries.awaiting_person(account)),
        *([_ended_badly(case)] if closed else []),
        *_returned(account, now),
        *_graduate(account, now),
    ]
    others = [*([_open(case, now)] if case and case.state in OPEN else []), *_pending(account, scope, now)]
    return sorted(mine, key=lambda item: not item.late), others


def _asked(petition: Petition, now: datetime) -> Item:
    name, kind = f"“{petition.organization.short_name}”", petition.get_kind_display()
    invites = petition.kind == PetitionKind.INVITATION
    said = f"{name}邀请您担任{petition.payload['title']}" if invites else f"{kind}：{name}"
    since = timezone.localdate(petition.turn_since)
    url = reverse("petitions:detail", args=[petition.pk])
    item = Item(said, f"{since:%Y-%m-%d} 起等您答复", url, _waited(petition.turn_since, now))
    return replace(item, offer=petition, says=_offered(petition)) if invites else item


def _offered(petition: Petition) -> tuple[str, ...]:
    """What whoever accepts becomes, where, with which rights, and what stays as it is."""
    what = "，".join(f"{line.label}：{line.new}" for line in petitions.kind_of(petition).lines(petition))
    rights = "" if petition.payload["seat"] else "，没有管理员的权利"
    return (petition.organization.full_name, f"{what}{rights}", ACCEPTED)


def _waited(since: datetime, now: datetime) -> str:
    days = (timezone.localdate(now) - timezone.localdate(since)).days
    return f"已等 {days} 天" if days >= LATE_DAYS else ""


def _ended_badly(case: Transfer) -> Item:
    """A transfer to be put right and sent again, with the reason that was given."""
    last = Step.objects.filter(transfer=case).order_by("-number").first()
    reason = "：".join(each for each in (last.get_code_display() if last.code else "", last.remark) if each)
    said = f"原因：{reason}" if reason else f"转入“{case.destination}”"
    return Item(
        ENDED_BADLY[State(case.state)],
        f"{said.rstrip('。')}。请修改后重新发起",
        reverse("transfers:again", args=[case.pk]),
    )


def _returned(account: Account, now: datetime) -> Iterator[Item]:
    """The own requests last returned, whole or in part, that can be put right."""
    newest = Petition.objects.filter(account=account, opened_by=account.pk, kind__in=OWN_KINDS)
    newest = newest.order_by("kind", "-pk").distinct("kind").select_related("organization", "account")
    recent = [
        each for each in newest if each.closed_at and each.closed_at >= now - timedelta(days=RETURNED_DAYS)
    ]
    offered = [(each, url) for each in recent if (url := petitions.kind_of(each).again(each))]
    reasons = dict(
        PetitionStep.objects.filter(petition__in=[each for each, _ in offered])
        .order_by("petition", "pk")
        .values_list("petition", "remark")
    )
    for each, url in offered:
        part = "已退回" if each.state == PetitionState.RETURNED else "有几项没有同意"
        reason = f"原因：{reasons[each.pk].rstrip('。')}。" if reasons.get(each.pk) else ""
        yield Item(f"{each.get_kind_display()}{part}", f"{reason}请修改后重新提交", url)


def _graduate(account: Account, now: datetime) -> Iterator[Item]:
    """A graduate for whom nothing has begun (§6.6)."""
    today = timezone.localdate(now)
    found = counting.present(today.year, today=today).filter(account=account, held="")
    member = found.select_related("branch").first()
    if member is None:
        return
    day = deadlines.of([member.branch], today.year)[member.branch_id].day
    url = reverse("me:transfer_new")
    yield Item("您已毕业，请办理组织关系转接", f"{day:%Y-%m-%d} 前发起", url, _until(day, today))


def _until(day: date, today: date) -> str:
    left = (day - today).days
    if left < 0:
        return f"期限已过 {-left} 天"
    return f"还剩 {left} 天" if left <= settings.GRADUATION_WARN_DAYS else ""


def _open(case: Transfer, now: datetime) -> Item:
    """The open transfer in one sentence with what comes next."""
    left = (timezone.localdate(case.due_at) - timezone.localdate(now)).days if case.due_at else None
    late = f"还剩 {max(left, 0)} 天" if left is not None and left <= NEAR_DAYS else ""
    return Item(
        f"转入“{case.destination}”", pages.next_for_person(case).rstrip("。"), reverse("me:transfer"), late
    )


def _pending(account: Account, scope: Scope, now: datetime) -> Iterator[Item]:
    """The own requests that others have to decide."""
    found = Petition.objects.pending().filter(opened_by=account.pk, account=account, turn_account=None)
    rows = list(found.select_related("organization", "turn_organization").order_by("pk"))
    acting = vacancies.acting_for(_turns(rows)) if rows else {}
    for each in rows:
        turn = petition_queries.whose_turn(each, scope, acting)
        url = reverse("petitions:detail", args=[each.pk])
        yield Item(each.get_kind_display(), turn, url, _waited(each.turn_since, now))


def _turns(petitions_: list[Petition]) -> list[Organization]:
    return [each.turn_organization for each in petitions_ if each.turn_organization]
