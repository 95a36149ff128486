"""Remembers, in a signed cookie, to which accounts a device has signed in: those never wait there (§3)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from zhtj.lib import crypto

COOKIE = "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"
SALT = "accounts.device"
AGE = timedelta(days=180)
MOST = 20  # a computer in a school's computer room serves many; the oldest are forgotten first


def knows(request: HttpRequest, index: bytes) -> bool:
    """Whether somebody signed in here to the account with this blind index."""
    return _tag(index) in _tags(request)


def remember(request: HttpRequest, response: HttpResponse, index: bytes) -> None:
    """Note a sign-in to the account with this blind index."""
    tag = _tag(index)
    tags = [tag, *(other for other in _tags(request) if other != tag)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(tags, salt=SALT, compress=True),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _tag(index: bytes) -> str:
    """An HMAC of the blind index, so that the cookie says nothing about the database."""
    return crypto.blind_index(bytes(index).hex(), field="device").hex()


def _tags(request: HttpRequest) -> list[str]:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return []
