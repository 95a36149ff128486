"""The verbs that give, change and end posts (§4). A change of title replaces the post; the former one stays in the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Account
from zhtj.audit.record import record
from zhtj.lib import copying
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, first_no, no

from . import post_rules, seating, tree
from .models import Organization, Post, Seat
from .scope import Scope


@dataclass(frozen=True, kw_only=True)
class Office:
    """A 团内职务 with its particulars."""

    title: str
    since: date | None = None
    nature: str = ""
    in_party_committee: bool | None = None


def office_of(post: Post) -> Office:
    """What a post says."""
    return Office(
        title=post.title, since=post.since, nature=post.nature, in_party_committee=post.in_party_committee
    )


@retried
@transaction.atomic
def give(account: Account, organization: Organization, office: Office, *, actor: Scope) -> Post:
    """Make a person cadre of an organisation. Raises Refused."""
    organization = locked(organization)
    post_rules.may_manage(actor, organization).demand()
    return place(account, organization, office, actor=actor)


def place(account: Account, organization: Organization, office: Office, *, actor: Scope) -> Post:
    """`give` for verbs that have asked who may, and hold the organisation's lock. Raises Refused."""
    if _is_closed(account):
        raise Refused(no(f"{account.name}的账号已停用", cause="closed", remedy="，重新录入后才能担任职务。"))
    first_no(
        post_rules.title_fits(organization, office.title),
        post_rules.secretary_free(organization, office.title),
    ).demand()
    try:
        with transaction.atomic():
            return seating.give_post(account, organization, actor=actor, **asdict(office))
    except IntegrityError as error:
        raise Refused(clash(error, organization, account)) from error


def _is_closed(account: Account) -> bool:
    """As the account is now, and held until the end: a removal may just be closing it."""
    row = Account.objects.select_for_update(no_key=True).only("closed_at").get(pk=account.pk)
    return row.closed_at is not None


@retried
@transaction.atomic
def change(post: Post, office: Office, *, actor: Scope, now: datetime | None = None) -> Post:
    """Write new particulars; another title ends this post and begins a new one, seat and all. Raises Refused."""
    post = _living(post)
    first_no(
        post_rules.may_change(actor, post),
        post_rules.title_fits(post.organization, office.title),
        post_rules.secretary_free(post.organization, office.title, but=post.account_id),
    ).demand()
    before = office_of(post)
    if office == before:
        return post
    if office.title == post.title:
        for field, value in asdict(office).items():
            setattr(post, field, value)
        post.save(update_fields=list(asdict(office)))
    else:
        post = succeed(post, office, now=now or timezone.now())
    detail = {"from": before.title, "to": post.title}
    record(
        "orgs.post_changed", actor=actor, organization=post.organization, account=post.account, detail=detail
    )
    return post


@retried
@transaction.atomic
def end(post: Post, *, actor: Scope, now: datetime | None = None) -> None:
    """End a post; its row stays in the history. Raises Refused while it carries a seat."""
    post = _living(post)
    post_rules.may_end(actor, post).demand()
    post.ended_at = now or timezone.now()
    post.save(update_fields=["ended_at"])
    record(
        "orgs.post_ended",
        actor=actor,
        organization=post.organization,
        account=post.account,
        detail={"title": post.title},
    )


def locked(organization: Organization) -> Organization:
    """The living organisation, its part of the tree held and its row locked against other acts on posts and seats."""
    tree.entering(organization.path)
    rows = Organization.objects.living().select_related("parent")
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=organization.pk).first()
    if row is None:
        raise Refused(post_rules.GONE)
    return row


def _living(post: Post) -> Post:
    """The post as it is now, its organisation locked; Refused when it has ended meanwhile."""
    organization = locked(post.organization)
    now = organization.posts.filter(pk=post.pk, ended_at=None).select_related("account", "seat").first()
    if now is None:
        raise Refused(post_rules.ENDED)
    now.organization = organization
    return now


def succeed(post: Post, office: Office, *, now: datetime) -> Post:
    """The same person's next post there, for verbs that have asked; the seat keeps its id, number and age."""
    return succeed_all([(post, office)], now=now)[0]


def succeed_all(pairs: Sequence[tuple[Post, Office]], *, now: datetime) -> list[Post]:
    """`succeed` for many posts, with as many statements as for one; the successors in the same order."""
    former = [post for post, _ in pairs]
    seats = Seat.objects.filter(post__in=former).values("id", "organization_id", "number", "post_id", "since")
    moving = list(seats)
    Seat.objects.filter(pk__in=[seat["id"] for seat in moving]).delete()
    Post.objects.filter(pk__in=[post.pk for post in former]).update(ended_at=now)
    successors = copying.insert([_successor(post, office) for post, office in pairs])
    heir = {post.pk: each.pk for post, each in zip(former, successors, strict=True)}
    copying.insert_values(Seat, [seat | {"post_id": heir[seat["post_id"]]} for seat in moving])
    return list(successors)


def restore_all(pairs: Mapping[int, int]) -> None:
    """The way back from `succeed_all`: successor's id → former post's id. The successors go without a trace."""
    seats = Seat.objects.filter(post__in=list(pairs)).values(
        "id", "organization_id", "number", "post_id", "since"
    )
    moving = list(seats)
    Seat.objects.filter(pk__in=[seat["id"] for seat in moving]).delete()
    Post.objects.filter(pk__in=list(pairs)).delete()
    Post.objects.filter(pk__in=list(pairs.values())).update(ended_at=None)
    copying.insert_values(Seat, [seat | {"post_id": pairs[seat["post_id"]]} for seat in moving])


def _successor(post: Post, office: Office) -> Post:
    return Post(
        account_id=post.account_id,
        organization_id=post.organization_id,
        agreed=post.agreed,
        **asdict(office),
    )


def clash(error: IntegrityError, organization: Organization, account: Account):
    """The refusal behind a named constraint that a neighbour was faster to fill."""
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    if constraint == "post_one_secretary":
        return post_rules.secretary_taken(organization)
    if constraint == "post_one_per_organization":
        return post_rules.held_already(organization, account.name)
    if constraint == "post_in_living_organization":
        return post_rules.GONE
    raise error
