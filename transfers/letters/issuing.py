"""Issuing letters, one or many, voiding them and issuing again under a new number (§6.8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from members.models import Member
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry, record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, Verdict, no

from ..models import Letter, Standing, Transfer
from . import codes, numbers, receipts, rules
from .parties import Parties, of_many

MOST = 500  # letters of one act
CHANGED = no("介绍信刚刚有变化", cause="moved_on", remedy="，请刷新查看。")


def days() -> int:
    """How long a letter is valid."""
    return settings.LETTER_DAYS


@dataclass(frozen=True)
class Issued:
    """What became of many: the letters written, those there before, and who got none with the reason."""

    letters: list[Letter] = field(default_factory=list)
    before: list[Letter] = field(default_factory=list)
    refused: list[tuple[Transfer, Verdict]] = field(default_factory=list)


def issue(
    transfer: Transfer, *, addressee: Organization | None, actor: Scope, now: datetime | None = None
) -> Letter:
    """The letter of one case, to the addressee the issuer saw. Raises Refused."""
    offices = of_many([transfer])[transfer.pk]
    rules.may_issue(actor, transfer, offices=offices).demand()
    rules.may_address(offices, addressee).demand()
    result = issue_many([transfer], actor=actor, now=now)
    for _, verdict in result.refused:
        raise Refused(verdict)
    for letter in result.before:
        raise Refused(rules.none_yet(letter, timezone.localdate(now)))
    return result.letters[0]


@retried
@transaction.atomic
def issue_many(transfers: Iterable[Transfer], *, actor: Scope, now: datetime | None = None) -> Issued:
    """A letter for each case that may have one and has none, numbered in the order given. Raises Refused.

    Refused as a whole only where the numbers of an issuer do not suffice; other refusals stand in the answer.
    """
    now = now or timezone.now()
    cases = _locked([each.pk for each in transfers])
    offices, result = of_many(cases), Issued()
    had = _letters_of(cases)
    wanted: dict[int, list[Transfer]] = {}
    for case in cases:
        earlier = had.get(case.pk, [])
        living = next((each for each in earlier if each.state != Standing.VOID), None)
        verdict = rules.may_issue(actor, case, offices=offices[case.pk], living=living)
        if living is not None:
            result.before.append(living)
        elif not verdict:
            result.refused.append((case, verdict))
        else:
            wanted.setdefault(offices[case.pk].issuer.pk, []).append(case)
    for issuer in sorted(wanted):
        result.letters.extend(_write(wanted[issuer], offices, had, actor=actor, now=now))
    return result


def _locked(ids: Sequence[int]) -> list[Transfer]:
    """The cases as they are now, locked in the order of their ids, returned in the order given."""
    if len(ids) > MOST:
        raise Refused(no(f"一次最多开具 {MOST} 份介绍信", cause="most", remedy="，请分几次办理。"))
    rows = Transfer.objects.select_related("account", "source", "target").filter(pk__in=ids).order_by("pk")
    found = {each.pk: each for each in rows.select_for_update(of=("self",))}
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]


def _letters_of(cases: Sequence[Transfer]) -> dict[int, list[Letter]]:
    """Every letter of the cases, newest first."""
    found: dict[int, list[Letter]] = {}
    rows = Letter.objects.filter(transfer__in=cases).select_related("issuer", "transfer__account")
    for each in rows.order_by("-pk"):
        found.setdefault(each.transfer_id, []).append(each)
    return found


def _write(
    cases: list[Transfer],
    offices: dict[int, Parties],
    had: dict[int, list[Letter]],
    *,
    actor: Scope,
    now: datetime,
) -> list[Letter]:
    """The letters of one issuer. A case that is already over brings its 回执 with it."""
    issuer = offices[cases[0].pk].issuer
    members = {
        each.account_id: each for each in Member.objects.filter(account__in=[c.account_id for c in cases])
    }
    letters = []
    for case, number in zip(cases, numbers.take(issuer, len(cases)), strict=True):
        letter = _filled(case, offices[case.pk], members.get(case.account_id), actor=actor, now=now)
        letter.register_id, letter.number = number.register_id, number.number
        letter.replaces = had[case.pk][0] if case.pk in had else None
        receipts.fill(letter, case, now=now)
        letters.append(letter)
    Letter.objects.bulk_create(letters)
    AuditEntry.objects.bulk_create(
        entry(
            "letters.issued",
            actor=actor,
            organization=issuer,
            account=each.transfer.account,
            detail={"letter": each.pk, "number": each.number, "transfer": each.transfer_id},
        )
        for each in letters
    )
    return letters


def _filled(
    case: Transfer, offices: Parties, member: Member | None, *, actor: Scope, now: datetime
) -> Letter:
    """An unsaved letter with everything that is printed, as it is today."""
    today = timezone.localdate(now)
    letter = Letter(
        issuer=offices.issuer,
        transfer=case,
        addressee=offices.addressee,
        name=case.account.name,
        facts=_facts(case, member),
        issuer_name=offices.issuer.full_name,
        source_name=case.source.full_name,
        target_name=case.target.full_name if offices.addressee else offices.addressee_name,
        addressee_name=offices.addressee_name,
        issued_on=today,
        valid_until=today + timedelta(days=days()),
        issued_at=now,
        issued_by_name=actor.account_name,
        state=Standing.ISSUED,
    )
    letter.write_code(codes.draw())
    return letter


def _facts(case: Transfer, member: Member | None) -> dict[str, Any]:
    """What the letter says of the person beside name and masked number; never the day of birth."""
    account = case.account
    found = {
        "性别": account.get_sex_display(),
        "民族": account.ethnicity,
        "出生年月": f"{account.birth_date:%Y-%m}",
        "政治面貌": account.get_political_status_display(),
        "入团年月": f"{member.joined:%Y-%m}" if member else "",
    }
    return {label: text for label, text in found.items() if text}


@retried
@transaction.atomic
def void(letter: Letter, reason: str, *, actor: Scope, now: datetime | None = None) -> Letter:
    """作废, with a reason; the number is never given again. Raises Refused."""
    fresh = _fresh(letter)
    rules.may_void(actor, fresh).demand()
    return _void(fresh, reason, actor=actor, now=now or timezone.now())


@retried
@transaction.atomic
def reissue(letter: Letter, reason: str, *, actor: Scope, now: datetime | None = None) -> Letter:
    """换开: the old one void, a new one under a new number linked to it. Raises Refused."""
    now = now or timezone.now()
    fresh = _fresh(letter)
    rules.may_reissue(actor, fresh).demand()
    _void(fresh, reason, actor=actor, now=now)
    return issue(
        fresh.transfer, addressee=of_many([fresh.transfer])[fresh.transfer_id].addressee, actor=actor, now=now
    )


def _fresh(letter: Letter) -> Letter:
    """The letter as it is now, its case locked before it; Refused when it has changed since it was shown."""
    case = _locked([letter.transfer_id])[0]
    row = Letter.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=letter.pk)
    row.transfer = case
    if row.state != letter.state:
        raise Refused(CHANGED)
    return row


def _void(letter: Letter, reason: str, *, actor: Scope, now: datetime) -> Letter:
    if not reason.strip():
        raise Refused(no("请填写作废的原因", cause="reason", remedy="。"))
    letter.state, letter.voided_at = Standing.VOID, now
    letter.voided_by_name, letter.void_reason = actor.account_name, reason.strip()[:200]
    letter.save(update_fields=["state", "voided_at", "voided_by_name", "void_reason"])
    detail = {"letter": letter.pk, "number": letter.number, "reason": letter.void_reason}
    record(
        "letters.voided",
        actor=actor,
        organization=letter.issuer,
        account=letter.transfer.account,
        detail=detail,
    )
    return letter
