"""Ends all posts and seats of an organisation at once, and gives them back when that is undone (§2, §4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from zhtj.audit.record import record

from . import seating
from .enums import SECRETARY
from .models import Organization, Post, Seat
from .scope import Scope


@dataclass(frozen=True)
class Vacated:
    """Ids of the posts ended, and (post id, number) of the seats taken away."""

    posts: list[int] = field(default_factory=list)
    seats: list[tuple[int, int]] = field(default_factory=list)


def vacate(organization: Organization, *, actor: Scope, now: datetime) -> Vacated:
    """Nobody holds anything there any more; accounts stay. One audit row for each fact."""
    seats = list(organization.seats.select_related("organization", "post__account").order_by("number"))
    for seat in seats:
        seating.leave_seat(seat, actor=actor)
    posts = list(organization.posts.filter(ended_at=None).select_related("account").order_by("pk"))
    for post in posts:
        end_post(post, organization, actor=actor, now=now)
    return Vacated([each.pk for each in posts], [(each.post_id, each.number) for each in seats])


def end_post(post: Post, organization: Organization, *, actor: Scope, now: datetime) -> None:
    """End one post whose holder has no seat; the row stays in the history."""
    Post.objects.filter(pk=post.pk).update(ended_at=now)
    detail = {"title": post.title}
    record("orgs.post_ended", actor=actor, organization=organization, account=post.account, detail=detail)


def reoccupy(
    organization: Organization, vacated: Vacated, *, but: Iterable[int] = (), actor: Scope
) -> tuple[list[Post], list[Seat]]:
    """Give posts and seats back, except to the accounts `but` and where somebody has taken them meanwhile."""
    away = set(but)
    living = organization.posts.filter(ended_at=None)
    held = set(living.values_list("account_id", flat=True))
    has_secretary = living.filter(title=SECRETARY).exists()
    posts: dict[int, Post] = {}
    for post in organization.posts.filter(pk__in=vacated.posts).select_related("account").order_by("pk"):
        if post.account_id in away | held or post.account.closed_at:
            continue
        if post.title == SECRETARY and has_secretary:
            continue
        posts[post.pk] = _restore(post, organization, actor=actor)
    seats = [
        seat
        for post_id, number in vacated.seats
        if post_id in posts and (seat := seating.take_seat(posts[post_id], actor=actor, number=number))
    ]
    return list(posts.values()), seats


def _restore(post: Post, organization: Organization, *, actor: Scope) -> Post:
    Post.objects.filter(pk=post.pk).update(ended_at=None)
    post.ended_at = None
    detail = {"title": post.title, "restored": True}
    record("orgs.post_given", actor=actor, organization=organization, account=post.account, detail=detail)
    return post
