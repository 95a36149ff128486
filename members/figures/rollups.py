"""The daily rollup: figures of large organisations and of what is directly below them, counted once and stamped (§7).

Organisations of up to FIGURES_LIVE_UP_TO members and organisations are counted when somebody looks; larger ones show
the latest rollup with its time. One without a rollup yet is counted live.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, DateTimeField, F, Field, IntegerField, OuterRef, Subquery, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone
from django_q.tasks import async_task

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Verdict, no

from ..models import Rollup
from . import counting
from .counting import Counts

LOCK = 0x7A68746A  # one count at a time
BATCH = 500


@dataclass(frozen=True)
class Figures:
    """The counts of organisations by id; `at` is when they were rolled up, None for counted live."""

    counts: dict[int, Counts]
    at: datetime | None = None


def figures(whole: Organization, others: Sequence[Organization] = (), *, now: datetime) -> Figures:
    """The figures of an organisation and of organisations at or below it, all from the same source."""
    wanted = {whole.pk: whole, **{each.pk: each for each in others}}
    today = timezone.localdate(now)
    latest = _latest(list(wanted))
    if whole.pk not in latest or not _is_large(latest[whole.pk].counts):
        return Figures(counting.count(wanted, [whole.path], today=today))
    counts = {pk: row.counts for pk, row in latest.items()}
    new = {pk: each for pk, each in wanted.items() if pk not in counts}
    if new:
        counts |= counting.count(new, [each.path for each in new.values()], today=today)
    return Figures(counts, latest[whole.pk].at)


def _latest(ids: Sequence[int]) -> dict[int, Rollup]:
    newest = Rollup.objects.filter(organization__in=ids).order_by("organization", "-day")
    return {each.organization_id: each for each in newest.distinct("organization")}


def _is_large(counts: Counts) -> bool:
    return counting.size_of(counts) > settings.FIGURES_LIVE_UP_TO


def or_live(fact: str, live: Any) -> Coalesce:
    """An annotation for organisations: the rolled-up number of a large one, else what `live` counts."""
    return Coalesce(_of_large(Cast(KT(f"counts__{fact}"), IntegerField()), IntegerField()), live)


def since() -> Subquery:
    """An annotation for organisations: when a large one was rolled up; None for what is counted live."""
    return _of_large(F("at"), DateTimeField())


def _of_large(told: Any, field: Field) -> Subquery:
    """Of the newest rollup, if that is of more than FIGURES_LIVE_UP_TO members or organisations."""
    newest = Rollup.objects.filter(organization=OuterRef("pk")).order_by("-day")
    sizes = [Cast(KT(f"counts__{fact}"), IntegerField()) for fact in ("members", "organizations")]
    sized = newest.annotate(size=Greatest(*sizes))
    large = When(size__gt=settings.FIGURES_LIVE_UP_TO, then=told)
    return Subquery(sized.values_list(Case(large, default=None, output_field=field))[:1])


def between(organization: Organization, day: date) -> tuple[Rollup | None, Rollup | None]:
    """The rollups of one organisation to compare: the last one of a day or before it, and the newest. One query."""
    rows = list(Rollup.objects.filter(organization=organization).order_by("-day"))
    before = next((row for row in rows if row.day <= day), None)
    return before, rows[0] if rows else None


# -- counting ------------------------------------------------------------------------------------------


def refresh(*, now: datetime | None = None) -> int:
    """Count all large organisations and what is directly below them; how many. Nobody counts beside somebody else."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    with transaction.atomic():
        if not _alone():
            return 0
        wanted = _wanted()
        roots = Organization.objects.filter(parent=None).values_list("path", flat=True)
        counts = counting.count(wanted, roots, today=today) if wanted else {}
        _write(counts, now)
        Rollup.objects.filter(day__lt=today - timedelta(days=settings.FIGURES_KEEP_DAYS)).delete()
    return len(counts)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '15min'")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def _wanted() -> set[int]:
    large = counting.larger_than(settings.FIGURES_LIVE_UP_TO)
    below = Organization.objects.living().filter(parent__in=large)
    return large | set(below.values_list("pk", flat=True))


def _write(counts: dict[int, Counts], now: datetime) -> None:
    day = timezone.localdate(now)
    rows = [Rollup(organization_id=pk, day=day, at=now, counts=each) for pk, each in counts.items()]
    Rollup.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["organization", "day"],
        update_fields=["at", "counts"],
    )


def refresh_daily(*, now: datetime | None = None) -> int:
    """The routine: once a day, from FIGURES_AT_HOUR on; how many organisations were counted."""
    now = now or timezone.now()
    here = timezone.localtime(now)
    counted = Rollup.objects.filter(day=here.date()).exists()
    return 0 if counted or here.hour < settings.FIGURES_AT_HOUR else refresh(now=now)


def refresh_again(*, now: datetime | None = None) -> int:
    """What was asked for: of many who ask at once, one count serves all."""
    now = now or timezone.now()
    recent = now - timedelta(minutes=settings.FIGURES_AGAIN_MINUTES)
    return 0 if Rollup.objects.filter(at__gt=recent).exists() else refresh(now=now)


# -- asking for another count --------------------------------------------------------------------------


def may_ask(at: datetime | None, *, now: datetime) -> Verdict:
    """重新汇总: only of figures that are rolled up, and not right after a count."""
    if at is None:
        return no("这里的数字是实时统计的", cause="live", remedy="，不需要重新汇总。")
    minutes = settings.FIGURES_AGAIN_MINUTES
    if now - at < timedelta(minutes=minutes):
        return no("刚刚汇总过", cause="recent", remedy=f"，请 {minutes} 分钟后再试。")
    return YES


@transaction.atomic
def ask(organization: Organization, *, actor: Scope, now: datetime | None = None) -> None:
    """Have the worker count again. Raises Refused."""
    now = now or timezone.now()
    row = Organization.objects.annotate(rolled_at=since()).get(pk=organization.pk)
    may_ask(row.rolled_at, now=now).demand()
    record("figures.recounted", actor=actor, organization=organization)
    transaction.on_commit(lambda: async_task("members.figures.rollups.refresh_again"))
