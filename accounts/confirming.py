"""Asking for the password again before a sensitive act, when it was given more than five minutes ago."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest

from zhtj.audit.models import Result
from zhtj.audit.record import record
from zhtj.lib.forms import Form
from zhtj.lib.verdict import YES, Verdict, no

from . import limits
from .fields import PasswordField

CONFIRMED = "confirmed"  # session key: when the password was given again, seconds
STARTED = "started"  # session key: when it was given at the door


def is_fresh(request: HttpRequest) -> bool:
    """Whether the password was given within the last minutes (*setting*)."""
    given = max(request.session.get(CONFIRMED, 0), request.session.get(STARTED, 0))
    return time.time() - given <= settings.PASSWORD_FRESH_MINUTES * 60


def confirm(request: HttpRequest, password: str, *, now: datetime) -> Verdict:
    """Hold the password against the account; yes makes it fresh. Wrong ones are counted like old passwords."""
    account, limit = request.user, limits.old_passwords()
    until = limit.charge(bytes(account.id_index), now=now)
    if until:
        return limits.waiting("密码填错次数过多", until, cause="waiting")
    if not check_password(password, account.password):
        record("accounts.confirm", actor=request.scope, account=account, result=Result.FAILED)
        return no("密码不对", cause="password", remedy="，请重新填写。")
    limit.refund(bytes(account.id_index), now=now)
    request.session[CONFIRMED] = int(now.timestamp())
    return YES


class ConfirmingForm(Form):
    """A form with 登录密码 as its last field, while the password is not fresh: `ConfirmingForm(data, request=request)`."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request
        if not is_fresh(request):
            hint = "这项操作影响较大，请再次输入您的登录密码。"
            self.fields["password"] = PasswordField(
                label="登录密码", autocomplete="current-password", help_text=hint
            )

    def confirms(self, *, now: datetime) -> bool:
        """Call once, after `is_valid` and before the act; a wrong password becomes the field's error."""
        if "password" not in self.fields:
            return True
        verdict = confirm(self.request, self.cleaned_data["password"], now=now)
        if not verdict:
            self.add_error("password", verdict.message)
        return bool(verdict)
