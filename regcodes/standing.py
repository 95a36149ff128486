"""身份证已注册: what the designated person does instead, by where he or she already is (§4)."""

from __future__ import annotations

from accounts.models import Account
from members.models import Member
from orgs.models import Organization
from zhtj.lib.verdict import YES, Verdict, no

REGISTERED = "身份证已注册"


def way_on(account: Account, organization: Organization, *, known: bool, signed_in: bool = False) -> Verdict:
    """The refusal with the way on; yes only for a signed-in person without 团籍 and without a post here.

    `known` is whether ID and name were both given right: everybody else hears nothing about the person.
    """
    if not known:
        return _registered("，请核对姓名和身份证号码；确认无误的，请联系上级组织的管理员。", "unknown")
    if organization.posts.filter(account=account, ended_at=None).exists():
        return _registered(
            f"：您已是“{organization.short_name}”的团干部。请直接登录，{_change(organization)}", "cadre"
        )
    member = Member.objects.filter(account=account).first()
    if member is not None:
        return _member_elsewhere(member, organization)
    if account.closed_at is not None:
        return _registered("：您的账号已停用。请联系上级组织的管理员重新录入。", "closed")
    if signed_in:
        return YES
    return no(
        "身份证号码已有账号",
        cause="account",
        remedy="，请先登录，再从“管理员注册”输入这个注册码，账号和密码不变。",
    )


def _member_elsewhere(member: Member, organization: Organization) -> Verdict:
    """Registered with a 团籍: in this branch, in another one, or invited to a body without members."""
    if member.branch_id == organization.pk:
        first = "：您已是本团支部的团员。请由本团支部或其直接上级的管理员先为您登记团内职务，"
        return _registered(first + _change(organization), "member")
    if organization.is_branch:
        first = "：您的团籍在其他团支部。请先把组织关系转接到本团支部，登记团内职务，"
        return _registered(first + _change(organization), "transfer")
    text = f"：您的团籍在其他团支部，不需要转出。请由“{organization.short_name}”的管理员邀请您担任职务，还没有管理员的由其直接上级邀请。"
    return _registered(text, "invite")


def _change(organization: Organization) -> str:
    return "再由管理员办理“管理员变更”。" if organization.is_branch else "由管理员办理“管理员变更”。"


def _registered(remedy: str, situation: str) -> Verdict:
    return no(REGISTERED, cause=f"registered_{situation}", remedy=remedy)
