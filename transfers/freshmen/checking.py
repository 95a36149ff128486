"""两表两书一证 of newcomers, checked off for many at once (§6.7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from members.documents import receiving
from members.documents.receiving import Received, Tick
from members.models import Paper
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import Refused, no

from . import people, rules

MOST = 500
TOO_MANY = no(f"一次最多登记 {MOST} 人", cause="too_many", remedy="，请分几次。")


def receive(
    organization: Organization,
    ticks: Collection[Tick],
    *,
    received_on: date | None,
    actor: Scope,
    now: datetime | None = None,
) -> Received:
    """Check off papers of newcomers of the organisation. Raises Refused."""
    rules.may_receive(actor, organization).demand()
    wanted = {each.account for each in ticks}
    if len(wanted) > MOST:
        raise Refused(TOO_MANY)
    places = people.checkable(people.desk(organization), wanted)
    return receiving.receive(ticks, places, received_on=received_on, actor=actor, now=now)


def alike(
    accounts: Collection[int], kinds: Collection[str], word: str, *, day: date | None = None
) -> list[Tick]:
    """The same word, of the same day, for the same papers of many people, as they stand now."""
    known = {(p.account_id, p.kind): p for p in Paper.objects.filter(account__in=accounts)}
    return [
        Tick(pk, kind, receiving.standing(known.get((pk, kind))), word, day)
        for pk in accounts
        for kind in kinds
        if receiving.word_of(known.get((pk, kind))) != word
    ]
