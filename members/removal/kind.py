"""移除团员 as a petition: the branch asks, its direct superior decides (§5 Removing)."""

from __future__ import annotations

from django.utils import timezone

from orgs import petitions
from orgs.enums import PetitionKind
from orgs.models import Petition, Post
from orgs.petitions import Kind, Line, Turn
from orgs.scope import Scope

from . import ending, rules
from .rules import Given


def given_of(petition: Petition) -> Given:
    """The reason as it was asked."""
    return Given(petition.payload["reason"], petition.payload["remark"])


@petitions.register
class Removing(Kind):
    """Payload: reason and remark. The organisation is the branch, the account whoever is to be removed."""

    code = PetitionKind.REMOVAL

    def next_turn(self, petition: Petition) -> Turn | None:
        """The branch's direct superior as it is now."""
        return None if petition.turn else Turn(organization=petition.organization.parent)

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
            Line("移除的团员", f"{account.name} {account.masked_id}", ""),
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
