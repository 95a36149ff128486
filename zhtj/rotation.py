"""Rotation of the encryption key: everything an older key encrypted is written again with the active one.

Old rows read all the time; it may be stopped and started again, since what is done is no longer found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction

from accounts.models import Account
from members.models import ImportBatch, ImportRow, ScanPiece
from regcodes.models import RegistrationCode
from transfers.models import Letter
from transfers.models.letters import CODE_FIELD
from zhtj.lib import crypto
from zhtj.lib.sealed import Sealed

PIECE = 500


@dataclass(frozen=True, slots=True)
class Secret:
    """One encrypted column: the field name and the binding its ciphers were made with."""

    model: type[models.Model]
    column: str
    field: str
    bound: Callable[[Any], bytes]


SECRETS = (
    Secret(Account, "id_cipher", "id_number", lambda row: bytes(row.id_index)),
    Secret(Account, "phone_cipher", "phone", lambda row: bytes(row.id_index)),
    Secret(RegistrationCode, "code_cipher", "registration_code", lambda row: bytes(row.code_index)),
    Secret(Letter, "code_cipher", CODE_FIELD, lambda row: bytes(row.code_index)),
    Secret(ImportBatch, "file_cipher", "import_file", lambda row: bytes(row.file_index)),
    Secret(ScanPiece, "content_cipher", "scan", lambda row: f"{row.scan_id}/{row.number}".encode()),
    Secret(ImportRow, "payload_cipher", "import_row", lambda row: f"{row.batch_id}/{row.number}".encode()),
    Secret(ImportRow, "trace_cipher", "import_trace", lambda row: f"{row.batch_id}/{row.number}".encode()),
    *(
        Secret(model, each.column, each.field, lambda row: row.key.bytes)
        for model in apps.get_models()
        for each in vars(model).values()
        if isinstance(each, Sealed)
    ),
)


def reencrypt() -> Iterator[tuple[Secret, int]]:
    """Write everything again, column by column, in pieces of their own transaction; yields how many rows of each."""
    for secret in SECRETS:
        done = 0
        while count := _piece(secret):
            done += count
        yield secret, done


@transaction.atomic
def _piece(secret: Secret) -> int:
    head = crypto.active_head()
    column = secret.model._meta.get_field(secret.column).column
    stale = secret.model._default_manager.extra(
        where=[f'substring("{column}" from 1 for %s) <> %s'], params=[len(head), head]
    )
    rows = list(stale.select_for_update(skip_locked=True).order_by("pk")[:PIECE])
    for row in rows:
        bound = secret.bound(row)
        plain = crypto.decrypt_bytes(getattr(row, secret.column), field=secret.field, bound=bound)
        setattr(row, secret.column, crypto.encrypt_bytes(plain, field=secret.field, bound=bound))
    secret.model._default_manager.bulk_update(rows, [secret.column])
    return len(rows)
