"""Pictures for zhtj/help/chapters/door.py."""

from __future__ import annotations

from typing import Any

from accounts.models import Account
from members.models import Member
from tests.shots.shot import Shot
from zhtj.demo.planting import PASSWORD, planted


def _code_page() -> str:
    """Where the branch makes a 重置密码验证码 for one of its members."""
    secretary = Account.objects.get(pk=dict(planted().detail["roles"])["支部管理员"])
    member = Member.objects.filter(branch=secretary.member.branch).order_by("-pk").first()
    return f"/members/people/{member.account_id}/reset-code/"


def _make_code(page: Any) -> None:
    page.get_by_role("button", name="生成验证码").click()


def _type_passwords(page: Any) -> None:
    page.fill("#id_old_password", PASSWORD)
    page.fill("#id_new_password", "Qingchun-8")
    page.press("#id_new_password", "Tab")


SHOTS: tuple[Shot, ...] = (
    Shot("sign-in", "", "/login/", mark="form .btn-primary", clip=".split"),
    Shot("register", "", "/register/", mark=".next", clip=".sheet"),
    Shot(
        "change-password",
        "member",
        "/settings/password/",
        mark=".rules",
        clip=".card",
        prepare=_type_passwords,
    ),
    Shot("forgot", "", "/forgot/", mark="#id_code", clip=".sheet"),
    Shot("reset-code", "branch", _code_page, mark=".code-big", clip=".slip", prepare=_make_code),
)
