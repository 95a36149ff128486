"""The columns of both lists, each with how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from .. import completeness, queries, rules
from ..roster.changes import shown
from .tables import Column, Line, not_in_branches

NAME = "name"  # always shown, first


def of_account(field: str) -> Callable[[Line], str]:
    """A field of the person's profile as users read it."""
    return lambda line: shown(getattr(line.account, field))


def of_member(field: str) -> Callable[[Line], str]:
    """A field of the 团籍; empty for cadres without one."""
    return lambda line: shown(getattr(line.member, field, None))


def of_post(field: str) -> Callable[[Line], str]:
    """A field of the post."""
    return lambda line: shown(getattr(line.post, field))


def profile(key: str, heading: str, field: str, **more: Any) -> Column:
    """A column for one field of the profile."""
    return Column(key, heading, of_account(field), loads=(field,), **more)


def _age(line: Line) -> str:
    return str(queries.age(line.account.birth_date, today=line.today))


def _state(line: Line) -> tuple[str, str]:
    return queries.sign_in_badge(line.account, now=line.now)


def lacks(line: Line) -> list[str]:
    """Which required fields are missing."""
    if line.post is not None:
        return completeness.of_post(line.post, line.member)
    assert line.member is not None, "a row is a member or a post"
    return completeness.of_member(line.member, line.account.living_posts)


def _complete(line: Line) -> str:
    missing = lacks(line)
    return f"缺{'、'.join(missing)}" if missing else "完整"


def _overage(line: Line) -> str:
    return "超龄" if line.member and queries.is_overage(line.member, today=line.today) else ""


def _superior(line: Line) -> str:
    return line.organization.parent.full_name if line.organization.parent else ""


NAMED = Column(NAME, "姓名", of_account("name"), look="name", default=True, sort="name")
NUMBERS = (
    Column(
        "id",
        "身份证号码",
        lambda line: line.account.masked_id,
        look="code",
        default=True,
        loads=("id_cipher",),
        full=lambda line: line.account.id_number,
    ),
    Column(
        "phone",
        "手机号码",
        lambda line: line.account.masked_phone,
        look="code",
        loads=("phone_cipher",),
        full=lambda line: line.account.phone,
    ),
)
PERSON = (
    Column("sex", "性别", of_account("sex")),
    Column("age", "年龄", _age, look="num", sort="age"),
    Column("born", "出生年月", of_account("birth_date")),
    profile("ethnicity", "民族", "ethnicity"),
    profile("political", "政治面貌", "political_status"),
    profile("education", "学历", "education"),
)
CONTACT = (
    profile("workplace", "学习/工作单位", "workplace", look="long"),
    profile("occupation", "职业", "occupation"),
    profile("household", "户籍所在地", "household", look="long"),
    profile("email", rules.EMAIL, "email"),
    profile("qq", rules.QQ, "qq"),
    profile("wechat", "微信", "wechat"),
    profile("weibo", rules.WEIBO, "weibo"),
    profile("party_joined", "入党年月", "party_joined"),
    profile("volunteer", "是否注册志愿者", "is_volunteer"),
)
COMPLETE = Column(
    "complete",
    "资料完整",
    _complete,
    look="complete",
    kind=lambda line: "todo" if lacks(line) else "done",
    loads=("ethnicity", "political_status", "education", "phone_cipher"),
)
STATE = Column(
    "state",
    "登录状态",
    lambda line: _state(line)[0],
    look="badge",
    default=True,
    kind=lambda line: _state(line)[1],
)
OVERAGE = Column("overage", "超龄", _overage, look="badge", kind=lambda line: "todo")
SUPERIOR = Column("superior", "上级组织", _superior, look="org", fits=not_in_branches)
JOINED = Column("joined", rules.JOINED, of_member("joined"), default=True, sort="joined")
LEAGUE_NUMBER = Column("number", rules.LEAGUE_NUMBER, of_member("number"), look="code")

OF_MEMBERS = (
    NAMED,
    *NUMBERS,
    *PERSON,
    Column(
        "branch",
        "所在团支部",
        lambda line: line.organization.full_name,
        look="place",
        default=True,
        fits=not_in_branches,
    ),
    SUPERIOR,
    JOINED,
    LEAGUE_NUMBER,
    Column("posts", "团内职务", lambda line: queries.posts_in_words(line.member), default=True, look="text"),
    STATE,
    COMPLETE,
    OVERAGE,
    Column(
        "created",
        "登记时间",
        lambda line: f"{timezone.localtime(line.member.created_at):%Y-%m-%d}",
        sort="created",
    ),
    Column("joined_at", "入团时所在单位", of_member("joined_at_unit"), look="long"),
    *CONTACT,
)


def _joined_of_cadre(line: Line) -> str:
    return shown(line.member.joined if line.member else line.account.league_joined)


def _branch_of_cadre(line: Line) -> str:
    """The branch is named only where it lies in the scope."""
    if line.member is None:
        return "没有团籍"
    branch = line.member.branch
    return branch.full_name if branch.path.startswith(line.root.path) else "其他团支部"


OF_CADRES = (
    NAMED,
    *NUMBERS,
    *PERSON,
    Column(
        "organization",
        "所在组织",
        lambda line: line.organization.full_name,
        look="place",
        default=True,
        fits=not_in_branches,
    ),
    SUPERIOR,
    Column("title", rules.TITLE, of_post("title"), default=True, sort="title"),
    Column("since", rules.SINCE, of_post("since"), default=True, sort="since"),
    Column("nature", rules.NATURE, of_post("nature")),
    Column("party", rules.IN_PARTY, of_post("in_party_committee")),
    Column(
        "admin",
        "管理员",
        lambda line: "管理员" if hasattr(line.post, "seat") else "",
        look="badge",
        default=True,
        kind=lambda line: "info",
    ),
    STATE,
    COMPLETE,
    Column("joined", rules.JOINED, _joined_of_cadre, loads=("league_joined",)),
    Column("branch", "团籍所在", _branch_of_cadre, look="org"),
    Column("created", "登记时间", lambda line: f"{timezone.localtime(line.post.started_at):%Y-%m-%d}"),
    *CONTACT,
)
