"""回执: filled in by the online acceptance, or by hand; and what a case that ends does to its letter (§6.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from ..enums import OPEN, Act, State
from ..models import Letter, Standing, Step, Transfer
from ..models.letters import SECRET_UNIT
from . import rules

FIELDS = ["state", "accepted_at", "receipt_on", "receipt_from", "receipt_clerk", "receipt_online"]
ACCEPTING = (Act.AGREE_IN, Act.AGREE_BOTH, Act.ASSIGN, Act.START, Act.AGREE_OUT)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a 回执 on paper says."""

    on: date
    sender: str
    clerk: str
    remark: str = ""


def follow(transfer: Transfer, *, actor: Scope, now: datetime) -> None:
    """The letter after its case: received, 回执 returned, or void with a case that ended without a move.

    Called by the one door of cases, in its transaction; an expired letter stays as it is.
    """
    rows = Letter.objects.living().filter(transfer=transfer, state__in=(Standing.ISSUED, Standing.ACCEPTED))
    for letter in rows.select_for_update(of=("self",)).select_related("issuer", "addressee"):
        if transfer.state not in OPEN and transfer.state != State.DONE:
            _end(letter, transfer, actor=actor, now=now)
        elif letter.standing(today=timezone.localdate(now)) != Standing.EXPIRED:
            fill(letter, transfer, now=now, clerk=actor.account_name)
            letter.save(update_fields=FIELDS)
            if letter.state != Standing.ISSUED:
                detail = {"letter": letter.pk, "number": letter.number, "state": letter.state}
                record(
                    "letters.answered",
                    actor=actor,
                    organization=letter.issuer,
                    account=transfer.account,
                    detail=detail,
                )


def fill(letter: Letter, transfer: Transfer, *, now: datetime, clerk: str = "") -> None:
    """Put an unsaved or locked letter where its case stands; outside the system nobody answers online."""
    if transfer.landing in rules.AWAY:
        return
    if transfer.state in (State.ASSIGN, State.DONE):
        letter.state, letter.accepted_at = Standing.ACCEPTED, letter.accepted_at or transfer.since
    if transfer.state == State.DONE:
        letter.state, letter.receipt_online = Standing.RETURNED, True
        letter.receipt_on = timezone.localdate(transfer.closed_at or now)
        letter.receipt_from, letter.receipt_clerk = letter.addressee_name, clerk or _accepted_by(transfer)


def _accepted_by(transfer: Transfer) -> str:
    """Who said the last yes of the incoming side."""
    steps = Step.objects.filter(transfer=transfer, act__in=ACCEPTING).order_by("-number")
    return steps.values_list("actor_name", flat=True).first() or ""


def _end(letter: Letter, transfer: Transfer, *, actor: Scope, now: datetime) -> None:
    letter.state, letter.voided_at = Standing.VOID, now
    letter.voided_by_name, letter.void_reason = actor.account_name, f"转接{transfer.get_state_display()}"
    letter.save(update_fields=["state", "voided_at", "voided_by_name", "void_reason"])
    detail = {"letter": letter.pk, "number": letter.number, "reason": letter.void_reason}
    record("letters.voided", actor=actor, organization=letter.issuer, account=transfer.account, detail=detail)


@retried
@transaction.atomic
def keep(letter: Letter, receipt: Receipt, *, actor: Scope) -> Letter:
    """登记回执 of a letter whose case nobody answers online. Raises Refused."""
    rows = Letter.objects.select_for_update(of=("self",)).select_related("issuer", "transfer__account")
    fresh = rows.get(pk=letter.pk)
    rules.may_receipt(actor, fresh).demand()
    if receipt.on < fresh.issued_on:
        raise Refused(no("回执日期早于开具日期", cause="on", remedy="，请检查日期。"))
    if receipt.on > timezone.localdate():
        raise Refused(no("回执日期晚于今天", cause="on", remedy="，请检查日期。"))
    fresh.state, fresh.receipt_on = Standing.RETURNED, receipt.on
    fresh.receipt_from = SECRET_UNIT if fresh.is_secret else receipt.sender
    fresh.receipt_clerk = receipt.clerk
    fresh.receipt_remark = receipt.remark
    fresh.save(update_fields=[*FIELDS, "receipt_remark"])
    detail = {"letter": fresh.pk, "number": fresh.number}
    record(
        "letters.receipt_kept",
        actor=actor,
        organization=fresh.issuer,
        account=fresh.transfer.account,
        detail=detail,
    )
    return fresh
