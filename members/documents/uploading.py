"""The verb that takes the PDF of a 入团志愿书 and asks for the word of the direct superior (§5 Documents)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from orgs import petitions
from orgs.enums import PetitionKind
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import pdf
from zhtj.lib.verdict import YES, Verdict, first_no, no

from ..models import Member, Scan
from . import kind as kind  # registers the petition
from . import rules, scans


def upload(member: Member, file: File, *, actor: Scope, now: datetime | None = None) -> Scan:
    """Keep a PDF: valid at once for the direct superior, else after its word. Raises Refused; nothing is kept then."""
    now = now or timezone.now()
    first_no(
        rules.may_upload(actor, member), rules.size_fits(file.size), _not_too_often(actor, now=now)
    ).demand()
    pdf.problem(file.chunks()).demand()
    return _keep(member, file, actor=actor, now=now)


def _not_too_often(actor: Scope, *, now: datetime) -> Verdict:
    hour = Scan.objects.filter(uploaded_by=actor.account_id, uploaded_at__gt=now - timedelta(hours=1))
    if hour.count() < settings.UPLOADS_PER_HOUR:
        return YES
    return no(f"一小时内最多上传{settings.UPLOADS_PER_HOUR}次", cause="too_many", remedy="，请稍后再试。")


@transaction.atomic
def _keep(member: Member, file: File, *, actor: Scope, now: datetime) -> Scan:
    """The file in pieces, and the request for the word of the direct superior."""
    account = scans.locked(member.account_id)
    scan = Scan.objects.create(
        account=account,
        size=file.size,
        uploaded_at=now,
        uploaded_by=actor.account_id,
        uploaded_by_name=actor.account_name,
    )
    scans.store(scan, file)
    if rules.approves(actor, member):
        scans.accept(scan, now=now)
    else:
        payload = {"scan": scan.pk, "size": scan.size}
        scan.petition = petitions.ask(
            PetitionKind.SCAN, member.branch, account=account, payload=payload, actor=actor, now=now
        )
        scan.save(update_fields=["petition"])
    scans.given_up(account.pk).exclude(pk=scan.pk).delete()
    detail = {"scan": scan.pk, "bytes": scan.size}
    record("members.scan_uploaded", actor=actor, organization=member.branch, account=account, detail=detail)
    return scan
