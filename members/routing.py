"""Who decides about a person's own data: near, but never the person himself (§5 Editing, §4 Vacancy)."""

from __future__ import annotations

from accounts.models import Account
from orgs import tree
from orgs.models import Organization, Seat


def decider(account: Account, organization: Organization) -> Organization | None:
    """The organisation whose administrators decide; where the person is the only one, the next above; None at the top.

    A vacant organisation keeps the turn: the nearest one above acts for it. Only where that one would be the person
    alone does the turn go on to whom is above.
    """
    chain = [organization, *reversed(tree.ancestors(organization))]
    seats = Seat.objects.filter(organization__in=chain).values_list("organization", "post__account")
    holders: dict[int, set[int]] = {}
    for place, holder in seats:
        holders.setdefault(place, set()).add(holder)
    found: Organization | None = organization
    for each, above in zip(chain, [*chain[1:], None], strict=True):
        if holders.get(each.pk) == {account.pk}:
            found = above
        elif each.pk in holders:
            break
    return found
