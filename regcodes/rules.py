"""Who gives out a registration code, and what is wrong with one that does not open (§4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from orgs import seating
from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, no

from .models import RegistrationCode

ANY_CAUSE = no(
    "管理员注册码错误",
    cause="code",
    remedy="。可能的原因：组织选错或注册码输错；字母大小写不对；注册码已过有效期。请对照上级发给您的注册码核对。",
)


def expiry(issued: datetime) -> datetime:
    """24:00 of the 20th day (*setting*) after the day of issue, by local time."""
    day = timezone.localdate(issued) + timedelta(days=settings.REGISTRATION_CODE_DAYS + 1)
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def may_see(scope: Scope, organization: Organization) -> Verdict:
    """Codes are given out and shown by the administrators of the direct superior only."""
    if scope.is_direct_superior_of(organization):
        return YES
    if organization.parent is None:
        return no("最上级组织没有上级为它分配注册码", cause="topmost", remedy="，请由系统维护人员处理。")
    remedy = f"，请联系“{organization.parent.full_name}”的管理员。"
    return no("管理员注册码由直接上级分配", cause="not_superior", remedy=remedy)


def may_issue(scope: Scope, organization: Organization, *, free: list[int] | None = None) -> Verdict:
    """Whether a code can be given out now; `free` saves the query for the free seats."""
    allowed = may_see(scope, organization)
    if not allowed:
        return allowed
    if organization.category == Category.PENDING_BRANCH:
        return no("待接转团支部由上级组织管理", cause="pending", remedy="，不需要管理员注册码。")
    if not (seating.free_seats(organization) if free is None else free):
        reason = f"“{organization.short_name}”已有两名管理员"
        return no(reason, cause="full", remedy="，不能再分配注册码。")
    return YES


def opens(code: RegistrationCode, *, organization: Organization | None, typed: str, now: datetime) -> Verdict:
    """Whether a code that was found by what was `typed` opens the chosen organisation; else which cause it is.

    Only somebody who holds a real code hears this; `organization` is None when the code was typed first.
    """
    if organization is not None and code.organization_id != organization.pk:
        reason = "管理员注册码错误：这个注册码不属于您选择的组织"
        return no(
            reason, cause="organization", remedy="，请返回核对组织全称，或先输入注册码查看它对应的组织。"
        )
    if code.code != typed:
        reason = "管理员注册码错误：字母大小写不对"
        return no(reason, cause="case", remedy="，注册码区分大小写，请逐字核对。")
    return still_valid(code, now=now)


def still_valid(code: RegistrationCode, *, now: datetime) -> Verdict:
    """Whether the code is neither used, nor replaced, nor expired."""
    superior = code.organization.parent.full_name if code.organization.parent else "上级组织"
    remedy = f"，请联系“{superior}”的管理员重新分配。"
    if code.used_at is not None:
        return no("管理员注册码错误：这个注册码已经使用过", cause="used", remedy=remedy)
    if code.voided_at is not None:
        return no("管理员注册码错误：这个注册码已作废", cause="void", remedy=remedy)
    if now >= code.expires_at:
        reason = f"管理员注册码错误：这个注册码已过期（有效期至 {code.last_day:%Y-%m-%d} 24:00）"
        return no(reason, cause="expired", remedy=remedy)
    return YES
