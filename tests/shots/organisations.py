"""Pictures for zhtj/help/chapters/organisations.py."""

from __future__ import annotations

from typing import Any

from orgs.models import Organization
from tests.answers.sheets import XLSX, table
from tests.shots.shot import Shot

LIST = table(
    ("组织简称*", "组织类别*"),
    ("2026级1班团支部", "团支部"),
    ("2026级2班团支部", "团支部"),
    ("研究生团总支", "团总支"),
    ("2026级3班", "团支部"),
    name="下级组织",
)


def _plan(page: Any) -> None:
    page.set_input_files("#id_file", {"name": "下级组织.xlsx", "mimeType": XLSX, "buffer": LIST})
    page.get_by_role("button", name="核对表格").click()
    page.locator("#error").wait_for()


def _type_a_name(page: Any) -> None:
    page.get_by_label("团支部", exact=True).check()
    page.fill("#id_short_name", "2026级1班团支部")
    page.get_by_text("医学院2026级1班团支部").wait_for()


def _deletion() -> str:
    """Where the superior deletes a branch with members."""
    return f"/orgs/{Organization.objects.get(short_name='北关村团支部').pk}/close/"


SHOTS: tuple[Shot, ...] = (
    Shot("create-plan", "college", "/orgs/create/", mark="#confirm button", clip=".page", prepare=_plan),
    Shot("create-one", "college", "/orgs/create/one/", mark="#preview", clip=".card", prepare=_type_a_name),
    Shot("org-info", "branch", "/orgs/info/", mark=".page-acts .btn-primary", clip=".page"),
    Shot("close", "county", _deletion, mark=".confirm-list", clip=".confirm"),
)
