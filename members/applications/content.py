"""What an application holds: the required data of a member, and of the post where one is asked for (§5)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from orgs.enums import TITLES, Category
from orgs.posts import Office

from .. import rules
from ..entry import Entered
from ..models import Application

DATES = ("joined", "since")
PROFILE = ("ethnicity", "political_status", "education")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Normalised values; `title` is empty where only the 团籍 is asked for."""

    name: str
    number: str
    phone: str
    ethnicity: str
    political_status: str
    education: str
    joined: date
    league_number: str = ""
    title: str = ""
    since: date | None = None
    nature: str = ""
    in_party_committee: bool | None = None

    @property
    def payload(self) -> dict[str, Any]:
        """As it is stored, encrypted as a whole."""
        values = asdict(self)
        return values | {name: values[name].isoformat() if values[name] else None for name in DATES}

    @property
    def person(self) -> rules.Person:
        """What the rules judge."""
        return rules.Person(
            name=self.name,
            number=self.number,
            ethnicity=self.ethnicity,
            status=self.political_status,
            education=self.education,
            joined=self.joined,
            phone=self.phone,
            league_number=self.league_number,
            is_cadre=bool(self.title),
            title=self.title,
            since=self.since,
            nature=self.nature,
            in_party=self.in_party_committee,
        )

    @property
    def office(self) -> Office | None:
        """The post asked for."""
        if not self.title:
            return None
        return Office(
            title=self.title,
            since=self.since,
            nature=self.nature,
            in_party_committee=self.in_party_committee,
        )

    @property
    def entered(self) -> Entered:
        """What the verb of entry takes."""
        return Entered(
            number=self.number,
            name=self.name,
            phone=self.phone,
            joined=self.joined,
            league_number=self.league_number,
            profile={name: getattr(self, name) for name in PROFILE},
            office=self.office,
        )

    def problems(self, *, holds_post: bool, today: date) -> list[rules.Problem]:
        """What the rules of §5 say against it on that day."""
        titles = TITLES[Category.BRANCH]
        return list(rules.check(self.person, titles=titles, holds_post=holds_post, today=today))


def of(application: Application) -> Content | None:
    """What was filled in; None once it has been removed."""
    if application.payload_cipher is None:
        return None
    payload = application.payload
    days = {name: date.fromisoformat(payload[name]) if payload[name] else None for name in DATES}
    return Content(**{**payload, **days})
