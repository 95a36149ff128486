"""A person's first visit in three sentences: who entered you, what you can do here, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from accounts.models import Account
from members.models import Act, Member, Membership
from members.queries import Card
from orgs import vacancies
from orgs.models import Organization, Post
from zhtj.audit.models import AuditEntry, Result

BEGUN = {
    Act.CODE: "您凭管理员注册码注册，{day} 加入了{branch}。",
    Act.APPLICATION: "您的注册申请已经同意，您 {day} 加入了{branch}。",
    Act.ENTRY: "{day}，{who}把您录入了{branch}。",
    Act.IMPORT: "{day}，{who}用名单把您导入了{branch}。",
}
OTHERWISE = "您从 {day} 起是{branch}的团员。"
ENTERED = ("members.enrolled", "members.cadre_entered", "orgs.secretary_registered", "orgs.post_given")
MEMBERS_DO = "在这里您可以核对和更正自己的资料、办理组织关系转接、看到每项申请办到哪一步、谁看过您的信息。"
CADRES_DO = "在这里您可以核对自己的资料和职务、答复邀请、看到谁看过您的信息。"
NOBODYS_DO = "录入以后，在这里可以核对资料、办理组织关系转接；有邀请等您答复时，也会显示在这里。"


def is_first(account: Account) -> bool:
    """Whether the person has come for the first time today: no earlier day, and no password older than today's.

    The password tells about those who came before visits were kept.
    """
    if account.visited_before is not None:
        return False
    visited = account.visited_at or timezone.now()
    set_at = account.password_set_at
    return set_at is None or timezone.localdate(set_at) == timezone.localdate(visited)


def sentences(
    account: Account, member: Member | None, posts: Sequence[Post], cards: Sequence[Card]
) -> list[str]:
    """Three sentences, in the order of the questions; also for a cadre without 团籍 and for somebody without either."""
    if member is not None:
        return [_begun(account, member), MEMBERS_DO, whom_to_ask(account, cards)]
    if posts:
        post = posts[0]
        registered = f"{_who(account, post.organization)}登记您为“{post.organization.full_name}”的{post.title}，您没有团籍。"
        return [registered, CADRES_DO, whom_to_ask(account, cards)]
    return [
        "您的账号已经建立，但目前没有团籍，也没有团内职务。",
        NOBODYS_DO,
        "您是团员的，请联系所在团支部的管理员录入您的资料，或由原团支部为您办理。",
    ]


def _begun(account: Account, member: Member) -> str:
    stretch = Membership.objects.filter(account=account, ended_at=None).first()
    started = stretch.started_at if stretch else member.created_at
    said = BEGUN.get(Act(stretch.begun_by), OTHERWISE) if stretch else OTHERWISE
    who = _who(account, member.branch) if "{who}" in said else ""
    day, branch = f"{timezone.localdate(started):%Y-%m-%d}", f"“{member.branch.full_name}”"
    return said.format(day=day, who=who, branch=branch)


def _who(account: Account, place: Organization) -> str:
    """Who entered the person, as the record has it; the organisation where it is not the one the sentence names."""
    rows = AuditEntry.objects.filter(account_id=account.pk, verb__in=ENTERED, result=Result.DONE)
    row = rows.order_by("-pk").first()
    if row is None or not row.seat_name:
        return "管理员"
    return row.actor_name if row.seat_id == place.pk else f"“{row.seat_name}”的{row.actor_name}"


def whom_to_ask(account: Account, cards: Sequence[Card]) -> str:
    """The nearest organisation's 书记, or who acts while there is none; nobody is sent to himself. The first card is the
    own organisation's.
    """
    if not cards:
        return "有疑问请联系所在组织的管理员。"
    named = next((card for card in cards if card.secretary_id not in (None, account.pk)), None)
    if named is None:
        return _acting(cards[0].organization)
    phone = named.organization.contact_phone
    reach = f"，电话 {phone}" if phone else ""
    return f"资料不对或有疑问，请找“{named.organization.short_name}”的书记{named.secretary}{reach}。"


def _acting(organization: Organization) -> str:
    acting = vacancies.acting_words(organization)
    return f"资料不对或有疑问：您的组织的事项{acting}。" if acting else "有疑问请联系所在组织的管理员。"
