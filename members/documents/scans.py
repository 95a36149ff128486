"""The PDF of a 入团志愿书 as it lies: in encrypted pieces; approved, replaced, read, deleted and swept (§5 Documents)."""

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
from orgs.enums import PetitionState
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import crypto
from zhtj.lib.verdict import Refused, no

from ..models import Member, Scan, ScanPiece
from . import rules

PIECE = 64 * 1024  # bytes; the worker rotates keys over many pieces at once
GIVEN_UP = (PetitionState.RETURNED, PetitionState.WITHDRAWN)


def store(scan: Scan, file: File) -> None:
    """Write the content, each piece encrypted for its place."""
    for number, piece in enumerate(_pieces(file)):
        cipher = crypto.encrypt_bytes(piece, field="scan", bound=f"{scan.pk}/{number}".encode())
        ScanPiece.objects.create(scan=scan, number=number, content_cipher=cipher)


def _pieces(file: File) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def locked(account_id: int) -> Account:
    """The person, held until the end before any of his or her scans: of two that would become valid one follows."""
    return Account.objects.select_for_update(no_key=True).get(pk=account_id)


def accept(scan: Scan, *, now: datetime) -> None:
    """Make it the valid one, in the transaction of a caller who holds the person; the one before goes."""
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
    locked(member.account_id)
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
