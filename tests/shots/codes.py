"""Pictures for zhtj/help/chapters/codes.py."""

from __future__ import annotations

from typing import Any

from orgs.models import Organization
from tests.shots.shot import Shot

CLASS = "2019级新生临时团支部"


def _class() -> Organization:
    """A branch without administrators, below the college."""
    return Organization.objects.living().get(short_name=CLASS)


def _code_page() -> str:
    return f"/codes/{_class().pk}/"


def _chosen() -> str:
    return f"/register/admin/?organization={_class().pk}"


def _issue(page: Any) -> None:
    page.get_by_role("button", name="分配注册码").click()


def _look_for(page: Any) -> None:
    page.fill("#picker_q", "2019级新生")
    page.locator("[data-picker-row]").filter(has_text=CLASS).wait_for()


def _choose_many(page: Any) -> None:
    page.get_by_role("button", name="为全部").click()


def _type_a_wrong_code(page: Any) -> None:
    page.select_option("#id_title", "书记")
    page.get_by_role("button", name="下一步").click()
    page.fill("#id_code", "Abcd 2345")
    page.get_by_role("button", name="下一步").click()


SHOTS: tuple[Shot, ...] = (
    Shot("register-organization", "", "/register/admin/", mark="#picker_q", clip=".sheet", prepare=_look_for),
    Shot("code-refused", "", _chosen, mark=".field-error", clip=".sheet", prepare=_type_a_wrong_code),
    Shot("code", "college", _code_page, mark=".code-big", clip=".slip", prepare=_issue),
    Shot("codes-plan", "college", "/desk/subordinates/", mark=".card .btn-row", prepare=_choose_many),
)
