"""Keeps a form that was sent after the session had ended, sealed in the sign-in page, and gives it back (§3).

Nothing is stored on the server. Files, passwords and captchas are never kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from zhtj.lib import crypto

PURPOSE = "accounts.resume"
MAX_AGE = 3600  # seconds
MAX_CHARS = 200_000
SECRET = ("password", "captcha", "csrfmiddlewaretoken")


@dataclass(frozen=True)
class Kept:
    """A form waiting to go on: whose it was, where it goes, its fields in order, and whether it had files."""

    account_id: int
    path: str
    fields: list[tuple[str, str]]
    had_files: bool


def keep(request: HttpRequest, account_id: int) -> str:
    """The sealed form; an empty text when nothing is left to keep or too much to travel through the browser."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(word in name for word in SECRET)
        for value in values
    ]
    if not fields or sum(len(name) + len(value) for name, value in fields) > MAX_CHARS:
        return ""
    payload = {
        "account": account_id,
        "path": request.get_full_path(),
        "fields": fields,
        "files": bool(request.FILES),
    }
    return crypto.seal(payload, purpose=PURPOSE)


def open_kept(token: str) -> Kept | None:
    """The form behind the token; None when it is too old or none of ours."""
    payload = crypto.unseal(token, purpose=PURPOSE, max_age=MAX_AGE) if token else None
    if payload is None:
        return None
    fields = [(name, value) for name, value in payload["fields"]]
    return Kept(payload["account"], payload["path"], fields, payload["files"])
