"""How the work on an import ends when it cannot go on: whose rights it has, and what its importer is told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import telling
from orgs import scope
from orgs.scope import Scope
from zhtj.lib.verdict import Refused, no

from ..models import BatchState, ImportBatch
from . import kinds

logger = logging.getLogger(__name__)
IN_WORK = (BatchState.QUEUED, BatchState.CHECKING, BatchState.CONFIRMED, BatchState.RUNNING)


def importer_scope(batch: ImportBatch) -> Scope:
    """The importer's rights as they are now: the seat the file was uploaded in. Raises Refused when it is gone."""
    if batch.importer is None:
        return scope.of_command("import_roster", batch.organization)
    actor = scope.scope_of(batch.importer, seat_id=batch.seat_id)
    if actor.seat is None or actor.seat.pk != batch.seat_id:
        raise Refused(no("上传者已不是该组织的管理员", cause="rights", remedy="，没有写入任何数据。"))
    kinds.may_import(actor, batch).demand()
    return actor


def or_reject(piece_of_work: Callable[..., None]) -> Callable[..., None]:
    """Decorator: a fault of ours closes the import and says so; else the routine would try it every minute for ever.

    What the database may answer otherwise a moment later is left to the routine.
    """

    @wraps(piece_of_work)
    def run(batch: ImportBatch, *args: Any) -> None:
        try:
            piece_of_work(batch, *args)
        except (OperationalError, InterfaceError, IntegrityError):
            raise
        except Exception:
            logger.exception("import %s failed", batch.pk)
            reject(batch, "处理这份名单时出错，没有写入任何数据。请重新上传；仍不行，请告诉上级管理员。")

    return run


@transaction.atomic
def reject(batch: ImportBatch, message: str) -> None:
    """Close the import with a message; nothing of the file is kept."""
    rejected = ImportBatch.objects.filter(pk=batch.pk, state__in=IN_WORK)
    if rejected.update(
        state=BatchState.REJECTED, message=message, finished_at=timezone.now(), file_cipher=None
    ):
        batch.rows.all().delete()
        tell(batch, "没有导入，原因见这次导入的页面")
    batch.refresh_from_db()


def tell(batch: ImportBatch, what: str) -> None:
    """Leave the importer a notice about the import, in the caller's transaction. It names no file: names hold numbers."""
    if batch.importer_id is not None:
        text = f"导入到“{batch.organization.short_name}”的名单{what}。"
        telling.tell([batch.importer_id], text, url=reverse("imports:detail", args=[batch.pk]))
