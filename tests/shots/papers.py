"""Pictures for zhtj/help/chapters/papers.py."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from members.documents import keeping
from members.documents.rules import Kept
from members.models import Member, PaperKind
from orgs.models import Seat
from orgs.scope import scope_of
from tests.shots.shot import Shot
from zhtj.demo.planting import planted

PRESENT, MISSING = "present", "missing"


def _class() -> list[Member]:
    """The demonstration member first, then the classmates."""
    own = dict(planted().detail["roles"])["团员"]
    member = Member.objects.get(account=own)
    people = Member.objects.filter(branch=member.branch).select_related("account", "branch__parent")
    return sorted(people, key=lambda each: (each.account_id != own, each.pk))


def _keep(member: Member, papers: dict[PaperKind, tuple[str, str]]) -> None:
    """Written by the college, so that nobody keeps the own papers."""
    seat = Seat.objects.filter(organization=member.branch.parent).order_by("number").first()
    since = timezone.localdate() - timedelta(days=60)
    kept = {
        kind.value: Kept(state, holder, since if holder else None) for kind, (state, holder) in papers.items()
    }
    keeping.keep(member, kept, actor=scope_of(seat.post.account))


def _kept() -> None:
    """One whose papers lie in four places, and two who lost the 团员证."""
    first, *others = _class()
    places = ("学籍档案", "学籍档案", "本人携带", "邮寄", "学院团委")
    _keep(first, {kind: (PRESENT, place) for kind, place in zip(PaperKind, places, strict=True)})
    for each in others[:2]:
        there = dict.fromkeys(PaperKind, (PRESENT, "学籍档案"))
        _keep(each, there | {PaperKind.CARD: (MISSING, "")})
    _keep(others[2], {PaperKind.ADMISSION: (MISSING, ""), PaperKind.APPLICATION: (MISSING, "")})


def _list() -> str:
    _kept()
    return "/documents/"


def _own() -> str:
    _kept()
    return "/documents/mine/"


def _reissues() -> str:
    _kept()
    return "/documents/reissues/"


SHOTS: tuple[Shot, ...] = (
    Shot("papers-list", "branch", _list, mark="#id_condition"),
    Shot("papers-mine", "member", _own, clip="#papers", width=1000),
    Shot("papers-reissues", "university", _reissues, mark=".confirm .btn-primary"),
)
