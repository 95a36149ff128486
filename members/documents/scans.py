"""The PDF of a 入团志愿书: uploaded, approved, replaced, read and swept; it lies in encrypted pieces (§5 Documents)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import telling
from accounts.models import Account
from orgs import petitions
from orgs.enums import PetitionKind, PetitionState
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import crypto, pdf
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from ..models import Member, Scan, ScanPiece
from . import rules

PIECE = 64 * 1024  # bytes; the worker rotates keys over many pieces at once
GIVEN_UP = (PetitionState.RETURNED, PetitionState.WITHDRAWN)


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
    account = Account.objects.select_for_update(no_key=True).get(pk=member.account_id)
    scan = Scan.objects.create(
        account=account,
        size=file.size,
        uploaded_at=now,
        uploaded_by=actor.account_id,
        uploaded_by_name=actor.account_name,
    )
    store(scan, file)
    if rules.approves(actor, member):
        accept(scan, now=now)
    else:
        payload = {"scan": scan.pk, "size": scan.size}
        scan.petition = petitions.ask(
            PetitionKind.SCAN, member.branch, account=account, payload=payload, actor=actor, now=now
        )
        scan.save(update_fields=["petition"])
    given_up(account.pk).exclude(pk=scan.pk).delete()
    detail = {"scan": scan.pk, "bytes": scan.size}
    record("members.scan_uploaded", actor=actor, organization=member.branch, account=account, detail=detail)
    return scan


def store(scan: Scan, file: File) -> None:
    """Write the content, each piece encrypted for its place."""
    for number, piece in enumerate(_pieces(file)):
        cipher = crypto.encrypt_bytes(piece, field="scan", bound=f"{scan.pk}/{number}".encode())
        ScanPiece.objects.create(scan=scan, number=number, content_cipher=cipher)


def _pieces(file: File) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def accept(scan: Scan, *, now: datetime) -> None:
    """Make it the valid one, in the caller's transaction; the one before goes."""
    Scan.objects.filter(account=scan.account_id, approved_at__isnull=False).exclude(pk=scan.pk).delete()
    Scan.objects.filter(pk=scan.pk).update(approved_at=now)
    scan.approved_at = now


def given_up(account_id: int) -> QuerySet[Scan]:
    """What nobody approved and nobody decides any more."""
    return Scan.objects.filter(account=account_id, approved_at=None, petition__state__in=GIVEN_UP)


def read(scan: Scan, *, actor: Scope) -> Iterator[bytes]:
    """The content in pieces, after the log row the person will see. The caller has asked who may."""
    branch = _branch_of(scan)
    detail = {"scan": scan.pk}
    record("members.scan_read", actor=actor, organization=branch, account=scan.account, detail=detail)
    numbers = list(scan.pieces.order_by("number").values_list("number", flat=True))
    return _decrypted(scan.pk, numbers)


def _decrypted(scan_id: int, numbers: Iterable[int]) -> Iterator[bytes]:
    """One piece after the other, so that a large file never lies in memory whole."""
    for number in numbers:
        piece = ScanPiece.objects.get(scan=scan_id, number=number)
        yield crypto.decrypt_bytes(piece.content_cipher, field="scan", bound=f"{scan_id}/{number}".encode())


def _branch_of(scan: Scan):
    member = Member.objects.filter(account=scan.account_id).select_related("branch").first()
    return member.branch if member else None


@transaction.atomic
def delete(scan: Scan, member: Member, *, actor: Scope) -> None:
    """Take an approved scan away; the person is told. Raises Refused."""
    rules.may_delete(actor, member).demand()
    found = Scan.objects.select_for_update().filter(pk=scan.pk, approved_at__isnull=False).first()
    if found is None:
        raise Refused(no("这份扫描件已经不在", cause="gone", remedy="，请刷新后查看。"))
    found.delete()
    detail = {"scan": scan.pk}
    record(
        "members.scan_deleted", actor=actor, organization=member.branch, account=member.account, detail=detail
    )
    telling.tell([member.account_id], "您的入团志愿书扫描件已被删除，可以重新上传。")


def sweep(now: datetime | None = None) -> int:
    """Remove what was sent back or withdrawn long ago; how many. The worker calls it every day."""
    long_ago = (now or timezone.now()) - timedelta(days=settings.SCAN_KEEP_DAYS)
    old = Scan.objects.filter(
        approved_at=None, petition__state__in=GIVEN_UP, petition__closed_at__lt=long_ago
    )
    count = old.count()
    old.delete()
    return count
