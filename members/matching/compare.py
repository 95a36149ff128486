"""Lays a list beside the members of an organisation: what is in both, in one of them, elsewhere, or unsure. Writes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet, TextChoices

from accounts import idcard, names
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.arrays import IsAnyOf

from ..models import Member
from ..roster.facts import Facts, gather, place_of
from ..rules import Person
from .reading import Line

NAMED = 3  # people of the same name who are shown


class Group(TextChoices):
    """Where a line belongs; the order is that of the page."""

    LIST_ONLY = "list", "只在我的名单"
    SYSTEM_ONLY = "system", "只在系统"
    ELSEWHERE = "elsewhere", "在其他团支部"
    UNSURE = "unsure", "不确定"
    BOTH = "both", "两边都有"


@dataclass(frozen=True)
class Match:
    """One line and what was found for it; `people` are members of the organisation it may mean."""

    line: Line
    group: Group
    why: str = ""
    people: tuple[Member, ...] = ()


@dataclass
class Comparison:
    """All lines in their groups, and the members of the organisation that no line means."""

    matches: list[Match]
    rest: QuerySet[Member]
    counts: dict[Group, int] = field(default_factory=dict)

    def of(self, group: Group) -> list[Match]:
        """The lines of one group in the order of the list."""
        return [each for each in self.matches if each.group == group]


def members_of(organization: Organization, scope: Scope) -> QuerySet[Member]:
    """The members the list is compared with: those of the organisation's branches, within the scope."""
    here = Member.objects.within(scope).filter(branch_path__startswith=organization.path)
    return here.select_related("account", "branch__parent")


def compare(lines: Sequence[Line], organization: Organization, *, scope: Scope, today: date) -> Comparison:
    """A fixed number of queries, however long the list."""
    matcher = _Matcher(lines, organization, scope, today)
    matches = [matcher.match(line) for line in lines]
    met = {member.pk for match in matches for member in match.people}
    rest = members_of(organization, scope).exclude(IsAnyOf("pk", sorted(met)))
    counts = Counter(match.group for match in matches)
    found = Comparison(matches, rest.order_by("branch_path", "pk"))
    found.counts = {group: counts[group] for group in Group} | {Group.SYSTEM_ONLY: rest.count()}
    return found


class _Matcher:
    """What is known about everybody on the list, fetched at once."""

    def __init__(self, lines: Sequence[Line], organization: Organization, scope: Scope, today: date):
        self.organization, self.scope = organization, scope
        self.sound = {line.at: bool(idcard.problem(line.number, today=today)) for line in lines}
        self.today = today
        people = [Person(name=line.name, number=line.number) for line in lines if self.sound[line.at]]
        self.facts: Facts = gather(people, [])
        self.namesakes = self._namesakes(lines)
        self.first: dict[str, int] = {}
        self.alone = Counter(names.normalise(line.name).casefold() for line in lines if not line.number)

    def _namesakes(self, lines: Iterable[Line]) -> dict[str, list[Member]]:
        """Members of the organisation by name, for the names of the list."""
        wanted = sorted({line.name for line in lines if line.name})
        found: dict[str, list[Member]] = defaultdict(list)
        here = members_of(self.organization, self.scope).filter(IsAnyOf("account__name", wanted))
        for member in here.order_by("branch_path", "pk"):
            found[member.account.name].append(member)
        return found

    def match(self, line: Line) -> Match:
        """Where one line belongs."""
        key = line.number or ""
        if key and (first := self.first.setdefault(key, line.at)) != line.at:
            return Match(line, Group.UNSURE, f"与名单第 {first} 行是同一个号码，请核对是否重复。")
        if self.sound[line.at]:
            return self._by_number(line)
        return self._by_name(line)

    # -- with a sound number ------------------------------------------------------------------------

    def _by_number(self, line: Line) -> Match:
        account = self.facts.accounts.get(line.number)
        if account is None:
            return self._unknown(line)
        differs = bool(line.name) and not names.same(account.name, line.name)
        member = self.facts.member_of(account)
        if member is not None and member.branch.path.startswith(self.organization.path):
            if differs:
                return Match(line, Group.UNSURE, f"号码相同，系统中的姓名是“{account.name}”。", (member,))
            return Match(line, Group.BOTH, people=(member,))
        if differs:
            return Match(line, Group.UNSURE, "这个号码在系统中登记在另一个姓名下，请对照身份证核对。")
        if member is None:
            return Match(line, Group.LIST_ONLY, "系统中有此人的账号，但没有团籍。")
        return Match(line, Group.ELSEWHERE, f"团籍在{place_of(self.facts, member, self.scope)}。")

    def _unknown(self, line: Line) -> Match:
        """Nobody has the number: a namesake with another one may be a mistyped digit."""
        people = self.namesakes.get(line.name, [])
        if people:
            why = "系统中没有这个号码；本组织有同名的人，号码不同，请核对。"
            return Match(line, Group.UNSURE, why, tuple(people[:NAMED]))
        return Match(line, Group.LIST_ONLY, "系统中没有这个号码。")

    # -- by the name alone --------------------------------------------------------------------------

    def _by_name(self, line: Line) -> Match:
        fault = line.fault or (idcard.problem(line.number, today=self.today).reason if line.number else "")
        people = tuple(self.namesakes.get(line.name, [])[:NAMED])
        if fault:
            beside = "本组织有同名的人，请核对。" if people else "请对照身份证改正后再对账。"
            return Match(line, Group.UNSURE, f"{fault}；{beside}", people)
        if not people:
            return Match(
                line, Group.LIST_ONLY, "本组织没有这个姓名的团员（名单上没有可用的号码，只按姓名核对）。"
            )
        if len(people) > 1:
            return Match(line, Group.UNSURE, f"本组织有{len(people)}名同名的团员，请补充号码。", people)
        if self.alone[line.name.casefold()] > 1:
            return Match(line, Group.UNSURE, "名单上有几行是这个姓名，没有号码，分不清是哪一位。", people)
        return Match(line, Group.BOTH, "按姓名核对，名单上没有可用的号码。", people)
