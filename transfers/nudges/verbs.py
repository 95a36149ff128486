"""Records that a text was produced, once for each page that asked (§6.4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Refused, Verdict, no

from ..models import Nudge
from .topics import Subjects

DAYS = 180  # how far ahead a deadline may lie
NOBODY = no(
    "没有可以催办的人或组织",
    cause="nobody",
    remedy="：只催办您管理范围内还没有办完的事；轮到其他组织的转接，请在转接页面上提醒。",
)


def may_nudge(subjects: Subjects) -> Verdict:
    """Only about people and organisations of the scope that have something left to do (§8)."""
    return YES if subjects.count else NOBODY


def in_time(deadline: date, *, today: date) -> Verdict:
    """Not over yet, and near enough to mean something."""
    if deadline < today:
        return no("办理期限已经过去", cause="deadline", remedy="，请选择今天或以后的日期。")
    if deadline > today + timedelta(days=DAYS):
        return no(f"办理期限超过{DAYS}天", cause="deadline", remedy="，请选择更近的日期。")
    return YES


@transaction.atomic
def nudge(
    subjects: Subjects, *, deadline: date, key: UUID, actor: Scope, now: datetime | None = None
) -> Nudge:
    """Record it; a form sent twice is one. Raises Refused."""
    now = now or timezone.now()
    may_nudge(subjects).demand()
    in_time(deadline, today=timezone.localdate(now)).demand()
    made = Nudge(
        key=key,
        organization=subjects.organization,
        about=subjects.about,
        count=subjects.count,
        deadline=deadline,
        at=now,
        actor_id=actor.account_id,
        actor_name=actor.account_name,
        seat_name=actor.seat_organization_name,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return _earlier(key, actor)
    detail = {"nudge": made.pk, "about": subjects.about, "count": subjects.count}
    record("transfers.nudged", actor=actor, organization=subjects.organization, detail=detail)
    return made


def _earlier(key: UUID, actor: Scope) -> Nudge:
    found = Nudge.objects.filter(key=key, actor_id=actor.account_id).first()
    if found is None:
        raise Refused(no("这一页已经过期", cause="stale", remedy="，请重新选择后再催办。"))
    return found
