"""Sealing: committed entries are numbered and hash-chained apart from the acts that wrote them.

Chaining while writing would make every sign-in wait for every open import. A keyed digest, so that whoever can
change rows but does not hold the key cannot make the chain fit again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from .models import AuditEntry, AuditPending, AuditSeal

BATCH = 5000
_LOCK = 0x5EA1
_COLUMNS = [field.attname for field in AuditEntry._meta.concrete_fields]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not fit; `where` names the seal or entry."""

    where: str
    what: str


def _line(row: dict) -> bytes:
    return json.dumps(
        [row[name] for name in _COLUMNS], default=str, ensure_ascii=False, sort_keys=True
    ).encode()


def _digest(previous: bytes, rows: Iterable[dict]) -> bytes:
    mac = hmac.new(settings.INDEX_KEY, b"audit\0" + previous, hashlib.sha256)
    for row in rows:
        mac.update(_line(row) + b"\n")
    return mac.digest()


def _rows(ids: list[int]) -> list[dict]:
    return list(AuditEntry.objects.filter(pk__in=ids).order_by("pk").values(*_COLUMNS))


@transaction.atomic
def seal() -> int:
    """Seal one batch of committed entries; the number of entries sealed. One sealer at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    ids = list(AuditPending.objects.order_by("entry_id").values_list("entry_id", flat=True)[:BATCH])
    if not ids:
        return 0
    last = AuditSeal.objects.order_by("-number").first()
    number, previous = (last.number + 1, bytes(last.digest)) if last else (1, b"")
    AuditSeal.objects.create(number=number, entry_ids=ids, digest=_digest(previous, _rows(ids)))
    AuditPending.objects.filter(entry_id__in=ids).delete()
    return len(ids)


def seal_all() -> int:
    """Seal everything committed so far; the schedule calls it every minute."""
    total = 0
    while sealed := seal():
        total += sealed
    return total


def verify() -> Iterator[Fault]:
    """Everything about entries and seals that does not fit, seal by seal."""
    previous, expected = b"", 1
    sealed = 0
    for one in AuditSeal.objects.order_by("number").iterator(chunk_size=100):
        rows = _rows(one.entry_ids)
        sealed += len(rows)
        if one.number != expected:
            yield Fault(f"封存 {expected}", "封存记录缺失")
        if len(rows) != len(one.entry_ids):
            yield Fault(f"封存 {one.number}", f"缺少 {len(one.entry_ids) - len(rows)} 条操作记录")
        elif _digest(previous, rows) != bytes(one.digest):
            yield Fault(f"封存 {one.number}", "操作记录或前一封存被改动")
        previous, expected = bytes(one.digest), one.number + 1
    loose = AuditEntry.objects.count() - sealed - AuditPending.objects.count()
    if loose > 0:
        yield Fault("操作记录", f"{loose} 条既未封存也不在待封存之列")
