"""撤销导入: who may, for how long, whom it keeps for the sake of the tree, and what is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Account, Notice
from members.models import BatchState, ImportBatch
from members.roster import batch as batches
from members.roster import touched, undo
from orgs import relocation, scope
from orgs.models import Seat
from zhtj.audit.models import AuditEntry
from zhtj.desk import closing
from zhtj.lib.verdict import Refused

from .sheets import person, roster
from .test_undo import edited
from .undoing import everything, imported, undone, worked

pytestmark = pytest.mark.django_db
CADRE = {"是否团干部": "是", "团内职务": "组织委员", "任现职年月": "2024-09", "团干部性质": "兼职"} | {
    "是否同级党委（支部）成员": "否"
}


def cause(batch, actor, **kwargs) -> str:
    return undo.may_undo(actor, batch, **kwargs).cause


def test_who_may_import_there_may_undo_for_thirty_days(cast, country):
    batch = imported(country.class1, person())
    late = timezone.now() + timedelta(days=30)
    assert undo.may_undo(scope.scope_of(cast.class1_admin), batch)
    assert undo.may_undo(scope.scope_of(cast.college_admin), batch)
    assert cause(batch, scope.scope_of(cast.class2_admin)) == "not_superior"
    assert cause(batch, scope.scope_of(cast.class1_admin), now=late) == "too_late"


def test_only_what_is_done_is_undone_and_once(cast, country):
    actor = scope.scope_of(cast.class1_admin)
    planned = batches.create(country.class1, "名单.xlsx", roster(person()), actor=actor)
    batches.work(planned.pk)
    planned.refresh_from_db()
    assert cause(planned, actor) == "not_done"
    batch = imported(country.class1, person("钱其他"))
    undo.undo(batch, actor=actor)
    with pytest.raises(Refused) as refusal:
        undo.undo(ImportBatch.objects.get(pk=batch.pk), actor=actor)
    assert refusal.value.verdict.cause == "moved_on"
    assert cause(worked(batch, BatchState.UNDONE), actor) == "moved_on"


def test_the_rows_live_as_long_as_the_undo(country):
    batch = imported(country.class1, person())
    old = timezone.now() - timedelta(days=31)
    ImportBatch.objects.filter(pk=batch.pk).update(created_at=old)
    assert (batches.purge(), batch.rows.count()) == (0, 1)
    ImportBatch.objects.filter(pk=batch.pk).update(finished_at=old)
    assert (batches.purge(), batch.rows.count()) == (1, 0)


def test_rights_are_asked_again_when_it_is_carried_out(cast, country):
    batch = imported(country.class1, person())
    actor = scope.scope_of(cast.class1_admin)
    undo.undo(batch, actor=actor)
    Seat.objects.filter(post__account=cast.class1_admin).delete()
    batch = worked(batch, BatchState.DONE)
    assert (batch.message, Account.objects.filter(name="赵新生").count()) == (
        "撤销者已不是该组织的管理员，没有撤销任何数据。",
        1,
    )


def test_an_organisation_deleted_meanwhile_keeps_its_import(cast, country):
    batch = imported(country.class1, person())
    undo.undo(batch, actor=scope.scope_of(cast.college_admin))
    closing.close(country.class1, actor=scope.scope_of(cast.college_admin))
    batch = worked(batch, BatchState.DONE)
    assert batch.message == "这个组织已不存在，没有撤销任何数据。"


def test_a_branch_deleted_below_a_committee_keeps_its_people(cast, country):
    places = {"所在团支部全称": country.class1.full_name}, {"所在团支部全称": country.class2.full_name}
    people = person("赵一班", **places[0]), person("钱二班", **places[1])
    columns = ("所在团支部全称", *person())
    actor = scope.scope_of(cast.college_admin)
    batch = imported(country.college, *people, actor=actor, columns=columns)
    closing.close(country.class1, actor=actor)
    batch = undone(batch, actor)
    assert undo.kept(batch) == {2: "团籍已转到“新疆生产建设兵团石河子大学石河子大学医学院待接转团支部”"}


def test_a_branch_that_has_gone_elsewhere_keeps_its_people(country):
    places = [{"所在团支部全称": branch.full_name} for branch in (country.class1, country.class2)]
    people = person("赵一班", **places[0]), person("钱二班", **places[1])
    batch = imported(country.college, *people, columns=tuple(people[0]))
    relocation.carry_out(country.class1, country.university, actor=scope.of_command("tests", country.corps))
    assert undo.kept(undone(batch)) == {2: touched.RELOCATED}


def test_everybody_and_the_batch_stand_in_the_audit_and_the_importer_is_told(cast, country):
    batch = imported(country.class1, person(), actor=scope.scope_of(cast.class1_admin))
    undone(batch, scope.scope_of(cast.college_admin))
    told = AuditEntry.objects.filter(
        verb__in=("members.import_undone", "imports.undone", "imports.undo_asked")
    )
    assert [(each.verb, each.actor_name, each.account_name) for each in told.order_by("verb")] == [
        ("imports.undo_asked", "易学园", ""),
        ("imports.undone", "易学园", ""),
        ("members.import_undone", "易学园", "赵新生"),
    ]
    told = Notice.objects.filter(text__contains="撤销").values_list("account", "text")
    assert dict(told) == {
        cast.college_admin.pk: "导入到“2023级1班团支部”的名单已撤销：撤销 1 人。",
        cast.class1_admin.pk: "导入到“2023级1班团支部”的名单已由易学园撤销：撤销 1 人。",
    }


def test_the_rehearsal_says_what_the_undo_does_and_writes_nothing(country, cast):
    batch = imported(country.class1, person(), person("钱其他"))
    edited(batch, cast)
    before = everything()
    rehearsal = undo.rehearse(batch, actor=scope.of_command("tests", country.class1))
    assert (rehearsal.undone, rehearsal.reasons) == (1, {2: "资料已修改：微信"})
    assert everything() == before


def test_undo_takes_as_many_statements_for_many_as_for_few(country, django_assert_max_num_queries):
    few = imported(country.class1, person())
    many = imported(
        country.class2, *(person(f"众{'甲乙丙丁戊己庚辛'[at]}", **({} if at else CADRE)) for at in range(8))
    )
    counts = []
    for batch in (few, many):
        undo.undo(batch, actor=scope.of_command("tests", batch.organization))
        with django_assert_max_num_queries(80) as context:
            worked(batch, BatchState.UNDONE)
        counts.append(len(context.captured_queries))
    assert abs(counts[0] - counts[1]) <= 1
