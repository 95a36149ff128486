"""kill -9 at any statement of an import: all the rows that the button announced or none, and it goes on by itself."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django_q.models import OrmQ

from accounts.models import Account
from members.models import BatchState, ImportBatch, Member, Membership
from members.roster import batch as batches
from orgs.models import Post
from orgs.scope import of_command
from tests.makers import SYSTEM
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)

ROSTER = Path(__file__).parents[2] / "rosters" / "class_30.xls"
PEOPLE, CADRES = 30, 3
PIECE = 11  # three of them
MOST_STATEMENTS = 200
PATIENCE = 5


def uploaded(branch) -> ImportBatch:
    return batches.create(branch, ROSTER.name, ROSTER.read_bytes(), actor=SYSTEM)


def planned(branch) -> ImportBatch:
    batch = uploaded(branch)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.PLANNED
    return batch


def confirmed(branch) -> ImportBatch:
    batch = planned(branch)
    assert batches.move(batch, BatchState.CONFIRMED, among=(BatchState.PLANNED,))
    return batch


def worker(batch: ImportBatch, *, dies_before: int = 0) -> subprocess.Popen:
    """A process of its own that does the batch's next piece of work."""
    command = [sys.executable, "-m", "tests.members.roster.dying_worker"]
    arguments = [connection.settings_dict["NAME"], str(batch.pk), str(dies_before), str(PIECE)]
    return subprocess.Popen(
        [*command, *arguments], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3], env=os.environ.copy()
    )


def ended(process: subprocess.Popen) -> int | None:
    """How many statements the worker made; None when it was killed."""
    out, _ = process.communicate(timeout=60)
    if process.returncode == -signal.SIGKILL:
        return None
    assert process.returncode == 0
    return int(out)


def written() -> list[int]:
    """How much of the roster stands in each table."""
    return [
        Account.objects.count(),
        Member.objects.count(),
        Membership.objects.count(),
        Post.objects.count(),
        AuditEntry.objects.filter(verb="members.enrolled").count(),
    ]


NOTHING, EVERYTHING = [0] * 5, [PEOPLE, PEOPLE, PEOPLE, CADRES, PEOPLE]


def is_free(batch: ImportBatch) -> bool:
    """Whether the server has noticed within moments that the killed worker is gone."""
    deadline = time.monotonic() + PATIENCE
    while batches.is_held(batch) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not batches.is_held(batch)


def goes_on(batch: ImportBatch) -> None:
    """What the routine does after a kill, and what must stand afterwards."""
    assert is_free(batch)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    assert written() == EVERYTHING


@pytest.mark.parametrize("fatal", [4, 14, 28])
def test_a_worker_killed_in_the_run_leaves_nothing_and_the_next_one_imports_everything(country, fatal):
    batch = confirmed(country.class1)
    assert ended(worker(batch, dies_before=fatal)) is None
    assert written() == NOTHING
    goes_on(batch)


def test_a_worker_killed_while_checking_leaves_a_batch_that_is_checked_again(country):
    batch = uploaded(country.class1)
    assert ended(worker(batch, dies_before=12)) is None
    assert is_free(batch)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"], batch.rows.count()) == (BatchState.PLANNED, PEOPLE, PEOPLE)


def test_a_worker_killed_after_it_was_asked_to_cancel_is_followed_by_one_that_does(country):
    batch = confirmed(country.class1)
    assert ended(worker(batch, dies_before=28)) is None
    batch.refresh_from_db()
    batches.cancel(batch, actor=of_command("tests", country.class1))
    assert is_free(batch)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, written()) == (BatchState.PLANNED, NOTHING)


def test_a_killed_worker_frees_its_batch(country):
    batch = confirmed(country.class1)
    ended(worker(batch, dies_before=9))
    assert is_free(batch)


def test_the_routine_finds_the_batch_of_a_killed_worker(country):
    batch = confirmed(country.class1)
    ended(worker(batch, dies_before=9))
    assert is_free(batch)
    OrmQ.objects.all().delete()
    batches.resume()
    assert [task.task["args"] for task in OrmQ.objects.all()] == [(batch.pk,)]


@pytest.mark.prove
def test_killed_before_every_statement_of_the_run(country):
    for fatal in range(1, MOST_STATEMENTS):
        batch = confirmed(country.class1)
        made = ended(worker(batch, dies_before=fatal))
        if made is not None:
            assert made < fatal
            assert fatal > 10
            assert written() == EVERYTHING
            return
        assert written() in (NOTHING, EVERYTHING)
        goes_on(batch)
        clear()
    raise AssertionError(f"more than {MOST_STATEMENTS} statements")


def clear() -> None:
    """An empty country again."""
    tables = "accounts_account, members_member, members_membership, orgs_post, members_importbatch"
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_auditentry")
        cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER USER")
