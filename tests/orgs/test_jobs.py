"""Renames of large subtrees as jobs: all or nothing, resumed, and with the rights of the moment they run."""

import pytest
from django.db import connection
from django.db.models.functions import Length

from orgs import jobs, lifecycle, scope, tree
from orgs.enums import Category
from orgs.models import FormerName, JobState, Organization, Seat, TreeJob
from orgs.tree import rewriting
from tests import interleave, makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

NEW = "医学部团委"


@pytest.fixture(autouse=True)
def _two_at_once(settings):
    settings.RENAME_AT_ONCE = 2


@pytest.fixture
def university(cast, country):
    """The scope of the university's administrator."""
    return scope.scope_of(cast.university_admin)


def names_below(organization) -> list[str]:
    rows = Organization.objects.filter(path__startswith=organization.path).order_by("path")
    return list(rows.values_list("full_name", flat=True))


@pytest.mark.django_db
def test_a_large_subtree_is_left_to_the_worker(cast, country, university):
    before = names_below(country.college)
    lifecycle.edit(country.college, short_name=NEW, actor=university)
    job = TreeJob.objects.get()
    assert (job.state, job.total, job.short_name) == (JobState.WAITING, 4, NEW)
    assert names_below(country.college) == before


@pytest.mark.django_db
def test_a_small_one_is_renamed_at_once(cast, country):
    lifecycle.edit(country.class1, short_name="临床1班团支部", actor=scope.scope_of(cast.college_admin))
    assert not TreeJob.objects.exists()


@pytest.mark.django_db
def test_the_job_renames_all_and_is_on_record_for_who_asked(cast, country, university):
    lifecycle.edit(country.college, short_name=NEW, actor=university)
    jobs.run(TreeJob.objects.get().pk)
    job = TreeJob.objects.get()
    assert (job.state, job.done) == (JobState.DONE, 4)
    assert names_below(country.college)[1] == "新疆生产建设兵团石河子大学医学部2023级1班团支部"
    row = AuditEntry.objects.get(verb="orgs.renamed")
    assert (row.actor_name, row.seat_id) == ("石大河", country.university.pk)


@pytest.mark.django_db
def test_a_job_done_is_not_done_again(cast, country, university):
    lifecycle.edit(country.college, short_name=NEW, actor=university)
    pk = TreeJob.objects.get().pk
    jobs.run(pk)
    jobs.run(pk)
    assert FormerName.objects.count() == 1


@pytest.mark.django_db
def test_a_second_rename_waits_for_the_first(cast, country, university):
    lifecycle.edit(country.college, short_name=NEW, actor=university)
    with pytest.raises(Refused) as caught:
        lifecycle.edit(country.college, short_name="医学团委", actor=university)
    assert caught.value.verdict.cause == "renaming"


@pytest.mark.django_db
def test_who_lost_the_seat_meanwhile_renames_nothing(cast, country, university):
    before = names_below(country.college)
    lifecycle.edit(country.college, short_name=NEW, actor=university)
    Seat.objects.filter(organization=country.university).delete()
    jobs.run_waiting()
    job = TreeJob.objects.get()
    assert (job.state, job.message) == (JobState.FAILED, jobs.RIGHT_LOST.message)
    assert names_below(country.college) == before


@pytest.mark.django_db
def test_a_name_taken_meanwhile_ends_the_job_with_its_reason(cast, country, university):
    lifecycle.edit(country.college, short_name=NEW, actor=university)
    makers.make_org(country.university, NEW, Category.COMMITTEE)
    jobs.run_waiting()
    assert TreeJob.objects.get().state == JobState.FAILED
    assert TreeJob.objects.get().message.startswith("“新疆生产建设兵团石河子大学团委”下已有“医学部团委”")


@pytest.mark.django_db
def test_names_in_pieces_are_the_names_in_one(cast, country, monkeypatch):
    monkeypatch.setattr(rewriting, "PIECE", 3)
    told: list[int] = []
    tree.rename(country.university, "石大团委", progress=told.append)
    assert told == [3, 4]
    assert (
        not Organization.objects.filter(full_name__contains="石河子大学团").exclude(deleted_at=None).exists()
    )
    assert names_below(country.class1) == ["新疆生产建设兵团石大石河子大学医学院2023级1班团支部"]


@pytest.mark.django_db(transaction=True)
def test_readers_see_all_old_names_until_all_are_new(cast, country, university, monkeypatch):
    """Progress is told from inside the open transaction; whoever reads then sees neither half nor mixture."""
    monkeypatch.setattr(rewriting, "PIECE", 1)
    lifecycle.edit(country.college, short_name=NEW, actor=university)
    pk, before, seen = TreeJob.objects.get().pk, names_below(country.college), []

    def look():
        seen.append((names_below(country.college) == before, TreeJob.objects.get(pk=pk).done))

    def watching(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith('UPDATE "orgs_organization"'):
            interleave.all_at_once(look)
        return result

    with connection.execute_wrapper(watching):
        jobs.run(pk)
    assert [old for old, _ in seen] == [True] * len(seen)
    assert [done for _, done in seen][-1] >= 2
    assert names_below(country.college) != before


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_nothing_and_the_next_one_begins_again(cast, country, university):
    before = names_below(country.college)
    lifecycle.edit(country.college, short_name=NEW, actor=university)
    pk = TreeJob.objects.get().pk

    def dying(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if "orgs_treejob" in sql and "finished_at" in sql and sql.startswith("UPDATE"):
            execute("SELECT pg_terminate_backend(pg_backend_pid())", None, False, context)
        return result

    def killed():
        with connection.execute_wrapper(dying):
            jobs.run(pk)

    outcome = interleave.all_at_once(killed)[0]
    assert outcome.error is not None
    assert names_below(country.college) == before
    assert TreeJob.objects.get().is_open
    jobs.run_waiting()
    assert TreeJob.objects.get().state == JobState.DONE
    assert names_below(country.college) != before


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_one_job_once(cast, country, university):
    lifecycle.edit(country.college, short_name=NEW, actor=university)
    pk = TreeJob.objects.get().pk
    outcomes = interleave.all_at_once(lambda: jobs.run(pk), lambda: jobs.run(pk))
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert FormerName.objects.count() == 1


@pytest.mark.django_db
def test_the_longest_name_is_measured_before_the_job_is_planned(cast, country, university):
    longest = Organization.objects.annotate(size=Length("full_name")).order_by("-size").first()
    Organization.objects.filter(pk=longest.pk).update(full_name="字" * 500)
    with pytest.raises(Refused) as caught:
        lifecycle.edit(country.college, short_name="石河子大学医学院和附属医院团委", actor=university)
    assert caught.value.verdict.cause == "too_long"
