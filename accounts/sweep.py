"""Removes what has had its time: captchas, counts of attempts, ended sessions and notices read long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from captcha.models import CaptchaStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from .models import AttemptCount, Notice

COUNTS_KEPT = timedelta(days=1)
SESSIONS_KEPT = timedelta(days=1)  # an ended session still says whose form may go on after sign-in
NOTICES_KEPT = timedelta(days=180)  # after they were read
TRAILS = "DELETE FROM accounts_failuretrail WHERE %s >= ALL (recent)"


def sweep(now: datetime | None = None) -> int:
    """Delete the rows nobody can need any more and say how many; the worker calls it every hour."""
    now = now or timezone.now()
    past = (
        CaptchaStore.objects.filter(expiration__lte=now),
        AttemptCount.objects.filter(window__lte=now - COUNTS_KEPT),
        Session.objects.filter(expire_date__lte=now - SESSIONS_KEPT),
        Notice.objects.filter(read_at__lte=now - NOTICES_KEPT),
    )
    gone = sum(rows.delete()[0] for rows in past)
    with connection.cursor() as cursor:
        cursor.execute(TRAILS, [now - COUNTS_KEPT])
        return gone + cursor.rowcount
