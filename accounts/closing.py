"""Closing an account that nothing holds open any more, and opening it again (§5 Removing)."""

from __future__ import annotations

from datetime import datetime

from .enums import SignInState
from .models import Account


def close(account: Account, *, now: datetime) -> None:
    """Nobody signs in any more: sessions end with their next request; password and data stay."""
    account.closed_at = now
    account.save(update_fields=["closed_at"])


def open_again(account: Account, *, entered: bool = True) -> list[str]:
    """Open a closed account with its password and name the fields to save; nothing for an open one.

    Somebody who is `entered` again never gets the initial password back: an account that still had it needs a
    重置密码验证码. The undo of a removal leaves everything as it was.
    """
    if account.closed_at is None:
        return []
    account.closed_at = None
    if not entered or account.sign_in_state != SignInState.INITIAL:
        return ["closed_at"]
    account.sign_in_state = SignInState.NONE
    return ["closed_at", "sign_in_state"]
