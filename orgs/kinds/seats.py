"""管理员变更: the successor's word where a seat is handed over, then the direct superior's (§4)."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import Account
from zhtj.lib.verdict import Refused

from .. import posts, seat_rules, seating
from ..enums import PetitionKind
from ..models import Petition
from ..petitions import UNDONE, Kind, Line, Turn, register
from ..scope import Scope

SUCCESSOR, SUPERIOR = "successor", "superior"
NOBODY = "（空缺）"


@register
class Seats(Kind):
    """Payload: leaver and successor (account, name) or None; turns; free (the last one may leave)."""

    code = PetitionKind.SEATS
    hint = "全部同意后马上生效，不能撤销。离任的人保留团内职务和账号。"

    def afresh(self, petition: Petition) -> str:
        """管理员变更 once more."""
        return reverse("seats:own") if petition.state in UNDONE else ""

    def next_turn(self, petition: Petition) -> Turn | None:
        """As written when it was asked; the superior is the present one."""
        turns = petition.payload["turns"]
        if petition.turn >= len(turns):
            return None
        if turns[petition.turn] == SUCCESSOR:
            return Turn(account=petition.account)
        return Turn(organization=petition.organization.parent)

    def hold(self, petition: Petition) -> None:
        """The organisation, so that posts and seats stand still."""
        posts.locked(petition.organization)

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """Empty the leaver's seat and seat the successor on it, or on the lowest free one. Raises Refused."""
        payload = petition.payload
        organization = posts.locked(petition.organization)
        leaver, successor = _person(payload["leaver"]), _person(payload["successor"])
        seat_rules.may_carry_out(organization, leaver, successor, free=payload["free"]).demand()
        number = None
        if leaver is not None:
            seat = seat_rules.seats_of(organization)[leaver.pk]
            number = seat.number
            seating.leave_seat(seat, actor=actor)
        if successor is not None:
            post = organization.posts.get(account=successor, ended_at=None)
            if seating.take_seat(post, actor=actor, number=number) is None:
                raise Refused(seat_rules.fits(organization, None, successor))

    def lines(self, petition: Petition) -> list[Line]:
        """One seat, from whom to whom; a farewell to the seat alone leaves it empty."""
        payload = petition.payload
        leaver, successor = payload["leaver"], payload["successor"]
        old = leaver["name"] if leaver else NOBODY
        return [Line("管理员", old, successor["name"] if successor else NOBODY)]


def _person(facts: dict | None) -> Account | None:
    return Account.objects.get(pk=facts["account"]) if facts else None
