"""Puts somebody into the special store of a province when its word is the last; the unit's name leaves the case (§6.2)."""

from __future__ import annotations

from datetime import datetime

from members import moving
from members.models import Member, Reserved
from orgs.scope import Scope

from ..models import Letter, PeopleList, Stored, Transfer

OUTSIDE = "系统外"  # all that a finished case, and a letter about it, says of where the person went
UNIT = "接收单位"


def store(transfer: Transfer, *, actor: Scope, now: datetime) -> Stored:
    """End the 团籍 and keep its facts and the unit, in the transaction of the last approval. Raises Refused."""
    member = Member.objects.get(account=transfer.account_id, branch=transfer.source)
    stored = Stored(
        account=transfer.account,
        province=transfer.target,
        transfer=transfer,
        branch=transfer.source,
        joined=member.joined,
        number=member.number or "",
        joined_at_unit=member.joined_at_unit,
        since=now,
    )
    stored.unit = said_of(transfer)
    moving.leave(transfer.account_id, transfer.source, to="", actor=actor, now=now)
    stored.save(force_insert=True)
    Reserved.objects.create(account=transfer.account, by=transfer.target)
    _silence(transfer)
    return stored


def said_of(transfer: Transfer) -> dict[str, str]:
    """Everything the case said of where the person goes."""
    place, _, name = transfer.outside_name.partition("：")
    said = {UNIT: name or place, **transfer.details, "备注": transfer.remark}
    return {label: text for label, text in said.items() if text}


def _silence(transfer: Transfer) -> None:
    """The case and its letters go on without the unit's name."""
    transfer.outside_name, transfer.details, transfer.remark = OUTSIDE, {}, ""
    transfer.save(update_fields=["outside_name", "details", "remark"])
    _forget_lists(transfer)
    Letter.objects.filter(transfer=transfer).update(addressee_name=OUTSIDE, target_name=OUTSIDE)


def _forget_lists(transfer: Transfer) -> None:
    """Where many were sent in one act, the list still says it."""
    if transfer.batch is None:
        return
    for people in PeopleList.objects.filter(batch=transfer.batch).order_by("pk").select_for_update():
        common = people.payload.get("common", {})
        people.payload = {
            **people.payload,
            "common": common | {"outside_name": "", "details": {}, "remark": ""},
        }
        people.save(update_fields=["payload_cipher", "line_count"])
