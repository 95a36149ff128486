"""Merging one branch into another: members, posts and seats go over, what cannot be twice is settled first (§2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from members import clearing
from members.models import Act
from orgs import posts, seating, tree
from orgs.enums import SEATS, SECRETARY, TITLES
from orgs.models import Organization, Post, Seat
from orgs.posts import Office
from orgs.scope import Scope
from transfers import ending as cases
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Verdict, no

from . import closing, rules
from .models import Closing


@dataclass(frozen=True)
class Questions:
    """What has to be settled: two holders of 书记 (own first), and more administrators than seats."""

    secretaries: list[Post]
    administrators: list[Post]

    @property
    def ask_secretary(self) -> bool:
        return len(self.secretaries) > 1

    @property
    def ask_administrators(self) -> bool:
        return len(self.administrators) > len(SEATS)


@dataclass(frozen=True)
class Settlement:
    """The answers, by account id; `other_title` is what the other 书记 becomes. Empty where nothing was asked."""

    secretary: int | None = None
    other_title: str = ""
    administrators: tuple[int, ...] = ()


def questions(source: Organization, target: Organization) -> Questions:
    """The posts concerned, one for each person, those of the target first."""
    living = Post.objects.filter(organization__in=[source, target], ended_at=None).select_related(
        "account", "organization"
    )
    ordered = sorted(living, key=lambda post: (post.organization_id != target.pk, post.pk))
    seated = set(
        Seat.objects.filter(organization__in=[source, target]).values_list("post__account", flat=True)
    )
    return Questions(
        secretaries=_one_each(post for post in ordered if post.title == SECRETARY),
        administrators=_one_each(post for post in ordered if post.account_id in seated),
    )


def _one_each(found) -> list[Post]:
    first: dict[int, Post] = {}
    for post in found:
        first.setdefault(post.account_id, post)
    return list(first.values())


def settles(asked: Questions, settlement: Settlement) -> Verdict:
    """Whether every question has an answer that fits."""
    people = {post.account_id for post in asked.secretaries}
    if asked.ask_secretary and settlement.secretary not in people:
        return no("两个团支部都有书记", cause="secretary", remedy="，请选择合并后的书记。")
    if asked.ask_secretary and settlement.other_title not in other_titles():
        return no("另一位书记改任什么职务没有选", cause="other_title", remedy="，请选择。")
    chosen, people = set(settlement.administrators), {post.account_id for post in asked.administrators}
    if asked.ask_administrators and not (chosen <= people and 1 <= len(chosen) <= len(SEATS)):
        reason = f"合并后的团支部最多有{len(SEATS)}名管理员"
        return no(reason, cause="administrators", remedy="，请选择一至两名。")
    return YES


def other_titles() -> tuple[str, ...]:
    """What a second 书记 can become in a branch."""
    return tuple(title for title in TITLES["branch"] if title != SECRETARY)


@retried
@transaction.atomic
def merge(
    source: Organization,
    target: Organization,
    settlement: Settlement,
    *,
    actor: Scope,
    now: datetime | None = None,
) -> Closing:
    """Move everybody and everything of `source` into `target` and close `source`. Raises Refused."""
    tree.hold(source, target, exclusive=True)
    now = now or timezone.now()
    rules.may_merge(actor, source, target).demand()
    asked = questions(source, target)
    settles(asked, settlement).demand()
    before = list(source.posts.filter(ended_at=None).select_related("account").order_by("pk"))
    cases.return_all(source, actor=actor, now=now)
    moved = clearing.move_all(source, target, act=Act.MERGING, actor=actor, now=now)
    vacated = closing.wind_up(source, actor=actor, now=now)
    retitled = _settle_titles(target, _titles(asked, settlement), actor=actor, now=now)
    given = _carry_posts(before, target, _titles(asked, settlement), actor=actor)
    unseated = _settle_seats(target, asked, settlement, actor=actor)
    kept = {
        "members": moved,
        "posts": vacated.posts,
        "seats": vacated.seats,
        "given": given,
        "retitled": retitled,
        "unseated": unseated,
    }
    return closing.note(source, Closing.Kind.MERGED, into=target, kept=kept, actor=actor, now=now)


def _titles(asked: Questions, settlement: Settlement) -> dict[int, str]:
    """The titles that follow from who is 书记, by account; everybody else keeps the own one."""
    if not asked.ask_secretary:
        return {post.account_id: SECRETARY for post in asked.secretaries}
    return {
        post.account_id: SECRETARY if post.account_id == settlement.secretary else settlement.other_title
        for post in asked.secretaries
    }


def _settle_titles(
    target: Organization, titles: Mapping[int, str], *, actor: Scope, now: datetime
) -> list[tuple[int, str]]:
    """Change the titles of those who hold a post in the target, 书记 given up before it is taken; (account, old)."""
    own = target.posts.filter(ended_at=None, account__in=titles).select_related("account")
    changed = []
    for post in sorted(own, key=lambda each: each.title != SECRETARY):
        if titles[post.account_id] != post.title:
            changed.append((post.account_id, post.title))
            retitle(post, titles[post.account_id], actor=actor, now=now)
    return changed


def retitle(post: Post, title: str, *, actor: Scope, now: datetime) -> None:
    """The next post of the same person there, with the same particulars."""
    office = Office(
        title=title, since=post.since, nature=post.nature, in_party_committee=post.in_party_committee
    )
    posts.succeed(post, office, now=now)
    detail = {"from": post.title, "to": title}
    record(
        "orgs.post_changed", actor=actor, organization=post.organization, account=post.account, detail=detail
    )


def _carry_posts(
    before: list[Post], target: Organization, titles: Mapping[int, str], *, actor: Scope
) -> list[int]:
    """Posts of the source, given in the target to those who have none there; their ids."""
    there = set(target.posts.filter(ended_at=None).values_list("account_id", flat=True))
    given = [
        seating.give_post(
            post.account,
            target,
            titles.get(post.account_id, post.title),
            actor=actor,
            since=post.since,
            nature=post.nature,
            in_party_committee=post.in_party_committee,
        )
        for post in before
        if post.account_id not in there
    ]
    return [post.pk for post in given]


def _settle_seats(
    target: Organization, asked: Questions, settlement: Settlement, *, actor: Scope
) -> list[tuple[int, int]]:
    """Seat those chosen, or all where nothing was asked; (account, number) of those who leave a seat for it."""
    everybody = [post.account_id for post in asked.administrators]
    chosen = set(settlement.administrators) if asked.ask_administrators else set(everybody)
    left = []
    for seat in target.seats.select_related("organization", "post__account").order_by("number"):
        if seat.post.account_id in chosen:
            chosen.discard(seat.post.account_id)
        else:
            left.append((seat.post.account_id, seat.number))
            seating.leave_seat(seat, actor=actor)
    for post in target.posts.filter(ended_at=None, account__in=chosen).select_related("account"):
        seating.take_seat(post, actor=actor)
    return left
