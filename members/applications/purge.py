"""What applications held is removed when they have been decided long enough; that there were any, stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from ..models import Application, ApplicationState


def purge(now: datetime | None = None) -> int:
    """Remove the content of what was decided so many days ago (*setting*) and say of how many; the worker calls it.

    A returned one can still be sent again then, filled in anew.
    """
    past = (now or timezone.now()) - timedelta(days=settings.APPLICATION_KEEP_DAYS)
    decided = Application.objects.exclude(state=ApplicationState.PENDING).filter(decided_at__lt=past)
    return decided.exclude(payload_cipher=None).update(payload_cipher=None)
