"""重置密码验证码: issuing one and setting a new password with it (§3). Who may issue is decided in members.

A correct code always works, however many wrong ones came before: waiting only changes what a wrong one is told.
Guessing is held off by its 32^8 possibilities, its 48 hours and a captcha for every try.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from zhtj.audit.actor import Actor
from zhtj.audit.models import AuditEntry, Result
from zhtj.audit.record import entry, record
from zhtj.lib import crypto
from zhtj.lib.verdict import YES, Verdict, no

from . import limits, passwords
from .models import Account, ResetCode, number_index
from .passwords import Facts
from .signin import Outcome, as_self, write_password

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 symbols; none looks like another
LENGTH = 8
WRONG = no("身份证号码或重置密码验证码错误", cause="code")


def normalise(text: str) -> str:
    """Blanks and hyphens dropped, any case, full-width accepted."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).upper() if char.isalnum())


def outstanding(*, now: datetime) -> Exists:
    """An annotation of accounts: whether a code that still works has been given out."""
    living = ResetCode.objects.filter(account=OuterRef("pk"), used_at=None, expires_at__gt=now)
    return Exists(living)


def is_outstanding(account: Account, *, now: datetime) -> bool:
    """Whether a new code would take away one that still works: one query."""
    return Account.objects.filter(outstanding(now=now), pk=account.pk).exists()


def issue(account: Account, *, actor: Actor, now: datetime) -> str:
    """Make a code and return it: it is shown once and stored keyed. A new code replaces the old one."""
    return issue_many([account], actor=actor, now=now)[account.pk]


@transaction.atomic
def issue_many(accounts: Iterable[Account], *, actor: Actor, now: datetime) -> dict[int, str]:
    """`issue` for many people at once, by account id; all or none, with two statements."""
    people = list(accounts)
    codes = {each.pk: "".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for each in people}
    rows = [_row(each, codes[each.pk], actor=actor, now=now) for each in people]
    fields = ["code_hash", "issued_by", "issued_by_name", "issued_at", "expires_at", "used_at"]
    ResetCode.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["account"], update_fields=fields
    )
    AuditEntry.objects.bulk_create(
        entry("accounts.issue_reset_code", actor=actor, account=each) for each in people
    )
    return codes


def _row(account: Account, code: str, *, actor: Actor, now: datetime) -> ResetCode:
    return ResetCode(
        account=account,
        code_hash=_keyed(account, code),
        issued_by=actor.account_id,
        issued_by_name=actor.account_name,
        issued_at=now,
        expires_at=now + timedelta(hours=settings.RESET_CODE_HOURS),
        used_at=None,
    )


def redeem(*, number: str, code: str, password: str, actor: Actor, now: datetime) -> Outcome:
    """Set a new password with a normalised ID number and a code; unknown ID and wrong code answer alike."""
    account = Account.objects.with_number(number).filter(closed_at=None).select_related("reset_code").first()
    if account is None or not _fits(account, code, now=now):
        return Outcome(_refuse(number, account, actor=actor, now=now))
    return _use(account, password, actor=as_self(account, actor), now=now)


def _fits(account: Account, code: str, *, now: datetime) -> bool:
    """Whether the code is the account's living one."""
    row = getattr(account, "reset_code", None)
    living = row is not None and row.used_at is None and row.expires_at > now
    stored = bytes(row.code_hash) if row is not None else bytes(crypto.INDEX_BYTES)
    return compare_digest(stored, _keyed(account, normalise(code))) and living


@transaction.atomic
def _use(account: Account, password: str, *, actor: Actor, now: datetime) -> Outcome:
    """Spend the code and write the password, both or neither: of two requests at once, one finds it spent."""
    facts = Facts(number=account.id_number, phone=account.phone, is_previous=account.check_password)
    verdict: Verdict = passwords.problem(password, facts)
    if not verdict:
        return Outcome(verdict)
    living = ResetCode.objects.filter(
        account=account, code_hash=account.reset_code.code_hash, used_at=None, expires_at__gt=now
    )
    if not living.update(used_at=now):
        return Outcome(WRONG)
    write_password(account, password, now=now)
    record("accounts.use_reset_code", actor=actor, account=account)
    return Outcome(YES, account)


def _refuse(number: str, account: Account | None, *, actor: Actor, now: datetime) -> Verdict:
    """Count a wrong code for the ID and for the address, and say either WRONG or until when to wait."""
    keys = [number_index(number), *([limits.address_key(actor.address)] if actor.address else [])]
    untils = [until for key in keys if (until := limits.reset_codes().charge(key, now=now))]
    detail = {"cause": "waiting" if untils else WRONG.cause}
    record("accounts.use_reset_code", actor=actor, account=account, result=Result.FAILED, detail=detail)
    if untils:
        return limits.code_waiting(max(untils))
    return WRONG


def _keyed(account: Account, code: str) -> bytes:
    return crypto.blind_index(f"{account.pk}:{code}", field="reset_code")
