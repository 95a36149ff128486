"""Who the lines of a list mean: members of the scope, found by account, number or unique name; the rest stays unsure (§5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from members.matching.compare import Group, compare
from members.models import Member
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, no

from .lists import Entry

GONE = no("已不在您管理的团支部", cause="gone", remedy="，请在团员列表中重新选择。")


@dataclass(frozen=True)
class Found:
    """One line and the member it means, or why that cannot be said; `elsewhere` tells what is known of others."""

    entry: Entry
    member: Member | None
    verdict: Verdict = YES
    elsewhere: bool = False

    @property
    def name(self) -> str:
        """Whom the line is about."""
        return self.member.account.name if self.member else self.entry.name


def find(entries: Sequence[Entry], *, scope: Scope, today: date) -> list[Found]:
    """Every line in its order; the queries do not grow with the list."""
    chosen = _chosen([each.account for each in entries if each.account], scope)
    brought = [each for each in entries if not each.account]
    matched = iter(_matched(brought, scope, today) if brought else ())
    seen: dict[int, int] = {}
    rows = []
    for each in entries:
        member = chosen.get(each.account) if each.account else None
        found = (
            (Found(each, member) if member else Found(each, None, GONE)) if each.account else next(matched)
        )
        rows.append(_once(found, seen))
    return rows


def _chosen(accounts: Sequence[int], scope: Scope) -> dict[int, Member]:
    here = Member.objects.within(scope).filter(account__in=accounts)
    return {each.account_id: each for each in here.select_related("account", "branch__parent")}


def _matched(entries: Sequence[Entry], scope: Scope, today: date) -> list[Found]:
    comparison = compare([each.line for each in entries], scope.root, scope=scope, today=today)
    meant = [each.people[0].account_id for each in comparison.of(Group.BOTH)]
    whole = _chosen(meant, scope)  # with everything the rules ask
    rows = []
    for entry, match in zip(entries, comparison.matches, strict=True):
        if match.group == Group.BOTH:
            member = whole.get(match.people[0].account_id)
            rows.append(Found(entry, member, YES if member else GONE))
        else:
            why = no(match.why.rstrip("。").replace("再对账", "重新粘贴"), cause=match.group, remedy="。")
            rows.append(Found(entry, None, why, match.group == Group.ELSEWHERE))
    return rows


def _once(found: Found, seen: dict[int, int]) -> Found:
    """Nobody is sent twice by one list."""
    if found.member is None:
        return found
    first = seen.setdefault(found.member.account_id, found.entry.at)
    if first == found.entry.at:
        return found
    why = no(f"与名单第{first}行是同一个人", cause="twice", remedy="，只办理一次。")
    return Found(found.entry, None, why)
