"""The one way to leave somebody a notice, and to take it as read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from .models import Account, Notice


def tell(accounts: Iterable[int], text: str, *, url: str = "", now: datetime | None = None) -> None:
    """Leave a notice for each of these account ids, in the caller's transaction; never with a number in it."""
    tell_each([(pk, text, url) for pk in dict.fromkeys(accounts)], now=now)


def tell_each(notices: Iterable[tuple[int, str, str]], *, now: datetime | None = None) -> None:
    """Leave each of these account ids its own text and address, all in one statement."""
    at = now or timezone.now()
    rows = [Notice(account_id=pk, text=text[:200], url=url, at=at) for pk, text, url in notices]
    Notice.objects.bulk_create(rows, batch_size=1000)


def of(account: Account) -> QuerySet[Notice]:
    """The person's notices, newest first."""
    return Notice.objects.filter(account=account).order_by("-pk")


def unread(account_id: int | None) -> QuerySet[Notice]:
    """What the person has not read yet, newest first."""
    return Notice.objects.filter(account=account_id, read_at=None).order_by("-pk")


def take_as_read(account: Account, *, now: datetime | None = None) -> int:
    """Everything told so far is read; how many were not before."""
    return Notice.objects.filter(account=account, read_at=None).update(read_at=now or timezone.now())
