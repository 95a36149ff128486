"""Renames of large subtrees in the background: one transaction each, so that readers see all old names or all new.

A job in work is held by a session advisory lock: a killed worker frees it at once, its transaction is undone, and
the routine `run_waiting` begins it again. Progress goes over a second connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils import timezone

from accounts.models import Account
from zhtj.lib.verdict import Refused, no

from . import renaming, scope, tree
from .models import JobState, Organization, TreeJob
from .models.jobs import OPEN
from .scope import Scope

_LOCK_SPACE = 0x5A4A  # one advisory-lock class for jobs in work
RIGHT_LOST = no("发起人已不能办理这项更名", cause="right_lost", remedy="，请由现任管理员重新发起。")


def run_waiting() -> int:
    """Begin every open job that nobody works on; how many were looked at."""
    waiting = list(TreeJob.objects.filter(state__in=OPEN).order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        run(pk)
    return len(waiting)


def run(pk: int) -> None:
    """Carry one job out, unless somebody else is at it or it is closed; a refusal closes it with its reason."""
    with _held(pk) as mine:
        job = TreeJob.objects.select_related("organization").filter(pk=pk, state__in=OPEN).first()
        if not mine or job is None:
            return
        TreeJob.objects.filter(pk=pk).update(state=JobState.RUNNING, done=0)
        try:
            with _second_connection(pk) as progress:
                _carry_out(job, progress)
        except Refused as refused:
            _close(pk, JobState.FAILED, message=refused.verdict.message)


@transaction.atomic
def _carry_out(job: TreeJob, progress: Callable[[int], None]) -> None:
    _take_time()
    organization = job.organization
    tree.hold(organization, exclusive=True)
    if organization.deleted_at is not None:
        raise Refused(no("组织已被删除", cause="gone", remedy="。"))
    renaming.carry_out(organization, job.short_name, actor=_asker(job), progress=progress)
    _close(job.pk, JobState.DONE, done=job.total)


def _take_time() -> None:
    """A large rename may take longer than a page may."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10min'")
        cursor.execute("SET LOCAL lock_timeout = '2min'")


def _asker(job: TreeJob) -> Scope:
    """Who asked, in the same seat, with the rights of now."""
    if job.asked_by is None:
        return scope.of_command(job.asked_by_name, Organization.objects.filter(pk=job.asked_for).first())
    account = Account.objects.get(pk=job.asked_by)
    seats = scope.seats_of(account)
    seat = next((each.pk for each in seats if each.organization_id == job.asked_for), None)
    if seat is None:
        raise Refused(RIGHT_LOST)
    return scope.scope_of(account, seat_id=seat)


def _close(pk: int, state: JobState, **facts: object) -> None:
    TreeJob.objects.filter(pk=pk).update(state=state, finished_at=timezone.now(), **facts)


@contextmanager
def _held(pk: int) -> Iterator[bool]:
    """Whether the job is ours now; others find it taken until we are done or dead."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_SPACE, pk])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_SPACE, pk])


@contextmanager
def _second_connection(pk: int) -> Iterator[Callable[[int], None]]:
    """A function that tells how many names are written, seen by others while the transaction is open."""
    aside = connections.create_connection(DEFAULT_DB_ALIAS)
    aside.settings_dict = connection.settings_dict

    def tell(done: int) -> None:
        with aside.cursor() as cursor:
            cursor.execute("UPDATE orgs_treejob SET done = %s WHERE id = %s", [done, pk])

    try:
        yield tell
    finally:
        aside.close()
