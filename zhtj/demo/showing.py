"""The table of demo accounts: one for each role, and how it signs in now."""

from __future__ import annotations

import unicodedata

from accounts.enums import SignInState
from accounts.idcard import initial_password
from accounts.models import Account

from .planting import PASSWORD, planted


def table() -> list[str]:
    """Lines for the terminal; empty where no demo country was planted."""
    row = planted()
    if row is None:
        return []
    accounts = Account.objects.in_bulk([pk for _, pk in row.detail["roles"]])
    rows = [("角色", "姓名", "身份证号码", "密码", "登录方式")]
    for role, pk in row.detail["roles"]:
        account = accounts[pk]
        rows.append((role, account.name, account.id_number, *_way_in(account)))
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(_pad, cells, widths)).rstrip() for cells in rows]


def _way_in(account: Account) -> tuple[str, str]:
    """The password to type and what kind it is."""
    if account.sign_in_state == SignInState.INITIAL:
        return initial_password(account.id_number), "初始密码（身份证号码后八位），首次登录须核对姓名并设密码"
    if account.sign_in_state == SignInState.SET and account.check_password(PASSWORD):
        return PASSWORD, "已设密码"
    return "—", "已自行修改密码"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "FW" else 1 for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
