"""Acts on what is secret about a person: unmasking a number and making a reset code. Each is logged first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import reset
from accounts.models import Account
from orgs.scope import Scope
from zhtj.audit.record import record

from . import access
from .models import Member

WHAT = {"id": "身份证号码", "phone": "手机号码"}


@transaction.atomic
def reveal(member: Member, what: str, *, reason: str, actor: Scope) -> str:
    """The full number (`what` is a key of WHAT), after the log row the member will see (§8). Raises Refused."""
    access.may_reveal(actor, member).demand()
    detail = {"reason": reason, "what": WHAT[what]}
    record(
        f"members.reveal_{what}",
        actor=actor,
        organization=member.branch,
        account=member.account,
        detail=detail,
    )
    return member.account.id_number if what == "id" else member.account.phone


@transaction.atomic
def issue_reset_code(account: Account, *, actor: Scope, now: datetime) -> str:
    """A 重置密码验证码, to be shown once; it replaces an earlier one (§3). Raises Refused."""
    access.may_reset(actor, account).demand()
    return reset.issue(account, actor=actor, now=now)
