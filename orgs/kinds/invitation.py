"""加入邀请: a registered person is offered a post elsewhere and decides alone; the 团籍 stays where it is (§4)."""

from __future__ import annotations

from datetime import date

from .. import posts, seating
from ..enums import PetitionKind
from ..models import Petition
from ..petitions import Kind, Line, Turn, register
from ..posts import Office
from ..scope import Scope


@register
class Invitation(Kind):
    """Payload: title, since (ISO day or None), nature, in_party_committee, seat (administrator at once)."""

    code = PetitionKind.INVITATION
    hint = "同意后您即担任这项职务，团籍留在原来的团支部。"

    def next_turn(self, petition: Petition) -> Turn | None:
        """The invited person, and nobody else."""
        return Turn(account=petition.account) if petition.turn == 0 else None

    def hold(self, petition: Petition) -> None:
        """The organisation, so that posts and seats stand still."""
        posts.locked(petition.organization)

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """Give the post and, where it was offered and one is still free, a seat. Raises Refused."""
        organization = posts.locked(petition.organization)
        post = posts.place(petition.account, organization, office_of(petition), actor=actor)
        if petition.payload["seat"]:
            seating.take_seat(post, actor=actor)

    def lines(self, petition: Petition) -> list[Line]:
        """The post with its particulars, and the seat."""
        office = office_of(petition)
        lines = [Line("团内职务", "", office.title)]
        if office.since:
            lines.append(Line("任现职年月", "", f"{office.since:%Y-%m}"))
        if office.nature:
            lines.append(Line("团干部性质", "", office.nature))
        if office.in_party_committee is not None:
            lines.append(Line("是否同级党委（支部）成员", "", "是" if office.in_party_committee else "否"))
        if petition.payload["seat"]:
            lines.append(Line("管理员", "", "接受后即成为管理员"))
        return lines


def office_of(petition: Petition) -> Office:
    """The post that is offered."""
    payload = petition.payload
    since = payload["since"]
    return Office(
        title=payload["title"],
        since=date.fromisoformat(since) if since else None,
        nature=payload["nature"],
        in_party_committee=payload["in_party_committee"],
    )
