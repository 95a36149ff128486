"""我的资料 as the person sees it: every fact with where to ask for its correction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import Account
from orgs.models import Post

from .. import facts, rules
from ..models import Member

CONTACTS = ("phone", "email", "qq", "wechat", "weibo")
OTHERS = ("occupation", "workplace", "household", "party_joined", "is_volunteer", "volunteer_since")


@dataclass(frozen=True)
class Fact:
    """One line; `url` is where its correction is asked for, empty where it follows from another fact."""

    label: str
    value: str
    url: str = ""
    code: bool = False
    note: str = ""


@dataclass(frozen=True)
class Group:
    """Facts under a heading."""

    title: str
    facts: list[Fact]


def groups(account: Account, member: Member | None, posts: Iterable[Post], *, today: date) -> list[Group]:
    """Everything that is stored of the person; numbers masked."""
    return [
        Group("基本信息", _basic(account, member, today=today)),
        Group("团籍", _membership(account, member)),
        *(Group(f"团内职务：{post.organization.short_name}", _post(post)) for post in posts),
        Group("联系方式", [_own(name, account, member) for name in CONTACTS]),
        Group("其他", [_own(name, account, member) for name in OTHERS]),
    ]


def _basic(account: Account, member: Member | None, *, today: date) -> list[Fact]:
    age = rules.age_on(account.birth_date, today)
    derived = "由身份证号码得出"
    return [
        Fact("姓名", account.name, _topic("name")),
        Fact("身份证号码", account.masked_id, _topic("number"), code=True),
        Fact("性别", account.get_sex_display(), note=derived),
        Fact("出生年月", f"{account.birth_date:%Y-%m}（{age}岁）", note=derived),
        *(_own(name, account, member) for name in ("ethnicity", "political_status", "education")),
    ]


def _membership(account: Account, member: Member | None) -> list[Fact]:
    joined = Fact(
        "入团年月", facts.words("joined", facts.stored("joined", account, member)), _topic("joined")
    )
    if member is None:
        return [Fact("所在团支部", "没有团籍"), joined]
    return [
        Fact("所在团支部", member.branch.full_name, _topic("branch")),
        joined,
        Fact("发展团员编号", member.number or "", _topic("joined"), code=bool(member.number)),
        _own("joined_at_unit", account, member),
    ]


def _post(post: Post) -> list[Fact]:
    url = reverse("me:correct_post", args=[post.pk])
    party = {True: "是", False: "否"}.get(post.in_party_committee, "")
    return [
        Fact("所在组织", post.organization.full_name),
        Fact("团内职务", post.title, url),
        Fact("任现职年月", f"{post.since:%Y-%m}" if post.since else "", url),
        Fact("团干部性质", post.nature, url),
        Fact("是否同级党委（支部）成员", party, url),
    ]


def _own(name: str, account: Account, member: Member | None) -> Fact:
    """What the person may change: the correction leads to the field of the form."""
    value = facts.words(name, facts.stored(name, account, member))
    return Fact(
        facts.LABELS[name], value, f"{reverse('me:edit')}#id_{name}", code=name == "phone" and bool(value)
    )


def _topic(topic: str) -> str:
    return reverse("me:correct", args=[topic])
