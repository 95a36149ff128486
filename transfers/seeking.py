"""Finding somebody to ask for: both 姓名 and 身份证号码 must agree; strangers are not told which was wrong (§6.1)."""

from __future__ import annotations

from datetime import datetime

from accounts import names
from accounts.limits import Limit
from accounts.models import Account
from members.models import Member
from orgs.scope import Scope
from zhtj.audit.models import Result
from zhtj.audit.record import record
from zhtj.lib import crypto
from zhtj.lib.verdict import Refused, no

MISSES = Limit("transfer_sought", 10, 15)  # names and numbers that met nobody, for one asking person
NOBODY = no(
    "没有找到这个姓名和身份证号码的团员",
    cause="nobody",
    remedy="：请对照身份证核对；没有登记过的，请直接录入或请本人注册。",
)
TIED = no("此人是所在团支部仅有的管理员", cause="last", remedy="，请先请对方办理管理员变更。")


def find(name: str, number: str, *, actor: Scope, now: datetime) -> Member:
    """The member with this name and number. Raises Refused, in the same words whichever was wrong."""
    key = crypto.blind_index(str(actor.account_id), field="transfer_search")
    if MISSES.charge(key, now=now):
        raise Refused(no("没有找到的次数过多", cause="waiting", remedy="，请 15 分钟后再试。"))
    account = Account.objects.with_number(number).first()
    found = Member.objects.select_related("account", "branch__parent").filter(account=account).first()
    if account is None or found is None or not names.same(account.name, name):
        record("transfers.sought", actor=actor, organization=actor.root, result=Result.FAILED)
        raise Refused(NOBODY)
    MISSES.refund(key, now=now)
    record("transfers.sought", actor=actor, organization=actor.root, account=account)
    return found
