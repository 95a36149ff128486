"""开始使用: the first steps of an organisation, each read off what is there; gone for good once all are done (§7).

Every fact is one that stays: a step that was done does not come back when a subordinate is deleted later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils import timezone

from accounts.enums import SignInState
from members.figures.counting import Counts
from members.models import Member
from members.queries import fills_a_branch
from orgs import completeness
from orgs.enums import SEATS, SECRETARY
from orgs.models import Organization, Post, Seat
from orgs.scope import Scope
from regcodes.models import RegistrationCode

SEATED = Exists(Seat.objects.filter(post__account=OuterRef("account_id")))


@dataclass(frozen=True)
class Step:
    """One line: what it is, how it stands, and where it is done; `url` is empty while something must come first."""

    key: str
    title: str
    done: bool
    state: str
    url: str
    act: str


@dataclass(frozen=True)
class Start:
    """The steps in their order."""

    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def finished(self) -> bool:
        return self.done == len(self.steps)

    @property
    def next(self) -> Step | None:
        """The first that can be done now."""
        return next((step for step in self.steps if not step.done and step.url), None)


@dataclass(frozen=True)
class Facts:
    """What the steps are read off."""

    missing: tuple[str, ...]
    completed_at: datetime | None
    first_child_at: datetime | None
    first_code_at: datetime | None
    seated_below: bool
    branches_below: bool
    peopled: bool
    signed_in: bool


def start(scope: Scope, organization: Organization, counts: Counts) -> Start:
    """The steps of the organisation acted for, whose figures are counted: one query, one more while its information
    lacks something, and one for a leading body without people."""
    facts = _facts(organization, counts)
    if organization.is_branch:
        return Start((_information(facts), _roster_of_branch(facts), _first_sign_in(facts)))
    return Start((_information(facts), _children(facts), _codes(facts), _roster(scope, facts)))


def _facts(organization: Organization, counts: Counts) -> Facts:
    children = Organization.objects.filter(parent=OuterRef("pk"))
    codes = RegistrationCode.objects.filter(organization__parent=OuterRef("pk"))
    row = Organization.objects.annotate(
        first_child_at=Subquery(children.order_by("created_at").values("created_at")[:1]),
        first_code_at=Subquery(codes.order_by("issued_at").values("issued_at")[:1]),
        seated_below=Exists(Seat.objects.filter(organization__parent=OuterRef("pk"))),
        peopled=_peopled(organization, counts),
        signed_in=_signed_in(organization),
    ).get(pk=organization.pk)
    lacking = () if organization.completed_at else tuple(completeness.missing(organization))
    return Facts(
        missing=lacking,
        completed_at=organization.completed_at,
        first_child_at=row.first_child_at,
        first_code_at=row.first_code_at,
        seated_below=row.seated_below,
        branches_below=counts["branches"] > 0,
        peopled=row.peopled,
        signed_in=row.signed_in,
    )


def _peopled(organization: Organization, counts: Counts) -> Q | Value:
    """Somebody is on a roster. More members than all seats of all branches are not looked at: one of them must be."""
    if counts["members"] > len(SEATS) * counts["branches"]:
        return Value(True)
    if organization.is_branch:
        return _any(_people(organization))
    return _any([Member.objects.filter(~SEATED, branch_path__startswith=organization.path)])


def _signed_in(organization: Organization) -> Q | Value:
    """One of the people of a branch has a password of his or her own."""
    if not organization.is_branch:
        return Value(False)
    return _any(each.filter(account__sign_in_state=SignInState.SET) for each in _people(organization))


def _people(branch: Organization) -> list[QuerySet]:
    """Who is on a branch's roster: members but administrators, who came by themselves, and its cadres, for it may
    have nobody else (§5). The 书记 comes with the organisation's information."""
    cadres = Post.objects.filter(~SEATED, organization=branch, ended_at=None).exclude(title=SECRETARY)
    return [Member.objects.filter(~SEATED, branch=branch), cadres]


def _any(found: Iterable[QuerySet]) -> Q:
    said = Q(pk__in=[])
    for each in found:
        said |= Q(Exists(each))
    return said


# -- the steps ---------------------------------------------------------------------------------------


def _on(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}" if moment else ""


def _information(facts: Facts) -> Step:
    lacking = facts.missing
    if lacking:
        more = f"等 {len(lacking)} 项" if len(lacking) > 1 else ""
        state = f"还缺{lacking[0]}{more}。上级和团员看到的负责人、电话和地址都来自这里。"
    else:
        state = f"{_on(facts.completed_at)} 完善".strip()
    return Step("information", "完善组织信息", not lacking, state, reverse("orgs:info_edit"), "完善信息")


def _children(facts: Facts) -> Step:
    made = facts.first_child_at is not None
    state = (
        f"{_on(facts.first_child_at)} 开始创建"
        if made
        else "只填组织简称和组织类别，全称自动生成；用 Excel 可以一次创建几级，直到团支部。"
    )
    return Step("children", "创建下级组织", made, state, reverse("orgs:create"), "创建下级组织")


def _codes(facts: Facts) -> Step:
    done = facts.first_code_at is not None or facts.seated_below
    url = f"{reverse('desk:subordinates')}?lacking=administrators"
    if done:
        state = f"{_on(facts.first_code_at)} 开始分配" if facts.first_code_at else "下级组织已有管理员"
    elif facts.first_child_at:
        state = "指定的人凭注册码注册为管理员；没有管理员的下级，暂时由您代管。"
    else:
        state, url = "先创建下级组织。", ""
    return Step("codes", "分配管理员注册码", done, state, url, "分配注册码")


def _roster(scope: Scope, facts: Facts) -> Step:
    title, url, act = "导入第一份名单", reverse("imports:new"), "导入名单"
    if facts.peopled:
        state = "团支部里已有团员"
    elif not facts.branches_below:
        state, url = "先创建团支部，团员都在团支部里。", ""
    elif scope.root is not None and scope.root.is_leading_body and not fills_a_branch(scope):
        state, url, act = "由团支部或所属的团委导入，进度在这里看。", reverse("progress:own"), "查看录入进度"
    else:
        state = "一份 Excel 可以包含多个团支部；先核对每一行，确认后才写入。"
    return Step("roster", title, facts.peopled, state, url, act)


def _roster_of_branch(facts: Facts) -> Step:
    state = "名单已有人员" if facts.peopled else "用班级自己的 Excel 就可以；先核对每一行，确认后才写入。"
    return Step("roster", "导入团员名单", facts.peopled, state, reverse("imports:new"), "导入名单")


def _first_sign_in(facts: Facts) -> Step:
    url = f"{reverse('members:list')}?state=initial"
    if facts.signed_in:
        state = "已有团员登录"
    elif facts.peopled:
        state = "请团员用身份证号码登录，初始密码是号码的后八位，首次登录时自己设置密码。"
    else:
        state, url = "先导入团员名单。", ""
    return Step("sign_in", "请团员登录", facts.signed_in, state, url, "查看还没有登录的团员")
