"""What time does to cases: reminders on days 3 and 7, and 失效 when a side has said nothing for ten days (§6.4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import telling
from orgs import scope, vacancies
from orgs.models import Organization, Seat
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused

from . import notices, workflow
from .enums import TIMED, Act
from .models import Transfer
from .queries import SIDES

PIECE = 500


def tick(now: datetime | None = None) -> tuple[int, int]:
    """Remind and let lapse whatever is due; how many of each. Runs every hour, and may run twice."""
    now = now or timezone.now()
    return remind(now), lapse(now)


def remind(now: datetime) -> int:
    """Tell whoever has the turn, once for each day of the setting."""
    count = 0
    for day in sorted(
        settings.TRANSFER_REMIND_DAYS, reverse=True
    ):  # of two missed days the later one is told
        due = Transfer.objects.filter(
            state__in=TIMED, reminded__lt=day, since__lte=now - timedelta(days=day), due_at__gt=now
        )
        for transfer in due.select_related(*SIDES).order_by("pk").iterator(chunk_size=PIECE):
            count += _remind(transfer, day, now=now)
    return count


@retried
@transaction.atomic
def _remind(transfer: Transfer, day: int, *, now: datetime) -> bool:
    """One case; false when somebody has acted on it, or reminded of it, meanwhile."""
    same = Transfer.objects.filter(
        pk=transfer.pk, state=transfer.state, since=transfer.since, reminded__lt=day
    )
    if not same.update(reminded=day):
        return False
    text = f"{transfer.account.name}的组织关系转接已等待{day}天，请在{timezone.localtime(transfer.due_at):%Y-%m-%d}前办理。"
    telling.tell(administrators(transfer.turn_of), text, url=notices.page(transfer), now=now)
    return True


def administrators(organization: Organization | None) -> list[int]:
    """The accounts that act for an organisation now: its own administrators, else those of the nearest above (§4)."""
    if organization is None:
        return []
    acting = vacancies.acting_for([organization])[organization.pk]
    return list(
        Seat.objects.filter(organization=acting).order_by("number").values_list("post__account", flat=True)
    )


def lapse(now: datetime) -> int:
    """End every case whose side has let the days go by; silence never approves."""
    count = 0
    due = Transfer.objects.filter(state__in=TIMED, due_at__lte=now).select_related(*SIDES).order_by("pk")
    for transfer in due.iterator(chunk_size=PIECE):
        try:
            workflow.by_system(
                transfer,
                Act.LAPSE,
                actor=scope.of_command("transfers"),
                remark=f"{settings.TRANSFER_DAYS}天内没有办理。",
                now=now,
            )
        except Refused:
            continue  # somebody has acted meanwhile
        count += 1
    return count
