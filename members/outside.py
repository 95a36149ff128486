"""Coming from outside the system: who may be entered as coming from there, and whom only one organisation gives back (§6.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from accounts.models import Account
from zhtj.lib.verdict import YES, Verdict, no

from .models import Membership, Origin, Reserved

RESERVED = no(
    "此人已转往系统外，团籍由原省级团组织保管",
    cause="reserved",
    remedy="，请联系省级团组织办理转回。",
)


@dataclass(frozen=True)
class Arrival:
    """From where outside the system somebody comes: a key of settings.TRANSFER_OUTSIDE, the organisation in words."""

    place: str
    unit: str
    moved_on: date | None = None
    letter: str = ""


def may_arrive(arrival: Arrival, *, today: date) -> Verdict:
    """Only from the places of the setting, with the organisation's name; no day in the future."""
    if arrival.place not in settings.TRANSFER_OUTSIDE:
        return no("请选择从哪里转入", cause="outside", remedy="，只有可选的地区和单位在系统外。")
    if not arrival.unit.strip():
        return no("请填写原所在组织", cause="origin_unit", remedy="，照介绍信上的名称填写。")
    if arrival.moved_on and arrival.moved_on > today:
        return no("转入日期晚于今天", cause="moved_on", remedy="，请更正。")
    return YES


def not_reserved(account: Account | None) -> Verdict:
    """Whoever is in a special store comes back by the word of its province alone."""
    if account is None or not Reserved.objects.filter(account=account).exists():
        return YES
    return RESERVED


def note(membership: Membership, arrival: Arrival) -> None:
    """Write the origin beside the stretch it belongs to, in the caller's transaction."""
    Origin.objects.create(
        membership=membership,
        place=arrival.place,
        unit=arrival.unit.strip()[:120],
        moved_on=arrival.moved_on,
        letter=arrival.letter.strip()[:40],
    )
