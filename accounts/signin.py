"""The verbs of a person's own password: sign in, set the first one, change it, sign out (§3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from zhtj.audit.actor import Actor
from zhtj.audit.models import Result
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Verdict, no

from . import idcard, limits, names, passwords, rules
from .enums import SignInState
from .models import Account, number_index
from .passwords import Facts

WRONG = no("身份证或密码错误", cause="credentials")
UNDONE = no("录入您的名单刚刚已撤销", cause="ended", remedy="，请向本组织的管理员核对。")
HASHED_FIELDS = [
    "password",
    "sign_in_state",
    "password_set_at",
    "name_failures",
    "initial_closed_until",
]


@dataclass(frozen=True)
class Outcome:
    """Whether somebody is at the door: `account` is given only when the verdict is yes.

    `first` means that the initial password was right: nothing opens but the page that asks name and new password.
    """

    verdict: Verdict
    account: Account | None = None
    first: bool = False


def sign_in(*, number: str, password: str, known_device: bool, actor: Actor, now: datetime) -> Outcome:
    """Try a normalised ID number with a password. Every refusal costs one hash, except waiting, which costs none."""
    index = number_index(number)
    account = Account.objects.filter(id_index=index).first()
    attempt = limits.Attempt(index, actor.address, known_device, now)
    waits = attempt.charge()
    if not waits:
        record(
            "accounts.sign_in",
            actor=actor,
            account=account,
            result=Result.DENIED,
            detail={"cause": waits.cause},
        )
        return Outcome(waits)
    state = _opened_by(account, number, password, now=now)
    if account is None or state is None:
        record(
            "accounts.sign_in",
            actor=actor,
            account=account,
            result=Result.FAILED,
            detail={"cause": WRONG.cause},
        )
        return Outcome(WRONG)
    with transaction.atomic():
        attempt.refund()
        record("accounts.sign_in", actor=as_self(account, actor), account=account, detail={"by": state})
    return Outcome(YES, account, first=state == SignInState.INITIAL)


def _opened_by(account: Account | None, number: str, password: str, *, now: datetime) -> SignInState | None:
    """Which password it was, own or initial, or None; always one hash, so that time tells nothing."""
    has_own = account is not None and account.is_active and account.sign_in_state == SignInState.SET
    if has_own:
        return SignInState.SET if check_password(password, account.password) else None
    make_password(password)
    is_initial = compare_digest(idcard.initial_password(number).encode(), password.upper().encode())
    may = account is not None and bool(rules.initial_opens(account, now=now))
    return SignInState.INITIAL if is_initial and may else None


@transaction.atomic
def set_first_password(account_id: int, *, name: str, password: str, actor: Actor, now: datetime) -> Outcome:
    """Replace the initial password when the full name is right; three wrong names close it for a day.

    A refusal is returned, not raised: the count of wrong names must be kept.
    """
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        return Outcome(UNDONE)
    actor = as_self(account, actor)
    verdict = rules.initial_opens(account, now=now)
    if verdict and not names.same(name, account.name):
        verdict = _count_wrong_name(account, now=now)
    verdict = verdict and passwords.problem(password, Facts(number=account.id_number, phone=account.phone))
    if not verdict:
        detail = {"cause": verdict.cause}
        record(
            "accounts.set_first_password", actor=actor, account=account, result=Result.FAILED, detail=detail
        )
        return Outcome(verdict)
    write_password(account, password, now=now)
    record("accounts.set_first_password", actor=actor, account=account)
    return Outcome(YES, account)


def _count_wrong_name(account: Account, *, now: datetime) -> Verdict:
    account.name_failures += 1
    left = settings.NAME_FAILURES - account.name_failures
    if left <= 0:
        account.name_failures = 0
        account.initial_closed_until = now + timedelta(hours=settings.NAME_CLOSED_HOURS)
    account.save(update_fields=["name_failures", "initial_closed_until"])
    if left > 0:
        remedy = f"，请填写身份证上的全名。还可以试{left}次。"
        return no("姓名与名册登记的不一致", cause="name", remedy=remedy)
    remedy = "。请向本组织或上级组织的管理员领取重置密码验证码，领到后马上可用。"
    return no(
        f"姓名填错{settings.NAME_FAILURES}次，初始密码暂停{settings.NAME_CLOSED_HOURS}小时",
        cause="closed",
        remedy=remedy,
    )


@transaction.atomic
def change_password(account: Account, *, old: str, new: str, actor: Actor, now: datetime) -> Verdict:
    """Replace the own password; the old one must be right. Other sessions end with the old hash.

    On yes, `account` carries the new hash.
    """
    limit = limits.old_passwords()
    until = limit.charge(bytes(account.id_index), now=now)
    if until:
        return limits.waiting("原密码填错次数过多", until, cause="waiting")
    current = Account.objects.select_for_update().get(pk=account.pk)
    if not check_password(old, current.password):
        record(
            "accounts.change_password",
            actor=actor,
            account=account,
            result=Result.FAILED,
            detail={"cause": "old"},
        )
        return no("原密码不对", cause="old_password", remedy="，请重新填写。忘记了的话，请用“忘记密码”")
    limit.refund(bytes(account.id_index), now=now)
    facts = Facts(number=current.id_number, phone=current.phone, is_previous=lambda text: text == old)
    verdict = passwords.problem(new, facts)
    if verdict:
        write_password(current, new, now=now)
        account.password = current.password
        record("accounts.change_password", actor=actor, account=account)
    return verdict


def write_password(account: Account, password: str, *, now: datetime) -> None:
    """Store a password that the rules allow; nothing ever returns the account to its initial one."""
    account.set_password(password)
    account.sign_in_state = SignInState.SET
    account.password_set_at = now
    account.name_failures = 0
    account.initial_closed_until = None
    account.save(update_fields=HASHED_FIELDS)


def sign_out(*, actor: Actor) -> None:
    """Note that a person left; the session itself is ended by the view."""
    record("accounts.sign_out", actor=actor)


def as_self(account: Account, actor: Actor) -> Actor:
    """The visitor `actor`, now known to be the person of `account`."""
    return Actor(account_id=account.pk, account_name=account.name, address=actor.address, act=actor.act)
