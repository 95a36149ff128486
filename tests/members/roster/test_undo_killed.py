"""kill -9 at any statement of an undo: all of it or nothing, and it goes on by itself."""

import pytest
from django.db import connection
from django_q.models import OrmQ

from accounts.models import Account
from members.models import BatchState, ImportBatch, Member
from members.roster import batch as batches
from members.roster import undo
from orgs.scope import of_command
from tests import makers
from zhtj.audit.models import AuditEntry

from .sheets import person
from .test_killed import MOST_STATEMENTS, clear, ended, is_free, worker
from .test_undo import CADRE, number
from .undoing import everything, imported

pytestmark = pytest.mark.django_db(transaction=True)


def asked(branch) -> tuple[ImportBatch, dict, dict]:
    """An import of somebody new, somebody known and an update, whose undo is asked for; all before and after it."""
    known = makers.make_account("赵旧", number=number(), phone="", education="")
    member = makers.make_admin(branch, "钱更新", number=number(), title="副书记")
    before = everything()
    batch = imported(
        branch,
        person(**CADRE),
        person("赵旧", 身份证号码=known.id_number),
        person("钱更新", 身份证号码=member.id_number, **CADRE),
    )
    after = everything()
    assert batch.counts["written"] == 3
    undo.undo(batch, actor=of_command("tests", branch))
    return batch, before, after


def goes_on(batch: ImportBatch, before: dict) -> None:
    """What the routine does after a kill, and what must stand afterwards."""
    assert is_free(batch)
    OrmQ.objects.all().delete()
    batch.refresh_from_db()
    waits = (
        [] if batch.state == BatchState.UNDONE else [(batch.pk,)]
    )  # killed with its last breath, it is done
    batches.resume()
    assert [task.task["args"] for task in OrmQ.objects.all()] == waits
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDONE
    assert everything() == before
    assert AuditEntry.objects.filter(verb="members.import_undone").count() == 3


@pytest.mark.parametrize("fatal", [8, 25, 45])
def test_a_worker_killed_in_the_undo_leaves_everything_and_the_next_one_undoes_it(country, fatal):
    batch, before, after = asked(country.class1)
    assert ended(worker(batch, dies_before=fatal)) is None
    assert everything() == after
    goes_on(batch, before)


@pytest.mark.prove
def test_killed_before_every_statement_of_the_undo(country):
    for fatal in range(1, MOST_STATEMENTS):
        batch, before, after = asked(country.class1)
        made = ended(worker(batch, dies_before=fatal))
        if made is not None:
            assert 40 < made < fatal
            assert everything() == before
            return
        assert everything() in (before, after)
        goes_on(batch, before)
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE orgs_seat CASCADE")
        clear()
        assert not Account.objects.exists()
        assert not Member.objects.exists()
    raise AssertionError(f"more than {MOST_STATEMENTS} statements")
