"""Pictures for zhtj/help/chapters/administrators.py."""

from __future__ import annotations

from typing import Any

from accounts.models import Account
from orgs.models import Seat
from tests.shots.shot import Shot
from zhtj.demo.planting import planted


def _account(role: str) -> Account:
    return Account.objects.get(pk=dict(planted().detail["roles"])[role])


def _place(role: str) -> int:
    """The organisation somebody administers."""
    return Seat.objects.get(post__account=_account(role)).organization_id


def _add() -> str:
    return f"/seats/{_place('支部管理员')}/add/"


def _invite() -> str:
    return f"/cadres/of/{_place('学院管理员')}/invite/"


def _find(page: Any) -> None:
    person = _account("团员")
    page.fill("#id_name", person.name)
    page.fill("#id_number", person.id_number)
    page.locator("main form .btn-primary").click()
    page.locator("input[name=found]").wait_for(state="attached")


SHOTS: tuple[Shot, ...] = (
    Shot("seats-add", "branch", _add, mark="main .choices", clip="main .card", width=1000),
    Shot(
        "invitation-offer",
        "college",
        _invite,
        mark="main .btn-primary",
        clip="main .card",
        prepare=_find,
        width=1000,
    ),
)
