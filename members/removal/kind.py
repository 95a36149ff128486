"""移除团员 as a petition: the branch asks, its direct superior decides (§5 Removing)."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from accounts import telling
from orgs import petitions
from orgs.enums import PetitionKind
from orgs.models import Petition, Post
from orgs.petitions import Kind, Line, Turn
from orgs.scope import Scope

from ..routing import decider
from . import ending, rules
from .rules import Given

SAID = {"同意": "已同意，已经移除", "退回": "已退回"}


def given_of(petition: Petition) -> Given:
    """The reason as it was asked."""
    return Given(petition.payload["reason"], petition.payload["remark"])


@petitions.register
class Removing(Kind):
    """Payload: reason and remark. The organisation is the branch, the account whoever is to be removed."""

    code = PetitionKind.REMOVAL
    hint = "同意后团籍即时终止，期限之内可以在“超龄和移除”中撤销。"

    def next_turn(self, petition: Petition) -> Turn | None:
        """The branch's direct superior as it is now; where its only administrator is the person, the next above."""
        if petition.turn:
            return None
        above = petition.organization.parent
        return Turn(organization=decider(petition.account, above) or above)

    def hold(self, petition: Petition) -> None:
        """The branch and every organisation in which a post ends."""
        ending.hold(petition.organization, petition.account_id, given_of(petition).reason)

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """End the 团籍, if everything still fits. Raises Refused."""
        given = given_of(petition)
        held = ending.hold(petition.organization, petition.account_id, given.reason)
        ending.check_still_fits(petition.account_id, held.branch, given, actor=actor)
        now = timezone.now()
        ending.end(petition.account_id, held, given, petition=petition, actor=actor, now=now)

    def lines(self, petition: Petition) -> list[Line]:
        """Who, why, and what goes with it."""
        given, account = given_of(petition), petition.account
        lines = [
            Line("移除的团员", f"{account.name} {account.masked_id}", "团籍终止"),
            Line("移除原因", "", given.reason),
        ]
        if given.remark:
            lines.append(Line("说明", "", given.remark))
        posts = Post.objects.filter(account=account, ended_at=None).select_related("organization")
        ends_all = given.reason in rules.ENDS_EVERYTHING
        for post in posts.order_by("pk"):
            here = post.organization_id == petition.organization_id
            new = "终止" if here or ends_all else "保留"
            lines.append(Line("团内职务", f"{post.organization.short_name}{post.title}", new))
        return lines

    def tell(self, petition: Petition, act: str, remark: str, *, actor: Scope) -> None:
        """Whoever asked hears of a decision of somebody else, with the reason."""
        if act not in SAID or petition.opened_by in (None, actor.account_id):
            return
        because = f"，原因：{remark}" if remark and act == "退回" else ""
        text = f"移除{petition.account.name}的申请{SAID[act]}{because}。"
        telling.tell([petition.opened_by], text, url=reverse("petitions:detail", args=[petition.pk]))
