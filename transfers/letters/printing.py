"""Giving out letters: as PDF, one or many in one file, and as a page to print; every time is on record (§6.8)."""

from __future__ import annotations

from collections.abc import Iterable

import segno
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry
from zhtj.lib.verdict import Refused, no

from ..models import Letter
from . import pdf, rules, wording
from .wording import Sheet

PDF = "application/pdf"
NONE = no("没有可以打印的介绍信", cause="none", remedy="，请先开具。")


def sheets(letters: Iterable[Letter], *, base: str, how: str, actor: Scope) -> list[Sheet]:
    """The words of each letter, recorded as given out. Raises Refused for a void one, and for none at all."""
    rows = list(letters)
    for each in rows:
        rules.may_print(actor, each).demand()
    if not rows:
        raise Refused(NONE)
    AuditEntry.objects.bulk_create(
        entry(
            "letters.printed",
            actor=actor,
            organization=each.issuer,
            account=each.transfer.account,
            detail={"letter": each.pk, "number": each.number, "how": how},
        )
        for each in rows
    )
    return [wording.sheet(each, base=base) for each in rows]


def document(letters: Iterable[Letter], *, base: str, actor: Scope) -> bytes:
    """One PDF, a page a letter. Raises Refused."""
    return pdf.write(sheets(letters, base=base, how="pdf", actor=actor))


def download(raw: bytes, file_name: str) -> HttpResponse:
    """The PDF as an attachment."""
    disposition = content_disposition_header(True, file_name)
    return HttpResponse(raw, content_type=PDF, headers={"Content-Disposition": disposition})


def qr(sheet: Sheet) -> str:
    """The QR code for <img src> of the page."""
    return segno.make(sheet.address, error="m").svg_data_uri(scale=3, border=1)
