"""Editing a person's data at once, and correcting name or ID number (§5 Editing)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import telling
from accounts.models import Account
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.initials import initials
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from . import access, entry, facts, rules
from .models import Member

TAKEN = no("身份证已注册：这个号码属于另一个账号", cause="registered", remedy="，请对照身份证核对。")
GONE = no("这位团员的团籍已不在这里", cause="gone", remedy="，请返回列表刷新。")


@retried
@transaction.atomic
def amend(
    member: Member,
    *,
    profile: Mapping[str, Any],
    phone: str,
    joined: date,
    league_number: str,
    joined_at_unit: str,
    actor: Scope,
) -> list[str]:
    """Write the changed facts of a member and return their names. Raises Refused."""
    account, found = locked(member.account)
    if found is None or found.pk != member.pk:
        raise Refused(GONE)
    access.may_edit(actor, found).demand()
    values = {
        **profile,
        "phone": phone,
        "joined": joined,
        "number": league_number,
        "joined_at_unit": joined_at_unit,
    }
    return write(account, found, values, organization=found.branch, actor=actor)


def write(
    account: Account,
    member: Member | None,
    values: Mapping[str, Any],
    *,
    organization: Organization,
    actor: Scope,
    why: str = "",
) -> list[str]:
    """Store the facts that differ and record them, for verbs that hold the account and have asked.

    `values` by the names of `facts.LABELS`, None for what was left empty; the names written, sorted. Of numbers the
    record keeps the name alone. Raises Refused where the 发展团员编号 is somebody else's.
    """
    entry.number_free(values.get("number") or "", but=account).demand()
    new = {name: _kept(name, value, account, member) for name, value in sorted(values.items())}
    old = {name: facts.stored(name, account, member) for name in new}
    changed = {name: value for name, value in new.items() if value != old[name]}
    if not changed:
        return []
    for name, value in changed.items():
        _set(name, value, account, member)
    account.save(update_fields=_columns(account, member, changed))
    if member is not None:
        member.save(update_fields=_columns(member, member, changed))
    detail = {"fields": list(changed), "changes": facts.told(old, changed)} | ({"why": why} if why else {})
    record(
        "members.cadre_amended" if member is None else "members.amended",
        actor=actor,
        organization=organization,
        account=account,
        detail=detail,
    )
    return list(changed)


def _kept(name: str, value: Any, account: Account, member: Member | None) -> Any:
    """What an unanswered fact is stored as: NULL for dates and yes/no, an empty text otherwise."""
    if value is not None:
        return value
    if name in ("phone", "number"):
        return ""
    row = facts.holder(name, account, member)
    return None if row._meta.get_field(facts.column(name, member)).null else ""


def _set(name: str, value: Any, account: Account, member: Member | None) -> None:
    if name == "phone":
        account.write_phone(value)
    elif name == "number":
        setattr(facts.holder(name, account, member), name, value or None)
    else:
        setattr(facts.holder(name, account, member), facts.column(name, member), value)


def _columns(row: Account | Member, member: Member | None, changed: Mapping[str, Any]) -> list[str]:
    """The columns of this row behind the changed facts."""
    own = isinstance(row, Member)
    names = [name for name in changed if (member is not None and name in facts.OF_MEMBERS) == own]
    found = [facts.column(name, member) for name in names if name != "phone"]
    return [*found, "phone_cipher", "phone_index"] if "phone" in names else found


@retried
@transaction.atomic
def correct(account: Account, *, name: str, number: str, reason: str, actor: Scope) -> list[str]:
    """Change 姓名 or 身份证号码 (empty: unchanged) with a reason; the fields changed. Raises Refused.

    A new number re-encrypts the phone, which is bound to it, ends every session of the person and, only while the
    initial password was never changed, brings a new one with it.
    """
    account, member = locked(account)
    access.may_correct(actor, account).demand()
    changed = []
    if name and name != account.name:
        account.name, account.initials = name, initials(name)
        account.name_failures, account.initial_closed_until = 0, None  # the right name was asked for in vain
        changed += ["name", "initials", "name_failures", "initial_closed_until"]
    if number and number != account.id_number:
        first_no(number_unused(number, but=account), fits(number, account, member)).demand()
        phone = account.phone
        account.write_number(number)
        account.write_phone(phone)
        changed += ["id_cipher", "id_index", "birth_date", "sex", "phone_cipher", "phone_index"]
    if not changed:
        return []
    try:
        with transaction.atomic():
            account.save(update_fields=changed)
    except IntegrityError as error:
        raise Refused(TAKEN) from error
    fields = [name for name, column in (("name", "name"), ("id_number", "id_index")) if column in changed]
    detail = {"fields": fields, "reason": reason}
    record(
        "members.corrected", actor=actor, organization=access.home(account), account=account, detail=detail
    )
    telling.tell([account.pk], _correction_told(fields, reason))
    return fields


def _correction_told(fields: list[str], reason: str) -> str:
    labels = "和".join({"name": "姓名", "id_number": "身份证号码"}[each] for each in fields)
    then = "以后用新的号码登录。" if "id_number" in fields else ""
    return f"上级组织更正了您的{labels}，原因：{reason}。{then}"


def number_unused(number: str, *, but: Account) -> Verdict:
    """Whether no other account bears the ID number."""
    return TAKEN if Account.objects.with_number(number).exclude(pk=but.pk).exists() else YES


def fits(number: str, account: Account, member: Member | None) -> Verdict:
    """Whether the birth date in a new ID number agrees with the dates already there (§5)."""
    today = timezone.localdate()
    born = rules.birth_date(number, today=today)
    joined = facts.stored("joined", account, member)
    if born is None:
        return YES
    return first_no(
        rules.joining(born, joined, today=today) if joined else YES,
        rules.party_joined(born, account.party_joined, today=today) if account.party_joined else YES,
    )


def locked(account: Account) -> tuple[Account, Member | None]:
    """The person as he or she is now, held until the end, with the 团籍 if there is one."""
    now = Account.objects.select_for_update().get(pk=account.pk)
    found = Member.objects.select_related("branch__parent").filter(account=now).first()
    if found is not None:
        found.account = now
    return now, found
