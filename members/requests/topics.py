"""What can be corrected at the person's asking, each with its keeper, its form and how agreeing writes it (§5 Editing)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from accounts import idcard
from accounts.enums import SignInState
from accounts.models import Account
from orgs import posts
from orgs.models import Organization, Petition, Post
from orgs.posts import Office
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from .. import access, amend, facts, rules
from ..models import Member

CHANGED = no("提出申请后登记的内容已经改变", cause="stale", remedy="，请退回，由本人核对后重新申请。")
Triple = tuple[str, str, str]


class Topic(ABC):
    """One subject. Instances hold no state."""

    label: ClassVar[str]
    reasoned: ClassVar[bool] = False  # logged with a reason of whoever agrees
    secret: ClassVar[bool] = False  # a number that is only shown masked
    moves_posts: ClassVar[bool] = False
    note: ClassVar[str] = ""

    def keeper(self, account: Account, organization: Organization) -> Organization | None:
        """Whose administrators can change it."""
        return organization

    @abstractmethod
    def triples(self, payload: Mapping[str, Any], account: Account) -> list[Triple]:
        """Label, what is registered, what it should be; numbers masked."""

    @abstractmethod
    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """Write it. Raises Refused where it no longer fits."""


class Name(Topic):
    label = "姓名"
    reasoned = True

    def keeper(self, account: Account, organization: Organization) -> Organization | None:
        """The direct superior (§5)."""
        return access.corrector_of(account)

    def triples(self, payload: Mapping[str, Any], account: Account) -> list[Triple]:
        return [(self.label, payload["old"]["name"], payload["new"]["name"])]

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        payload = petition.payload
        if petition.account.name != payload["old"]["name"]:
            raise Refused(CHANGED)
        _correct(petition, name=payload["new"]["name"], actor=actor)


class Number(Topic):
    label = "身份证号码"
    reasoned = True
    secret = True

    def keeper(self, account: Account, organization: Organization) -> Organization | None:
        """The direct superior (§5)."""
        return access.corrector_of(account)

    def triples(self, payload: Mapping[str, Any], account: Account) -> list[Triple]:
        hidden = account.sign_in_state == SignInState.INITIAL
        return [
            (self.label, payload["old"]["masked"], idcard.mask(payload["new"]["number"], hide_tail=hidden))
        ]

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        _correct(petition, number=petition.payload["new"]["number"], actor=actor)


def _correct(petition: Petition, *, name: str = "", number: str = "", actor: Scope) -> None:
    reason = petition.payload.get("reason", "本人申请")
    amend.correct(petition.account, name=name, number=number, reason=reason, actor=actor)


class Joined(Topic):
    label = "入团年月和发展团员编号"

    def triples(self, payload: Mapping[str, Any], account: Account) -> list[Triple]:
        old, new = payload["old"], payload["new"]
        return [
            (facts.LABELS[name], facts.words(name, old[name]), facts.words(name, new[name]))
            for name in new
            if new[name] != old[name]
        ]

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        account, member = amend.locked(petition.account)
        old, new = petition.payload["old"], petition.payload["new"]
        if any(facts.to_json(facts.stored(name, account, member)) != old[name] for name in old):
            raise Refused(CHANGED)
        values = {name: facts.from_json(name, value) for name, value in new.items()}
        joined_fits(account, member, values).demand()
        place = petition.organization
        amend.write(account, member, values, organization=place, actor=actor, why="本人申请更正")


def joined_fits(account: Account, member: Member | None, values: Mapping[str, Any]) -> Verdict:
    """The rules of §5 about 入团年月 and, for members, 发展团员编号."""
    joined, today = values["joined"], timezone.localdate()
    if joined is None:
        return YES if member is None else no("缺入团年月", cause="required", remedy="，请选择入团年月。")
    verdict = rules.joining(account.birth_date, joined, today=today)
    if member is None:
        return verdict
    needed = rules.needs_league_number(joined) or bool(values["number"])
    number = rules.league_number(values["number"], account.birth_date, joined) if needed else YES
    return first_no(verdict, number)


class Branch(Topic):
    label = "所在团支部"
    note = "同意只表示已经核对，团籍不会因此移动；请接着为本人办理组织关系转接或支部调整。"

    def keeper(self, account: Account, organization: Organization) -> Organization | None:
        """The direct superior, who sees both branches."""
        return organization.parent or organization

    def triples(self, payload: Mapping[str, Any], account: Account) -> list[Triple]:
        return [(self.label, payload["old"]["branch"], payload["new"]["branch"])]

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """Nothing is written: a 团籍 moves by 组织关系转接 only (§6)."""


class Title(Topic):
    """`old` and `new` hold the post's particulars; empty where it was not registered, or has ended."""

    label = "团内职务"
    moves_posts = True

    def triples(self, payload: Mapping[str, Any], account: Account) -> list[Triple]:
        old, new = payload["old"], payload["new"]
        if not old.get("title"):
            return _pairs({}, new)
        return _pairs(old, new) if new.get("title") else [(self.label, old["title"], "已不再担任")]

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        old, new = petition.payload["old"], petition.payload["new"]
        if not old.get("title"):
            posts.give(petition.account, petition.organization, office_from(new), actor=actor)
            return
        post = Post.objects.select_related("organization").filter(pk=old["post"], ended_at=None).first()
        if post is None or office_of(post) != old:
            raise Refused(CHANGED)
        if new.get("title"):
            posts.change(post, office_from(new), actor=actor)
        else:
            posts.end(post, actor=actor)


PARTICULARS = {
    "title": "团内职务",
    "since": "任现职年月",
    "nature": "团干部性质",
    "in_party_committee": "是否同级党委（支部）成员",
}


def _pairs(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Triple]:
    shown = [(label, _said(old.get(name)), _said(new.get(name))) for name, label in PARTICULARS.items()]
    return [each for each in shown if each[1] != each[2]]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return (value or "")[:7] if isinstance(value, str) and value[4:5] == "-" else value or ""


def office_of(post: Post) -> dict[str, Any]:
    """A registered post in its JSON form, with its id."""
    return {"post": post.pk, **office_json(post)}


def office_json(office: Office | Post) -> dict[str, Any]:
    """The particulars in their JSON form."""
    return {name: facts.to_json(getattr(office, name)) for name in PARTICULARS}


def office_from(values: Mapping[str, Any]) -> Office:
    """The particulars again."""
    since, party = values["since"], values["in_party_committee"]
    return Office(
        title=values["title"],
        since=date.fromisoformat(since) if since else None,
        nature=values["nature"],
        in_party_committee=None if party == "" else party,
    )


TOPICS: dict[str, Topic] = {
    "name": Name(),
    "number": Number(),
    "joined": Joined(),
    "branch": Branch(),
    "title": Title(),
}
