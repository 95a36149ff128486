"""What a row would change about a person already in the branch: field by field, old → new (§5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Account
from orgs.models import Post

from ..models import Member
from ..rules import (
    EDUCATION,
    EMAIL,
    ETHNICITY,
    IN_PARTY,
    JOINED,
    LEAGUE_NUMBER,
    NATURE,
    PHONE,
    QQ,
    SINCE,
    STATUS,
    TITLE,
    WEIBO,
    Person,
)

# Column → attribute of Person, attribute of the stored row.
ACCOUNT_FIELDS = {
    ETHNICITY: ("ethnicity", "ethnicity"),
    STATUS: ("status", "political_status"),
    EDUCATION: ("education", "education"),
    PHONE: ("phone", "phone"),
    WEIBO: ("weibo", "weibo"),
    QQ: ("qq", "qq"),
    EMAIL: ("email", "email"),
}
MEMBER_FIELDS = {JOINED: ("joined", "joined"), LEAGUE_NUMBER: ("league_number", "number")}
POST_FIELDS = {
    TITLE: ("title", "title"),
    SINCE: ("since", "since"),
    NATURE: ("nature", "nature"),
    IN_PARTY: ("in_party", "in_party_committee"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what is stored and what the row says, as users read them."""

    column: str
    old: str
    new: str


def shown(value: Any) -> str:
    """A stored value as users read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:%Y-%m}" if isinstance(value, date) else str(value)


def changes_of(account: Account, member: Member, post: Post | None, person: Person) -> list[Change]:
    """Where the row differs from what is stored. An empty cell is not a change; a roster never ends a post."""
    found = [
        *differences(ACCOUNT_FIELDS, person, account),
        *differences(MEMBER_FIELDS, person, member),
    ]
    if person.is_cadre:
        found += differences(POST_FIELDS, person, post)
    return found


def differences(fields: dict[str, tuple[str, str]], person: Person, stored: object) -> Iterator[Change]:
    for column, (given, kept) in fields.items():
        new, old = shown(getattr(person, given)), shown(getattr(stored, kept, None))
        if new and new != old:
            yield Change(column, old, new)
