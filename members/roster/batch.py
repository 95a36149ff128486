"""The life of an import: uploaded, checked, planned, confirmed, run (§5). One state, one conditional update.

Whoever works on a batch holds a session advisory lock on it: a killed worker frees it at once, and the next one
starts that piece of work again. Checking writes only the plan; the run is one transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_q.tasks import async_task

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import crypto, garbage, sheets
from zhtj.lib.verdict import YES, Refused, Verdict, no

from ..models import BatchState, ImportBatch, ImportRow, RowVerdict, Template
from . import brake, kinds, plan, planning, run, undoing

WORKING = (
    BatchState.QUEUED,
    BatchState.CHECKING,
    BatchState.CONFIRMED,
    BatchState.RUNNING,
    BatchState.UNDOING,
)
BEING_CHECKED = (BatchState.QUEUED, BatchState.MAPPING, BatchState.CHECKING)
BEING_RUN = (BatchState.CONFIRMED, BatchState.RUNNING)
_LOCK_SPACE, _TURN_SPACE = 0x1B47, 0x1B48
_NUDGE_AFTER = timedelta(seconds=10)


def upload(
    organization: Organization, file_name: str, raw: bytes, *, actor: Scope, template: str = Template.MEMBERS
) -> ImportBatch:
    """Keep an uploaded roster and have it checked. Raises Refused on rights, size or too many uploads."""
    kinds.kind_of(template).may_import(actor, organization).demand()
    may_upload(actor, len(raw)).demand()
    with transaction.atomic():
        batch = create(organization, file_name, raw, actor=actor, template=template)
        record("imports.uploaded", actor=actor, organization=organization, detail={"batch": batch.pk})
        transaction.on_commit(lambda: enqueue(batch))
    return batch


def may_upload(actor: Scope, size: int) -> Verdict:
    """Limits of size, and of uploads in an hour (*settings*)."""
    most = settings.IMPORT_JOB_BYTES
    if size > most:
        return no(f"文件超过 {most // 2**20} MB", cause="too_large", remedy="，请拆分后分次导入。")
    if size == 0:
        return no("文件是空的", cause="empty", remedy="，请选择填好的名单。")
    hour_ago = timezone.now() - timedelta(hours=1)
    if (
        ImportBatch.objects.filter(importer=actor.account_id, created_at__gt=hour_ago).count()
        >= settings.UPLOADS_PER_HOUR
    ):
        return no(f"一小时内最多上传{settings.UPLOADS_PER_HOUR}次", cause="too_many", remedy="，请稍后再试。")
    return Verdict(True)


def create(
    organization: Organization, file_name: str, raw: bytes, *, actor: Scope, template: str = Template.MEMBERS
) -> ImportBatch:
    """The stored batch: the file encrypted, its fingerprint keyed."""
    batch = ImportBatch(
        organization=organization,
        importer_id=actor.account_id,
        seat_id=actor.seat.pk if actor.seat else None,
        template=template,
        file_name=file_name[-200:],
        file_size=len(raw),
        file_index=crypto.blind_index(hashlib.sha256(raw).hexdigest(), field="import_file"),
    )
    batch.file_cipher = crypto.encrypt_bytes(raw, field="import_file", bound=bytes(batch.file_index))
    batch.save()
    return batch


def file_of(batch: ImportBatch) -> bytes:
    """The file as uploaded."""
    return crypto.decrypt_bytes(batch.file_cipher, field="import_file", bound=bytes(batch.file_index))


def move(batch: ImportBatch, to: str, *, among: tuple[str, ...], **values) -> bool:
    """The one door for states: true when the batch was in one of `among` and is in `to` now."""
    changed = ImportBatch.objects.filter(pk=batch.pk, state__in=among).update(state=to, **values)
    if changed:
        batch.refresh_from_db()
    return bool(changed)


@transaction.atomic
def confirm(
    batch: ImportBatch,
    *,
    actor: Scope,
    ticks: set[int] | None = None,
    acknowledged: bool = False,
    announced: int | None = None,
) -> None:
    """Have the plan run; `ticks` are the row numbers of updates to apply (None: those ticked already).

    `announced` is how many rows the button said, `acknowledged` that unusual changes were looked at (`brake`).
    Raises Refused.
    """
    kinds.may_import(actor, batch).demand()
    held = ImportBatch.objects.select_for_update().only("counts").get(pk=batch.pk)  # nobody mends meanwhile
    if ticks is not None:
        updates = batch.rows.filter(verdict=RowVerdict.UPDATE)
        updates.update(ticked=False)
        updates.filter(number__in=ticks).update(ticked=True)
    rows = plan.chosen(batch).count()
    may_run(batch, rows, announced=announced, acknowledged=acknowledged).demand()
    counts = held.counts | {"chosen": rows}
    confirmed = {"confirmed_at": timezone.now(), "progress": 0, "message": "", "counts": counts}
    if not move(batch, BatchState.CONFIRMED, among=(BatchState.PLANNED,), **confirmed):
        raise Refused(no("这次导入已经确认或放弃", cause="moved_on", remedy="，请刷新查看。"))
    record("imports.confirmed", actor=actor, organization=batch.organization, detail={"batch": batch.pk})
    transaction.on_commit(lambda: enqueue(batch))


def may_run(batch: ImportBatch, rows: int, *, announced: int | None, acknowledged: bool) -> Verdict:
    """Whether the rows chosen are some, as many as announced, and nothing unusual goes unacknowledged."""
    if not rows:
        return no("没有可以导入的行", cause="nothing", remedy="，请先改正错误，或勾选要更新的行。")
    if announced is not None and announced != rows:
        reason = f"选择的行在此期间有变：页面上是 {announced} 行，现在是 {rows} 行，还没有导入"
        return no(reason, cause="announced", remedy="。请核对后再次确认。")
    unusual = [] if acknowledged else brake.of_choice(batch)
    if unusual:
        return no(
            "这份名单的改动较多，还没有导入", cause="brake", remedy="。请核对后勾选“我已核对上述改动”。"
        )
    return YES


@transaction.atomic
def abandon(batch: ImportBatch, *, actor: Scope) -> None:
    """Give the import up before it is run. Raises Refused."""
    among = (BatchState.QUEUED, BatchState.MAPPING, BatchState.CHECKING, BatchState.PLANNED)
    if not move(batch, BatchState.ABANDONED, among=among, finished_at=timezone.now(), file_cipher=None):
        raise Refused(no("这次导入已经确认", cause="moved_on", remedy="，不能放弃。"))
    batch.rows.all().delete()
    record("imports.abandoned", actor=actor, organization=batch.organization, detail={"batch": batch.pk})


def may_cancel(scope: Scope, batch: ImportBatch) -> Verdict:
    """Stopping what is going on: whoever may import there, until everything is written."""
    if batch.state in BEING_CHECKED or batch.state in BEING_RUN:
        return kinds.may_import(scope, batch)
    if batch.state == BatchState.DONE:
        return no("导入已经完成", cause="too_late", remedy="，不能取消。可以在结果页撤销这次导入。")
    return no("这次导入没有在进行", cause="moved_on", remedy="，请刷新查看。")


@transaction.atomic
def cancel(batch: ImportBatch, *, actor: Scope) -> None:
    """Stop checking, which gives the import up, or running: nothing is written and the plan waits again.

    A run hears of it between two pieces; what was asked before its last word is done, later is too late (Refused).
    """
    batch.refresh_from_db(fields=["state"])
    may_cancel(actor, batch).demand()
    if batch.state in BEING_CHECKED:
        abandon(batch, actor=actor)
        return
    waiting = {"message": run.CANCELLED, "confirmed_at": None}
    if not move(batch, BatchState.PLANNED, among=(BatchState.CONFIRMED,), **waiting):
        asked = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.RUNNING)
        if not asked.update(cancel_asked_at=timezone.now()):
            batch.refresh_from_db(fields=["state"])
            may_cancel(actor, batch).demand()
    record("imports.cancelled", actor=actor, organization=batch.organization, detail={"batch": batch.pk})


def enqueue(batch: ImportBatch) -> None:
    """Ask the worker; asking twice is harmless, since the lock lets one of them work."""
    async_task("members.roster.batch.work", batch.pk)


def nudge(batch: ImportBatch) -> None:
    """Called by the waiting page: ask again when nobody has taken the batch up for a while."""
    late = timezone.now() - _NUDGE_AFTER
    if batch.state in WORKING and not is_held(batch):
        due = ImportBatch.objects.filter(pk=batch.pk, nudged_at__lt=late)
        if due.update(nudged_at=timezone.now()):
            enqueue(batch)


def resume() -> None:
    """Ask for every batch that nobody works on: after a worker, server or database was killed. Runs every minute."""
    for batch in ImportBatch.objects.filter(state__in=WORKING).order_by("pk"):
        if not is_held(batch):
            enqueue(batch)


def work(pk: int) -> None:
    """Do whatever the batch's state asks for; returns at once when somebody else does it, or when it is not its turn."""
    batch = ImportBatch.objects.select_related("organization__parent", "importer").get(pk=pk)
    with held(batch) as mine, _in_turn(batch) as turn, garbage.left_for_later():
        if not (mine and turn):
            return
        batch.refresh_from_db(fields=["state", "counts"])
        if batch.state in (BatchState.QUEUED, BatchState.CHECKING):
            planning.make_plan(batch, file_of(batch))
            sheets.keep_ready()
        elif batch.state in (BatchState.CONFIRMED, BatchState.RUNNING):
            run.carry_out(batch)
        elif batch.state == BatchState.UNDOING:
            undoing.carry_out(batch)
    if is_large(batch):
        _call_next()


def is_large(batch: ImportBatch) -> bool:
    """Whether it is for the background: more rows than a page waits for; until they are counted, the size tells."""
    if batch.row_count:
        return batch.row_count > settings.IMPORT_PAGE_ROWS
    return batch.file_size > settings.IMPORT_PAGE_BYTES // 10  # rosters of 5,000 rows have a few hundred KB


def held(batch: ImportBatch) -> AbstractContextManager[bool]:
    """Hold the batch for this session; yields false when another session has it."""
    return _locked(_LOCK_SPACE, batch.pk & 0x7FFFFFFF)


def _in_turn(batch: ImportBatch) -> AbstractContextManager[bool]:
    """Large imports go one at a time, so that they never take every worker and small ones need not wait for them."""
    return _locked(_TURN_SPACE, 0) if is_large(batch) else nullcontext(True)


def _call_next() -> None:
    """Ask for the large imports that had to wait for their turn."""
    for batch in ImportBatch.objects.filter(state__in=WORKING).order_by("pk"):
        if is_large(batch) and not is_held(batch):
            enqueue(batch)


@contextmanager
def _locked(space: int, key: int) -> Iterator[bool]:
    """A session advisory lock: true where it was free; given back at the end, and when the session dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [space, key])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, key])


def is_held(batch: ImportBatch) -> bool:
    """Whether some session works on the batch."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
               WHERE datname = current_database() AND locktype = 'advisory' AND classid = %s AND objid = %s)""",
            [_LOCK_SPACE, batch.pk & 0x7FFFFFFF],
        )
        return cursor.fetchone()[0]


def purge(now: datetime | None = None) -> int:
    """Drop file and rows 30 days (*setting*) after the import was finished, or after its upload; the result stays.

    Runs every hour.
    """
    limit = (now or timezone.now()) - timedelta(days=settings.IMPORT_KEEP_DAYS)
    kept = Exists(ImportRow.objects.filter(batch=OuterRef("pk"))) | Q(file_cipher__isnull=False)
    old = list(
        ImportBatch.objects.alias(settled_at=Coalesce("finished_at", "created_at"))
        .filter(kept, settled_at__lt=limit)
        .exclude(state__in=WORKING)
        .only("pk")
    )
    ImportRow.objects.filter(batch__in=old).delete()
    ImportBatch.objects.filter(pk__in=[batch.pk for batch in old]).update(file_cipher=None)
    return len(old)
