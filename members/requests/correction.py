"""资料更正: the person says that something registered is wrong which others keep; agreeing writes it (§5 Editing)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.models import Account
from orgs import petitions, posts
from orgs.enums import PetitionKind, PetitionState
from orgs.models import Organization, Petition, Post
from orgs.petitions import Kind, Line, Turn, register
from orgs.scope import Scope
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from .. import access, routing
from . import profile, telling
from .forms import ReasonedForm
from .topics import TOPICS, Topic

NOBODY = no("没有别的管理员可以更正您的这项资料", cause="nobody", remedy="，请先为最上级组织增加一名管理员。")


@register
class Correction(Kind):
    """Payload: `topic` a key of TOPICS, `old` and `new` as that topic shapes them, `reason` once agreed to."""

    code = PetitionKind.CORRECTION
    deciding = "requests/_correct.html"
    hint = "同意后马上写入，本人会收到通知。请先核对证件或档案。"

    def next_turn(self, petition: Petition) -> Turn | None:
        """Whoever can change it, but never the person."""
        if petition.turn:
            return None
        keeper = topic_of(petition).keeper(petition.account, petition.organization)
        organization = routing.decider(petition.account, keeper) if keeper else None
        if organization is None:
            raise Refused(NOBODY)
        return Turn(organization=organization)

    def hold(self, petition: Petition) -> None:
        """The organisation where posts are concerned, then the person."""
        if topic_of(petition).moves_posts:
            posts.locked(petition.organization)
        Account.objects.select_for_update().get(pk=petition.account_id)

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """Write it. Raises Refused where it no longer fits."""
        if not topic_of(petition).moves_posts:
            profile.still_here(petition).demand()
        topic_of(petition).apply(petition, actor=actor)

    def lines(self, petition: Petition) -> list[Line]:
        """What is registered and what it should be, numbers masked."""
        topic = topic_of(petition)
        where = reverse("requests:reveal", args=[petition.pk]) if topic.secret else ""
        return [
            Line(label, old, new, note=topic.note, reveal=where)
            for label, old, new in topic.triples(petition.payload, petition.account)
        ]

    def form(self, petition: Petition, lines: list[Line]) -> ReasonedForm | None:
        """姓名 and 身份证号码 are corrected with a reason; it stands there already."""
        if not topic_of(petition).reasoned:
            return None
        return ReasonedForm(initial={"turn": petition.turn, "reason": reason_of(petition)})

    def again(self, petition: Petition) -> str:
        """The form of what was sent back; of a post the sheet, where each has its own."""
        if petition.state != PetitionState.RETURNED:
            return ""
        topic = petition.payload["topic"]
        return reverse("me:profile") if topic == "title" else reverse("me:correct", args=[topic])

    def tell(self, petition: Petition, act: str, remark: str, *, actor: Scope) -> None:
        """The person hears what others decided."""
        telling.decided(petition, act, remark, actor=actor)


def topic_of(petition: Petition) -> Topic:
    """The behaviour behind the stored topic."""
    return TOPICS[petition.payload["topic"]]


def reason_of(petition: Petition) -> str:
    """Why it is corrected, as logged unless whoever agrees writes it otherwise."""
    return petition.payload.get("reason", profile.WHY)


@retried
@transaction.atomic
def ask(
    account: Account,
    topic: str,
    *,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    remark: str,
    organization: Organization | None = None,
    actor: Scope,
) -> Petition:
    """Ask for a correction; `organization` where it is not the one the person belongs to. Raises Refused."""
    Account.objects.select_for_update().get(pk=account.pk)
    profile.may_ask(account, PetitionKind.CORRECTION).demand()
    if old == new:
        raise Refused(profile.UNCHANGED)
    home = organization or access.home(account)
    assert home is not None  # may_ask has said so
    return petitions.ask(
        PetitionKind.CORRECTION,
        home,
        payload={"topic": topic, "old": dict(old), "new": dict(new)},
        account=account,
        remark=remark,
        actor=actor.as_person(),
    )


def accept(petition: Petition, *, reason: str, actor: Scope) -> Petition:
    """Agree with the reason that is logged. Raises Refused."""
    payload = {**petition.payload, "reason": reason}
    return petitions.approve(petition, payload=payload, remark=reason, actor=actor)


@transaction.atomic
def reveal(petition: Petition, *, reason: str, actor: Scope) -> str:
    """The full ID number that is asked for, after the log row the person will see (§8). Raises Refused."""
    petitions.may_decide(actor, petition).demand()
    telling.looked(petition, "id", reason=reason, actor=actor)
    return petition.payload["new"]["number"]


def posts_of(account: Account) -> list[Post]:
    """The person's living posts, oldest first."""
    living = Post.objects.filter(account=account, ended_at=None).select_related(
        "organization__parent", "seat"
    )
    return list(living.order_by("pk"))
