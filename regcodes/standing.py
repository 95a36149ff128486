"""身份证已注册 at 管理员注册: what the designated person does instead, by where he or she already is (§4)."""

from __future__ import annotations

from accounts.models import Account
from members import registered
from members.models import Member
from orgs.models import Organization
from zhtj.lib.verdict import YES, Verdict, no


def way_on(account: Account, organization: Organization, *, known: bool, signed_in: bool = False) -> Verdict:
    """The refusal with the way on; yes only for a signed-in person without 团籍 and without a post here.

    `known` is whether ID and name were both given right: everybody else hears nothing about the person.
    """
    if not known:
        remedy = "，请核对姓名和身份证号码；确认无误的，请联系上级组织的管理员。"
        return registered.refusal("", remedy, "unknown")
    member = Member.objects.filter(account=account).first()
    found = registered.to_person(account.pk, member, organization, signed_in=signed_in)
    if found is not None:
        return found
    if account.closed_at is not None:
        return registered.refusal("", "：您的账号已停用。请联系上级组织的管理员重新录入。", "closed")
    if signed_in:
        return YES
    return no(
        "身份证号码已有账号",
        cause="account",
        remedy="，请先登录，再从“管理员注册”输入这个注册码，账号和密码不变。",
    )
