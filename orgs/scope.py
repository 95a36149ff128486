"""Where somebody may act: the subtree of the organisation whose seat is in use (§8).

`Scope.q` is the only place where that becomes SQL; `Scope.covers` is its twin.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q

from accounts.models import Account
from zhtj.audit.actor import Actor

from .models import Organization, Seat


@dataclass(frozen=True, kw_only=True)
class Scope(Actor):
    """The acting person in one seat; `root` is None for a person without one, who may act nowhere.

    `place` is where the root stands: the 简称 from the top of the tree down to its own. Jobs and commands have none.
    """

    root: Organization | None = None
    seats: tuple[Seat, ...] = ()
    seat: Seat | None = None
    place: tuple[str, ...] = ()

    def as_person(self) -> Scope:
        """The same act by the person alone, in the name of no organisation."""
        return replace(
            self, root=None, seat=None, place=(), seat_organization_id=None, seat_organization_name=""
        )

    def q(self, field: str = "path") -> Q:
        """The condition that a row's path column lies in the scope."""
        return Q(pk__in=[]) if self.root is None else Q(**{f"{field}__startswith": self.root.path})

    def acting_q(self, field: str = "path") -> Q:
        """The condition that the seat decides for a row's organisation: the own one, and below it those that
        nobody nearer administers (§4 Vacancy). `rules.acts_for` is its twin."""
        if self.root is None:
            return Q(pk__in=[])
        above = [*self.root.ancestor_ids, self.root.pk]
        nearer = Seat.objects.filter(_on_path(field)).exclude(organization__in=above)
        return self.q(field) & ~Exists(nearer)

    def covers(self, organization: Organization) -> bool:
        """Whether the organisation is the root or below it."""
        return self.root is not None and organization.path.startswith(self.root.path)

    def is_own(self, organization: Organization) -> bool:
        """Whether the organisation is the one acted for."""
        return self.root is not None and self.root.pk == organization.pk

    def is_direct_superior_of(self, organization: Organization) -> bool:
        """Whether the organisation acted for is its direct superior."""
        return self.root is not None and organization.parent_id == self.root.pk


def _on_path(field: str, *, organization: str = "organization_id") -> Func:
    """The condition that an organisation is one of those on the outer row's path: found by their ids."""
    ids = Func(OuterRef(field), template="string_to_array(trim('/' from %(expressions)s), '/')::bigint[]")
    return Func(
        F(organization),
        ids,
        arg_joiner=" = ANY(",
        template="%(expressions)s)",
        output_field=BooleanField(),
    )


def seats_of(account: Account) -> tuple[Seat, ...]:
    """The person's seats, oldest first, each with its organisation and its `place` loaded: one query."""
    down_to = Organization.objects.filter(_on_path("organization__path", organization="id")).order_by("path")
    seats = (
        Seat.objects.filter(post__account=account)
        .select_related("organization", "post")
        .annotate(place=ArraySubquery(down_to.values("short_name")))
        .order_by("since", "pk")
    )
    return tuple(seats)


def scope_of(account: Account, *, seat_id: int | None = None, address: str | None = None) -> Scope:
    """The scope of the chosen seat, of the first one, or of none."""
    seats = seats_of(account)
    seat = next((seat for seat in seats if seat.pk == seat_id), seats[0] if seats else None)
    root = seat.organization if seat else None
    return Scope(
        account_id=account.pk,
        account_name=account.name,
        seat_organization_id=root.pk if root else None,
        seat_organization_name=root.full_name if root else "",
        address=address,
        root=root,
        seats=seats,
        seat=seat,
        place=tuple(seat.place) if seat else (),
    )


def nobody(*, address: str | None = None) -> Scope:
    """The scope of a visitor: it matches nothing."""
    return Scope(address=address)


def of_command(name: str, root: Organization | None = None) -> Scope:
    """The scope of a management command, acting for `root`."""
    return Scope(
        account_name=f"命令 {name}",
        seat_organization_id=root.pk if root else None,
        seat_organization_name=root.full_name if root else "",
        root=root,
    )
