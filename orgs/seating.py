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


@transaction.atomic
def take_seat(post: Post, *, actor: Scope, number: int | None = None) -> Seat | None:
    """Seat the holder of `post` on seat `number`, or on the lowest free one; None when it is taken.

    Two takers of one seat race in one statement: the database lets one of them through.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO orgs_seat (organization_id, number, post_id, since)
               SELECT %(organization)s, free.number, %(post)s, now()
                 FROM unnest(%(numbers)s) AS free(number)
                WHERE NOT EXISTS (SELECT 1 FROM orgs_seat held
                                   WHERE held.organization_id = %(organization)s AND held.number = free.number)
                ORDER BY free.number LIMIT 1
               ON CONFLICT (organization_id, number) DO NOTHING RETURNING id""",
            {
                "organization": post.organization_id,
                "post": post.pk,
                "numbers": [number] if number else list(SEATS),
            },
        )
        row = cursor.fetchone()
    if row is None:
        return None
    seat = Seat.objects.select_related("organization").get(pk=row[0])
    record(
        "orgs.seat_taken",
        actor=actor,
        organization=seat.organization,
        account=post.account,
        detail={"seat": seat.number},
    )
    return seat
