"""What an administrator does next, derived from what is there and what is missing (§7)."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from orgs import completeness
from orgs import queries as tree
from orgs.enums import SEATS
from orgs.models import Organization

from . import queries


@dataclass(frozen=True)
class Step:
    """One thing to do: the words of the link, where it leads, and why it is there."""

    label: str
    url: str
    why: str


def steps(organization: Organization, figures: queries.Figures) -> list[Step]:
    """The next steps of the organisation, the most urgent first."""
    of_its_kind = _of_branch if organization.is_branch else _of_superior
    return [*of_its_kind(organization, figures), *_own_information(organization)]


def _own_information(organization: Organization) -> list[Step]:
    missing = completeness.missing(organization)
    if not missing:
        return []
    why = f"还缺{missing[0]}" + (f"等 {len(missing)} 项。" if len(missing) > 1 else "。")
    return [Step("完善组织信息", reverse("orgs:info_edit"), why)]


def _of_branch(branch: Organization, figures: queries.Figures) -> list[Step]:
    found = []
    seats = branch.seats.count()
    if figures.members <= seats:
        why = "团支部里还没有团员" if figures.members == 0 else "团支部里现在只有管理员"
        found.append(Step("导入班级名单", reverse("imports:new"), f"{why}，名册可以一次导入。"))
    waiting = queries.not_signed_in(branch)
    if waiting:
        url = f"{reverse('members:list')}?state=initial"
        found.append(Step(f"提醒 {waiting} 名团员登录", url, "还在用初始密码，首次登录后自己设置密码。"))
    return found


def _of_superior(organization: Organization, figures: queries.Figures) -> list[Step]:
    if not figures.children:
        return [Step("创建下级组织", reverse("orgs:create"), "还没有下级组织，先把直属下级建起来。")]
    listing = reverse("desk:subordinates")
    children = tree.children(organization)
    found = []
    vacant = queries.subordinates(organization, queries.Wanted(lacking="administrators")).count()
    if vacant:
        why = "没有管理员的组织由您代管，注册码发出后由指定的人注册。"
        found.append(Step(f"为 {vacant} 个下级组织分配注册码", f"{listing}?lacking=administrators", why))
    empty = queries.branches_without_members(children).count()
    if empty:
        why = "可以由支部管理员导入，也可以由您导入。"
        found.append(Step(f"{empty} 个直属团支部还没有团员", f"{listing}?lacking=members", why))
    if organization.is_leading_body and (pending := queries.pending_branches(organization).count()):
        why = "请把其中的团员转出，清空后删除。"
        found.append(Step(f"清理 {pending} 个待接转团支部", f"{listing}?category=pending_branch", why))
    return found


def second_seat(organization: Organization) -> str:
    """A hint while the organisation has one administrator; empty otherwise."""
    if organization.seats.count() >= len(SEATS):
        return ""
    return "本组织还可以有一名管理员，请直接上级的管理员分配第二个注册码。" if organization.parent_id else ""
