"""The facts about a person that are changed one by one (§5 Editing): where each is stored, its label and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts import phones
from accounts.models import Account

from .models import Member

LABELS = {
    "phone": "手机号码",
    "ethnicity": "民族",
    "political_status": "政治面貌",
    "education": "学历",
    "joined": "入团年月",
    "number": "发展团员编号",
    "email": "邮箱",
    "qq": "QQ",
    "wechat": "微信",
    "weibo": "微博",
    "occupation": "职业",
    "workplace": "学习/工作单位",
    "household": "户籍所在地",
    "joined_at_unit": "入团时所在单位",
    "party_joined": "入党年月",
    "is_volunteer": "是否注册志愿者",
    "volunteer_since": "注册志愿者时间",
}
OF_MEMBERS = (
    "joined",
    "number",
    "joined_at_unit",
)  # stored with the 团籍; 入团年月 of cadres with the account
MONTHS = ("joined", "party_joined")
DAYS = ("volunteer_since",)
# Numbers and addresses by which somebody is reached: that they changed is said, not from what to what.
UNSAID = ("phone", "number", "email", "qq", "wechat", "weibo")
_UNSAID_LABELS = frozenset(LABELS[name] for name in UNSAID)
_DIGITS = re.compile(r"[0-9０-９]{7,}")


def column(name: str, member: Member | None) -> str:
    """The attribute of the member or, for everything else and everybody else, of the account."""
    return "league_joined" if name == "joined" and member is None else name


def holder(name: str, account: Account, member: Member | None) -> Account | Member:
    """The row on which the fact stands."""
    return member if member is not None and name in OF_MEMBERS else account


def stored(name: str, account: Account, member: Member | None) -> Any:
    """The value as it is now; an empty text where a text is not given."""
    if name == "phone":
        return account.phone
    value = getattr(holder(name, account, member), column(name, member))
    return "" if name == "number" and value is None else value


def to_json(value: Any) -> Any:
    """For a request: days as ISO texts, nothing given as an empty text."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def from_json(name: str, value: Any) -> Any:
    """The stored form again."""
    if name in (*MONTHS, *DAYS):
        return date.fromisoformat(value) if value else None
    return None if name == "is_volunteer" and value == "" else value


def words(name: str, value: Any) -> str:
    """As pages show a value in its stored or its JSON form; a phone only masked."""
    value = from_json(name, to_json(value))
    if value is None or value == "":
        return ""
    if name == "phone":
        return phones.mask(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value:%Y-%m}" if name in MONTHS else f"{value:%Y-%m-%d}"
    return value


def told(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[list[str]]:
    """What a record keeps of changes, each as `said`."""
    return [said(LABELS[name], words(name, old[name]), words(name, new[name])) for name in new]


def said(label: str, old: str, new: str) -> list[str]:
    """Label, old and new as texts; of what somebody is reached by the label alone."""
    return [label] if label in _UNSAID_LABELS else [label, _bare(old), _bare(new)]


def _bare(text: str) -> str:
    """Without runs of digits that may be somebody's number."""
    return _DIGITS.sub("…", text)
