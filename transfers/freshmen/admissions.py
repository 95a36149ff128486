"""Keeps the 录取名单 of a college, and forgets it (§6.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from members.matching.reading import MOST, Line
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import Refused, no

from ..models import Admission
from . import rules

NOBODY = no(
    "没有找到姓名或身份证号码", cause="empty", remedy="，请每行写一个人：姓名、身份证号码，或两者都写。"
)


def of(organization: Organization) -> Admission | None:
    """The list of the organisation, or None."""
    return Admission.objects.filter(organization=organization).first()


def lines_of(admission: Admission) -> list[Line]:
    """The list as it was read."""
    return [Line(*line) for line in admission.lines]


@transaction.atomic
def keep(
    organization: Organization,
    lines: Sequence[Line],
    *,
    source: str,
    actor: Scope,
    now: datetime | None = None,
) -> Admission:
    """Keep the list in place of an earlier one, for the administrators of the organisation. Raises Refused."""
    rules.may_receive(actor, organization).demand()
    if not lines:
        raise Refused(NOBODY)
    if len(lines) > MOST:
        reason = f"名单超过{MOST:,}行"
        raise Refused(no(reason, cause="too_many", remedy="，请只保留本组织的新生。"))
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    Admission.objects.filter(organization=organization).delete()
    admission = Admission(
        organization=organization,
        source=source[-200:],
        kept_at=now or timezone.now(),
        kept_by_name=actor.account_name,
    )
    admission.lines = [list(astuple(line)) for line in lines]
    admission.save(force_insert=True)
    detail = {"lines": len(lines)}
    record("freshmen.list_kept", actor=actor, organization=organization, detail=detail)
    return admission


@transaction.atomic
def drop(organization: Organization, *, actor: Scope) -> None:
    """Forget the list before its time; nobody's case changes. Raises Refused."""
    rules.may_receive(actor, organization).demand()
    if Admission.objects.filter(organization=organization).delete()[0]:
        record("freshmen.list_dropped", actor=actor, organization=organization)


def purge(now: datetime | None = None) -> int:
    """Forget lists older than the days of the setting. Runs every night."""
    limit = (now or timezone.now()) - timedelta(days=settings.ADMISSION_DAYS)
    return Admission.objects.filter(kept_at__lt=limit).delete()[0]
