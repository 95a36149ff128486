"""The filters of both lists: how each is asked and what it means to the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.enums import EDUCATIONS, ETHNICITIES, PoliticalStatus, Sex, SignInState
from orgs.enums import TITLES, Nature
from orgs.models import Post, Seat
from orgs.scope import Scope
from zhtj.lib.forms import DayField, MonthField

from .. import completeness, queries
from .places import PlaceField
from .tables import Filter, not_in_branches

YES, NO = "yes", "no"
OWN = "own"
LAPSED = "lapsed"
OLDEST = 99
ALL_TITLES = tuple(dict.fromkeys(title for titles in TITLES.values() for title in titles))
_LIVING = Post.objects.filter(ended_at=None)


def one_of(
    key: str, label: str, choices: Iterable[tuple[str, str]], q: Callable[[str], Q], **more: Any
) -> Filter:
    """A choice from a list."""
    choices = list(choices)
    return Filter(
        key,
        label,
        lambda scope: forms.ChoiceField(label=label, choices=[("", "不限"), *choices], required=False),
        lambda value, today, root: q(value),
        told=lambda value: f"{label}：{dict(choices)[value]}",
        **more,
    )


def equals(key: str, label: str, values: Iterable[str], field: str, **more: Any) -> Filter:
    """A coded value of a column."""
    return one_of(key, label, [(each, each) for each in values], lambda value: Q(**{field: value}), **more)


def either(
    key: str, label: str, q: Callable[[date], Q], yes: str = "是", no: str = "否", **more: Any
) -> Filter:
    """A condition or its opposite."""
    choices = [(YES, yes), (NO, no)]
    return Filter(
        key,
        label,
        lambda scope: forms.ChoiceField(label=label, choices=[("", "不限"), *choices], required=False),
        lambda value, today, root: q(today) if value == YES else ~q(today),
        told=lambda value: f"{label}：{dict(choices)[value]}",
        **more,
    )


def years_before(today: date, years: int) -> date:
    """The last day of birth with which somebody is so many years old today."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)


def _age_field(label: str) -> Callable[[Scope], forms.Field]:
    return lambda scope: forms.IntegerField(
        label=label,
        min_value=0,
        max_value=OLDEST,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": "2", "size": "4"}),
    )


def _month(key: str, label: str, q: Callable[[date], Q]) -> Filter:
    return Filter(
        key,
        label,
        lambda scope: MonthField(label=label, required=False),
        lambda value, today, root: q(value),
        told=lambda value: f"{label}：{value:%Y-%m}",
        parts=(f"{key}_year", f"{key}_month"),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _entered_since(field: str) -> Filter:
    return Filter(
        "since",
        "登记时间从",
        lambda scope: DayField(label="登记时间从", required=False),
        lambda value, today, root: Q(**{f"{field}__gte": _midnight(value)}),
        told=lambda value: f"登记时间从：{value}",
    )


def _state(value: str) -> Q:
    state = Q(account__sign_in_state=value, account__closed_at=None)
    if value != LAPSED:
        return state
    limit = timezone.now() - timedelta(days=settings.INITIAL_PASSWORD_DAYS or 0)
    return Q(account__sign_in_state=SignInState.INITIAL, account__initial_since__lte=limit)


def _states() -> list[tuple[str, str]]:
    """初始密码已失效 exists only where an installation sets a limit (§3)."""
    lapsed: list[tuple[str, str]] = (
        [(LAPSED, "初始密码已失效")] if settings.INITIAL_PASSWORD_DAYS is not None else []
    )
    return [
        (SignInState.SET, "正常"),
        (SignInState.INITIAL, "未激活"),
        *lapsed,
        (SignInState.NONE, "待设密码"),
    ]


def _place(path: str, below: str) -> tuple[Filter, Filter]:
    """One organisation with all below it, or organisations by name."""
    return (
        Filter(
            "branch",
            "组织",
            PlaceField,
            lambda value, today, root: Q(**{f"{path}__startswith": value.path}),
            told=lambda value: f"组织：{value.short_name}",
            first=True,
            fits=not_in_branches,
        ),
        Filter(
            "branch_name",
            "组织全称包含",
            lambda scope: forms.CharField(label="组织全称包含", min_length=2, max_length=100, required=False),
            lambda value, today, root: Q(**{f"{below}__full_name__contains": value}),
            told=lambda value: f"组织全称包含：{value}",
            first=True,
            fits=not_in_branches,
        ),
    )


def _overage(today: date) -> Q:
    posts = _LIVING.filter(account=OuterRef("account"))
    return Q(account__birth_date__lte=years_before(today, queries.OVERAGE)) & ~Exists(posts)


NAMED = Filter(
    "q",
    "姓名或拼音首字母",
    lambda scope: forms.CharField(label="姓名或拼音首字母", max_length=50, required=False),
    lambda value, today, root: queries.named(value),
    told=lambda value: f"姓名：{value}",
    first=True,
)
STATE = one_of("state", "登录状态", _states(), _state)
PERSON = (
    equals("sex", "性别", Sex.values, "account__sex"),
    Filter(
        "age_from",
        "年龄从",
        _age_field("年龄从"),
        lambda value, today, root: Q(account__birth_date__lte=years_before(today, value)),
        told=lambda value: f"年龄从：{value}岁",
    ),
    Filter(
        "age_to",
        "年龄到",
        _age_field("年龄到"),
        lambda value, today, root: Q(account__birth_date__gt=years_before(today, value + 1)),
        told=lambda value: f"年龄到：{value}岁",
    ),
    equals("ethnicity", "民族", ETHNICITIES, "account__ethnicity"),
    equals("political", "政治面貌", PoliticalStatus.values, "account__political_status"),
    equals("education", "学历", EDUCATIONS, "account__education"),
    either("phone", "手机号码", lambda today: Q(account__phone_cipher__isnull=False), "已填写", "未填写"),
)
OF_MEMBERS = (
    NAMED,
    *_place("branch_path", "branch"),
    replace(STATE, first=True),
    either("complete", "资料完整", lambda today: completeness.member_q()),
    either("overage", "超龄", _overage),
    either("post", "担任团内职务", lambda today: Q(Exists(_LIVING.filter(account=OuterRef("account"))))),
    *PERSON,
    _month("joined_from", "入团年月从", lambda value: Q(joined__gte=value)),
    _month("joined_to", "入团年月到", lambda value: Q(joined__lte=value)),
    _entered_since("created_at"),
)
OF_CADRES = (
    NAMED,
    Filter(
        "reach",
        "范围",
        lambda scope: forms.ChoiceField(
            label="范围", choices=[("", "本组织及下级"), (OWN, "只看本组织")], required=False
        ),
        lambda value, today, root: Q(organization=root),
        told=lambda value: "只看本组织",
        first=True,
        fits=not_in_branches,
    ),
    *_place("organization__path", "organization"),
    equals("title", "团内职务", ALL_TITLES, "title", first=True),
    equals("nature", "团干部性质", Nature.values, "nature"),
    either("party", "同级党委（支部）成员", lambda today: Q(in_party_committee=True)),
    either("admin", "管理员", lambda today: Q(Exists(Seat.objects.filter(post=OuterRef("pk"))))),
    STATE,
    either("complete", "资料完整", lambda today: completeness.post_q()),
    *PERSON,
    either("member", "团籍", lambda today: Q(account__member__isnull=False), "有", "没有"),
    _entered_since("started_at"),
)
