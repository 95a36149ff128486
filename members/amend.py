"""Editing a member at once, and correcting name or ID number (§5 Editing)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Account
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.initials import initials
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Refused, Verdict, no

from . import access, entry
from .models import Member

TAKEN = no("身份证已注册：这个号码属于另一个账号", cause="registered", remedy="，请对照身份证核对。")


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
    """Write the changed fields and return their names; the log keeps names, not values. Raises Refused."""
    member = _locked(member)
    account = member.account
    access.may_edit(actor, member).demand()
    entry.number_free(league_number, but=account).demand()
    changed = _set(
        account,
        {name: value if value is not None else _empty(account, name) for name, value in profile.items()},
    )
    moved = _set(
        member, {"joined": joined, "number": league_number or None, "joined_at_unit": joined_at_unit}
    )
    if phone != account.phone:
        account.write_phone(phone)
        changed += ["phone_cipher", "phone_index"]
    if not changed and not moved:
        return []
    account.save(update_fields=changed)
    member.save(update_fields=moved)
    fields = sorted({name.removesuffix("_cipher").removesuffix("_index") for name in (*changed, *moved)})
    record(
        "members.amended", actor=actor, organization=member.branch, account=account, detail={"fields": fields}
    )
    return fields


@retried
@transaction.atomic
def correct(member: Member, *, name: str, number: str, reason: str, actor: Scope) -> list[str]:
    """Change 姓名 or 身份证号码 (empty: unchanged) with a reason; the fields changed. Raises Refused.

    A new number re-encrypts the phone, which is bound to it, and brings its own initial password.
    """
    member = _locked(member)
    account = member.account
    access.may_correct(actor, member).demand()
    changed = _set(account, {"name": name, "initials": initials(name)})
    if number and number != account.id_number:
        number_unused(number, but=account).demand()
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
    record("members.corrected", actor=actor, organization=member.branch, account=account, detail=detail)
    return fields


def number_unused(number: str, *, but: Account) -> Verdict:
    """Whether no other account bears the ID number."""
    return TAKEN if Account.objects.with_number(number).exclude(pk=but.pk).exists() else YES


def _locked(member: Member) -> Member:
    """The member as it is now, account locked first; Refused when the 团籍 has ended meanwhile."""
    Account.objects.select_for_update().get(pk=member.account_id)
    found = Member.objects.select_related("account", "branch__parent").filter(pk=member.pk).first()
    if found is None:
        raise Refused(no("这位团员的团籍已不在这里", cause="gone", remedy="，请返回列表刷新。"))
    return found


def _empty(account: Account, name: str) -> Any:
    """What an unanswered field is stored as: NULL for dates and yes/no, an empty text otherwise."""
    return None if account._meta.get_field(name).null else ""


def _set(thing: Account | Member, values: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(thing, name) != value]
    for name in changed:
        setattr(thing, name, values[name])
    return changed
