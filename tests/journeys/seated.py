"""Somebody who is signed in already, for journeys in which the door is another's matter."""

from __future__ import annotations

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext

from accounts.models import Account


def let_in(context: BrowserContext, account: Account, address: str) -> None:
    """Give the browser the session of that person."""
    client = Client()
    client.force_login(account)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
