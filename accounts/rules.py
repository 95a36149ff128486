"""When the initial password opens an account (§3)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from zhtj.lib.verdict import YES, Verdict, no

from .enums import SignInState
from .models import Account


def initial_opens(account: Account, *, now: datetime) -> Verdict:
    """Whether the initial password works: not yet replaced, not expired, not closed after wrong names."""
    if account.sign_in_state != SignInState.INITIAL or not account.is_active:
        return no("初始密码已停用", cause="ended", remedy="，请用自己设置的密码登录")
    if initial_has_expired(account, now=now):
        return no("初始密码已失效", cause="expired", remedy="，请向管理员领取重置密码验证码")
    if account.initial_closed_until and account.initial_closed_until > now:
        return no("初始密码已暂停使用", cause="closed", remedy="，请向管理员领取重置密码验证码")
    return YES


def initial_has_expired(account: Account, *, now: datetime) -> bool:
    """Whether an installation's limit for initial passwords has passed; without a limit never (§3)."""
    if settings.INITIAL_PASSWORD_DAYS is None or account.sign_in_state != SignInState.INITIAL:
        return False
    since = account.initial_since or account.created_at
    return since + timedelta(days=settings.INITIAL_PASSWORD_DAYS) <= now
