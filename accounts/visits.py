"""When a person was last here, so that a first page can say what has changed since."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, F, Value, When
from django.db.models.functions import TruncDate

from .models import Account


def arrive(account: Account, *, now: datetime) -> None:
    """Note that somebody has come in. Several visits of one day are one, so that signing in again hides nothing.

    One statement at each sign-in and none at a request; the sign-in itself is in the record.
    """
    earlier = When(visited_at__date__lt=TruncDate(Value(now)), then=F("visited_at"))
    Account.objects.filter(pk=account.pk).update(
        visited_before=Case(earlier, default=F("visited_before")), visited_at=now
    )
