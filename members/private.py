"""Acts on what is secret about a person: unmasking a number and making reset codes. Each is logged first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts import reset
from accounts.models import Account
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, Verdict, no

from . import access
from .models import Member

WHAT = {"id": "身份证号码", "phone": "手机号码"}
NOBODY = no("选中的人都不能由您生成验证码", cause="nobody", remedy="，原因写在名单里。")


@dataclass(frozen=True)
class Slip:
    """One person of many: whether a code may be made, and the code itself once it is."""

    account: Account
    verdict: Verdict
    code: str = ""

    @property
    def home(self) -> Organization | None:
        """Branch, else the organisation of the first post; what `access.resettable` has loaded is used."""
        if hasattr(self.account, "member"):
            return self.account.member.branch
        posts = self.account.living_posts  # type: ignore[attr-defined]
        return posts[0].organization if posts else None


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


@retried
@transaction.atomic
def issue_reset_codes(accounts: Iterable[Account], *, actor: Scope, now: datetime) -> list[Slip]:
    """重置密码验证码 for those of these people the actor may reset, each to be shown once (§3). Raises Refused.

    Whoever may not be reset gets a slip without a code and with the reason.
    """
    people = sorted(accounts, key=lambda each: each.pk)  # the codes are written in one order: no deadlock
    verdicts = access.resettable(actor, people)
    able = [each for each in people if verdicts[each.pk]]
    if not able:
        raise Refused(NOBODY)
    codes = reset.issue_many(able, actor=actor, now=now)
    return [Slip(each, verdicts[each.pk], codes.get(each.pk, "")) for each in people]
