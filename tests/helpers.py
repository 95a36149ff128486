"""What many tests need at the pages of the product."""

from __future__ import annotations

import re
from typing import Any

from captcha.models import CaptchaStore

from accounts.models import Account
from zhtj.audit.models import AuditEntry

from .makers import PASSWORD

KEY = re.compile(r'name="captcha_0" value="([0-9a-f]{40})"')


def captcha_answer(key: str) -> str:
    """The answer of a stored captcha: `page.fill("#id_captcha_1", captcha_answer(page.input_value("[name=captcha_0]")))`."""
    return CaptchaStore.objects.get(hashkey=key).response


def captcha_key(response: Any) -> str:
    """The key of the captcha a page shows."""
    match = KEY.search(response.content.decode())
    assert match, "no captcha on the page"
    return match.group(1)


def solve_captcha(client: Any, path: str = "/login/") -> dict[str, str]:
    """The two fields of the captcha that the page at `path` shows, answered from the database."""
    key = captcha_key(client.get(path))
    return {"captcha_0": key, "captcha_1": captcha_answer(key)}


def sign_in_by_form(client: Any, number: str, password: str = PASSWORD, **fields: str) -> Any:
    """Send the sign-in page with its captcha answered, as a person would; the response as it comes."""
    return client.post("/login/", {"number": number, "password": password, **solve_captcha(client), **fields})


def account_of(number: str) -> Account:
    """The account behind an ID number."""
    return Account.objects.get_by_natural_key(number)


def audited(verb: str) -> list[tuple[str, str, str, dict[str, Any]]]:
    """The rows of a verb: result, whom it is about, who acted, details."""
    rows = AuditEntry.objects.filter(verb=verb)
    return [(row.result, row.account_name, row.actor_name, row.detail) for row in rows]
