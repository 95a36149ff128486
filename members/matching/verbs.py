"""Keeps a list to be compared, and drops it again; who may, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Refused, Verdict, no

from ..models import Matching
from .reading import MOST, Line

NOBODY = no(
    "没有找到姓名或身份证号码", cause="empty", remedy="，请每行写一个人：姓名、身份证号码，或两者都写。"
)


def may_compare(scope: Scope, organization: Organization) -> Verdict:
    """Whoever sees the members of an organisation may compare a list with them (§8), so often an hour (*settings*)."""
    if not scope.covers(organization):
        return no("这个组织不在您的管理范围内", cause="out_of_scope", remedy="。")
    hour_ago = timezone.now() - timedelta(hours=1)
    made = Matching.objects.filter(account=scope.account_id, created_at__gt=hour_ago).count()
    if made >= settings.UPLOADS_PER_HOUR:
        return no(f"一小时内最多对账{settings.UPLOADS_PER_HOUR}次", cause="too_many", remedy="，请稍后再试。")
    return YES


@transaction.atomic
def keep(organization: Organization, lines: Sequence[Line], *, source: str, actor: Scope) -> Matching:
    """Keep a list for some days (*setting*), for its maker alone. Raises Refused."""
    may_compare(actor, organization).demand()
    if not lines:
        raise Refused(NOBODY)
    if len(lines) > MOST:
        raise Refused(no(f"名单超过{MOST:,}行", cause="too_many_lines", remedy="，请分成几次对账。"))
    matching = Matching(account_id=actor.account_id, organization=organization, source=source[-200:])
    matching.lines = [list(astuple(line)) for line in lines]
    matching.save()
    detail = {"matching": matching.pk, "lines": len(lines)}
    record("matching.kept", actor=actor, organization=organization, detail=detail)
    return matching


def lines_of(matching: Matching) -> list[Line]:
    """The list as it was read."""
    return [Line(*line) for line in matching.lines]


@transaction.atomic
def drop(matching: Matching, *, actor: Scope) -> None:
    """Forget a list before its time."""
    record(
        "matching.dropped",
        actor=actor,
        organization=matching.organization,
        detail={"matching": matching.pk},
    )
    matching.delete()


def purge(now: datetime | None = None) -> int:
    """Forget lists older than the days of the setting. Runs every hour."""
    limit = (now or timezone.now()) - timedelta(days=settings.MATCHING_KEEP_DAYS)
    return Matching.objects.filter(created_at__lt=limit).delete()[0]
