"""Posts and seats: giving and ending them (§4). The database holds at most two seats an organisation."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from accounts.models import Account
from zhtj.audit.record import record

from .enums import SEATS
from .models import Organization, Post, Seat
from .scope import Scope


def give_post(
    account: Account,
    organization: Organization,
    title: str,
    *,
    actor: Scope,
    since: date | None = None,
    nature: str = "",
    in_party_committee: bool | None = None,
) -> Post:
    """Give a living post; raises IntegrityError for a second one there or a second 书记."""
    post = Post.objects.create(
        account=account,
        organization=organization,
        title=title,
        since=since,
        nature=nature,
        in_party_committee=in_party_committee,
    )
    record(
        "orgs.post_given", actor=actor, organization=organization, account=account, detail={"title": title}
    )
    return post


def free_seats(organization: Organization) -> list[int]:
    """Numbers of the seats nobody holds, lowest first."""
    taken = set(organization.seats.values_list("number", flat=True))
    return [number for number in SEATS if number not in taken]


def _insert_seat(post: Post, number: int) -> int | None:
    """One statement: the seat's id, or None where somebody holds it; waits for a rival who is in the middle of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO orgs_seat (organization_id, number, post_id, since) VALUES (%s, %s, %s, now())
               ON CONFLICT (organization_id, number) DO NOTHING RETURNING id""",
            [post.organization_id, number, post.pk],
        )
        row = cursor.fetchone()
    return row[0] if row else None


@transaction.atomic
def take_seat(post: Post, *, actor: Scope, number: int | None = None) -> Seat | None:
    """Seat the holder of `post` on seat `number`, or on the lowest free one; None when it is taken."""
    numbers = [number] if number else SEATS
    pk = next((pk for pk in (_insert_seat(post, each) for each in numbers) if pk), None)
    if pk is None:
        return None
    seat = Seat.objects.select_related("organization").get(pk=pk)
    record(
        "orgs.seat_taken",
        actor=actor,
        organization=seat.organization,
        account=post.account,
        detail={"seat": seat.number},
    )
    return seat


def leave_seat(seat: Seat, *, actor: Scope) -> None:
    """Take the seat away; the post stays. It works from the next request: scopes are read from the seats."""
    Seat.objects.filter(pk=seat.pk).delete()
    record(
        "orgs.seat_left",
        actor=actor,
        organization=seat.organization,
        account=seat.post.account,
        detail={"seat": seat.number},
    )
