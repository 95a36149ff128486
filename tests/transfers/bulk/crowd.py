"""Classes of many, and lists of them to be sent."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from members.models import Member
from orgs.models import Organization
from orgs.scope import Scope
from tests import makers
from transfers.bulk import lists, plan, sending
from transfers.bulk.lists import Common
from transfers.models import PeopleList

_serial = itertools.count()
NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"


def named(at: int) -> str:
    """A different name for each of many."""
    return f"{NAMES[at % 30]}{NAMES[at // 30 % 30]}{chr(0x4E00 + at)}"


def fill(branch: Organization, count: int) -> list[Member]:
    """So many members of a branch."""
    return [makers.make_member(branch, named(at), password=None, number=_number()) for at in range(count)]


def _number() -> str:
    """An ID number of its own for each of thousands."""
    at = next(_serial)
    return makers.number_of(
        date(2004, 1, 1) + timedelta(days=at // 900), region="370399", serial=at % 900 + 1
    )


def listed(
    members: Sequence[Member], actor: Scope, *, target: Organization | None = None, **common
) -> PeopleList:
    """A list of these people, to be sent to the target for another reason."""
    wish = Common(**{"reason": "其他", "target": target.pk if target else None, **common})
    return lists.keep_chosen([each.account_id for each in members], source="团员列表", actor=actor, wish=wish)


def planned(people: PeopleList, actor: Scope, now: datetime | None = None) -> plan.Plan:
    """What sending the list would do."""
    return plan.make(people, actor=actor, now=now or timezone.now())


def send(people: PeopleList, actor: Scope):
    """Send what the plan says now."""
    return sending.send(people, stamp=planned(people, actor).stamp, actor=actor)
