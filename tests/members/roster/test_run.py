"""A run in several pieces: progress seen from outside, cancelling, notices, and what a single piece would have done."""

import pytest
from django.db import connection

from accounts.models import Account, Notice
from members.models import BatchState, ImportBatch, Member
from members.roster import batch as batches
from members.roster import planning, watch
from orgs.scope import scope_of
from tests import makers
from tests.members.roster.sheets import person, roster
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

ROWS, PIECE = 7, 3


@pytest.fixture
def by_threes(settings):
    """Pieces of three rows."""
    settings.IMPORT_PIECE_ROWS = PIECE


def uploaded(branch, *, chief=None) -> ImportBatch:
    """A roster of seven new people, by the branch's administrator."""
    chief = chief or makers.make_admin(branch)
    raw = roster(*(person(f"新生{each}") for each in "甲乙丙丁戊己庚"))
    return batches.create(branch, "名单.xlsx", raw, actor=scope_of(chief))


def confirmed(branch, **facts) -> ImportBatch:
    """The same, planned and confirmed."""
    batch = uploaded(branch, **facts)
    batches.work(batch.pk)
    batch.refresh_from_db()
    batches.confirm(batch, actor=scope_of(batch.importer))
    return batch


@pytest.mark.django_db
def test_several_pieces_write_everybody_in_order_of_the_plan(country, by_threes):
    batch = confirmed(country.class1)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["written"], batch.counts["stopped"]) == (BatchState.DONE, ROWS, 0)
    assert Member.objects.filter(account__name__startswith="新生").count() == ROWS
    assert AuditEntry.objects.filter(verb="members.enrolled", detail__batch=batch.pk).count() == ROWS


@pytest.mark.django_db
def test_a_row_of_a_later_piece_that_somebody_else_entered_is_stopped(country, by_threes):
    batch = confirmed(country.class1)
    last = batch.rows.order_by("-id_index").first()
    number = planning.plan.shown(batch, last).texts[batch.layout["columns"]["身份证号码"]]
    makers.make_member(country.class2, number=number)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert (batch.counts["written"], batch.counts["stopped"]) == (ROWS - 1, 1)
    last.refresh_from_db()
    assert last.cause == "stopped"


def seen_from_outside(batch: ImportBatch, act) -> list[tuple]:
    """State and progress as other sessions see them before each statement of `act`, without repetitions."""
    seen: list[tuple] = []
    other = watch.connections.create_connection("default")

    def look(execute, sql, params, many, context):
        with other.cursor() as cursor:
            cursor.execute("SELECT state, progress FROM members_importbatch WHERE id = %s", [batch.pk])
            standing = cursor.fetchone()
        if not seen or seen[-1] != standing:
            seen.append(standing)
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(look):
            act()
    finally:
        other.close()
    return seen


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_checking_and_while_the_transaction_is_open(country, by_threes):
    batch = uploaded(country.class1)
    seen = seen_from_outside(batch, lambda: batches.work(batch.pk))
    assert [each for each in seen if each[0] == "checking"] == [("checking", at) for at in (0, 3, 6, 7)]
    batch.refresh_from_db()
    batches.confirm(batch, actor=scope_of(batch.importer))
    seen = seen_from_outside(batch, lambda: batches.work(batch.pk))
    assert [each for each in seen if each[0] == "running"] == [("running", at) for at in (0, 3, 6)]


@pytest.mark.django_db
def test_more_rows_than_an_import_takes_are_refused_in_words(country, settings):
    settings.IMPORT_JOB_ROWS = ROWS - 1
    batch = uploaded(country.class1)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == (BatchState.REJECTED, 0)
    assert "有7行数据，超过6行" in batch.message
    assert "请分成几个文件上传" in batch.message


# -- cancelling -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_import_being_checked_is_given_up(country):
    batch = uploaded(country.class1)
    batches.cancel(batch, actor=scope_of(batch.importer))
    assert batch.state == BatchState.ABANDONED


@pytest.mark.django_db
def test_an_import_that_has_not_begun_to_run_waits_for_its_button_again(country):
    batch = confirmed(country.class1)
    batches.cancel(batch, actor=scope_of(batch.importer))
    assert (batch.state, batch.message) == (BatchState.PLANNED, "导入已取消，没有写入任何数据。")
    batches.work(batch.pk)
    assert Account.objects.filter(name__startswith="新生").count() == 0
    assert AuditEntry.objects.filter(verb="imports.cancelled").count() == 1
    batches.confirm(batch, actor=scope_of(batch.importer))
    batches.work(batch.pk)
    assert Account.objects.filter(name__startswith="新生").count() == ROWS


@pytest.mark.django_db
def test_what_a_killed_worker_did_not_hear_the_next_one_does(country):
    batch = confirmed(country.class1)
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.RUNNING)
    batches.cancel(batch, actor=scope_of(batch.importer))
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.cancel_asked_at) == (BatchState.PLANNED, None)
    assert Account.objects.filter(name__startswith="新生").count() == 0
    assert "取消" in Notice.objects.get(account=batch.importer).text


@pytest.mark.django_db
def test_what_is_done_cannot_be_cancelled(country):
    batch = confirmed(country.class1)
    batches.work(batch.pk)
    with pytest.raises(Refused) as refused:
        batches.cancel(batch, actor=scope_of(batch.importer))
    assert refused.value.verdict.cause == "too_late"


@pytest.mark.django_db
def test_only_who_may_import_there_may_cancel(country):
    batch, stranger = confirmed(country.class1), makers.make_admin(country.class2)
    with pytest.raises(Refused):
        batches.cancel(batch, actor=scope_of(stranger))
    batch.refresh_from_db()
    assert batch.state == BatchState.CONFIRMED


# -- notices, turns ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_importer_is_told_of_the_result(country):
    batch = confirmed(country.class1)
    batches.work(batch.pk)
    notice = Notice.objects.get(account=batch.importer)
    assert notice.text == f"导入到“{country.class1.short_name}”的名单已导入 {ROWS} 人。"
    assert notice.url == f"/imports/{batch.pk}/"


@pytest.mark.django_db
def test_of_a_plan_only_whoever_will_not_have_waited_is_told(country, settings):
    small = uploaded(country.class1)
    batches.work(small.pk)
    assert Notice.objects.count() == 0
    settings.IMPORT_PAGE_ROWS = ROWS - 1
    batches.work(uploaded(country.class1, chief=small.importer).pk)
    assert "等待您确认" in Notice.objects.get(account=small.importer).text


@pytest.mark.django_db(transaction=True)
def test_a_second_large_import_waits_for_the_first_and_small_ones_do_not(country, settings):
    settings.IMPORT_PAGE_ROWS = ROWS - 1
    first, other = (confirmed(each) for each in (country.class1, country.class2))
    session = watch.connections.create_connection("default")
    with session.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, 0)", [batches._TURN_SPACE])
        batches.work(first.pk)
        first.refresh_from_db()
        assert first.state == BatchState.CONFIRMED
        settings.IMPORT_PAGE_ROWS = ROWS
        batches.work(other.pk)
        other.refresh_from_db()
        assert other.state == BatchState.DONE
    session.close()
    settings.IMPORT_PAGE_ROWS = ROWS - 1
    batches.work(first.pk)
    first.refresh_from_db()
    assert first.state == BatchState.DONE
