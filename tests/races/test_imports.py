"""Imports and their undo against whatever touches the same people or places at the same time."""

import itertools
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import reset, signin
from accounts.models import Account
from members import amend, entry, placing
from members.entry import Entered
from members.models import BatchState, ImportBatch, Member, Membership, RowVerdict
from members.roster import batch as batches
from members.roster import present, undo, undoing
from orgs import administrators, lifecycle, posts, relocation
from orgs.enums import Category
from orgs.models import Organization, Post, Seat
from orgs.posts import Office
from orgs.scope import nobody, of_command
from tests import interleave, makers
from tests.members.roster.sheets import person, roster
from zhtj.desk import closing
from zhtj.lib import retry
from zhtj.lib.verdict import Refused

from .world import again, told, whole

pytestmark = pytest.mark.django_db(transaction=True)
quick_and_full = pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.prove)])
_serial = itertools.count(1)
CADRE = {"是否团干部": "是", "团内职务": "组织委员", "任现职年月": "2024-09", "团干部性质": "兼职"} | {
    "是否同级党委（支部）成员": "否"
}


# -- the world and its acts -------------------------------------------------------------------------------


def world() -> SimpleNamespace:
    """A college with two branches; a member 钱旧 in the first; a roster of 赵新 (cadre), 孙知 (has an account), 钱旧 (changed)."""
    top = makers.make_org(None, f"第{next(_serial)}学院团委", Category.COMMITTEE)
    one, two = (makers.make_org(top, f"{name}班团支部") for name in "一二")
    born = date(2006, 7, 1)
    numbers = [makers.number_of(born) for _ in range(3)]
    known = makers.make_account("孙知", number=numbers[1], phone="")
    member = makers.make_member(one, "钱旧", number=numbers[2], member_number=f"2021{numbers[2][9:17]}")
    people = [
        person("赵新", 身份证号码=numbers[0], **CADRE),
        person("孙知", 身份证号码=numbers[1]),
        person("钱旧", 身份证号码=numbers[2], 学历="大专"),
    ]
    for each in people:
        each["发展团员编号"] = f"2021{each['身份证号码'][9:17]}"
    return SimpleNamespace(
        top=top,
        one=one,
        two=two,
        known=known,
        member=member,
        numbers=numbers,
        people=people,
        actor=of_command("tests", top),
    )


def confirmed(here, branch: Organization) -> ImportBatch:
    """The roster, planned into the branch by the college and confirmed, every update ticked."""
    people = [each | {"所在团支部全称": branch.full_name} for each in here.people]
    raw = roster(*people, columns=tuple(people[0]))
    batch = batches.create(here.top, "名单.xlsx", raw, actor=here.actor)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.PLANNED, batch.message
    ticks = set(batch.rows.filter(verdict=RowVerdict.UPDATE).values_list("number", flat=True))
    batches.confirm(batch, actor=here.actor, ticks=ticks)
    return batch


def to_import() -> SimpleNamespace:
    here = world()
    here.batch = confirmed(here, here.one)
    return here


def to_undo() -> SimpleNamespace:
    """The import has run, and its undo is asked for."""
    here = to_import()
    batches.work(here.batch.pk)
    here.fresh = Account.objects.with_number(here.numbers[0]).get()
    here.post = Post.objects.get(account=here.fresh)
    ask(here)
    return here


def ask(here):
    undo.undo(ImportBatch.objects.get(pk=here.batch.pk), actor=here.actor)
    return True


def work(here):
    batches.work(here.batch.pk)
    return True


def consistent(here) -> None:
    """Each living 团籍 in one living branch, the ledger says the same, and nobody is half there."""
    whole(here)
    living = set(Membership.objects.filter(ended_at=None).values_list("account", "branch"))
    assert living == set(Member.objects.values_list("account", "branch"))
    assert not Post.objects.filter(ended_at=None, organization__deleted_at__isnull=False).exists()
    assert Account.objects.with_number(here.numbers[0]).count() <= 1


def state_of(batch) -> str:
    return ImportBatch.objects.get(pk=batch.pk).state


def gone(outcome) -> bool:
    """Refused in words, or told that the person is no longer there."""
    error = outcome.error
    missing = isinstance(error, Account.DoesNotExist | Member.DoesNotExist | Post.DoesNotExist)
    broken = isinstance(error, IntegrityError) and retry.sqlstate(error) == retry.REFERENCE
    return isinstance(error, Refused) or missing or broken


# -- the import -------------------------------------------------------------------------------------------


@quick_and_full
def test_two_imports_of_the_same_people(step):
    def twice():
        here = to_import()
        here.second = confirmed(here, here.two)
        return here

    def second(here):
        batches.work(here.second.pk)
        return True

    def once_each(here, one, two) -> None:
        told(one, two)
        consistent(here)
        assert {state_of(here.batch), state_of(here.second)} == {BatchState.DONE}
        assert Member.objects.filter(branch__parent=here.top).count() == 3

    interleave.every_meeting(twice, work, second, once_each, step=step)


@quick_and_full
def test_the_branch_is_deleted_while_people_are_imported_into_it(step):
    def close(here):
        return closing.close(again(here.one), actor=here.actor)

    def nobody_lost(here, imported, closed) -> None:
        told(imported, closed)
        consistent(here)
        assert closed.succeeded
        assert state_of(here.batch) == BatchState.DONE
        there = Member.objects.filter(branch__parent=here.top)
        assert set(there.values_list("branch__category", flat=True)) == {Category.PENDING_BRANCH}
        assert there.count() in (1, 3)

    interleave.every_meeting(to_import, work, close, nobody_lost, step=step)


@quick_and_full
def test_the_importing_organisation_is_deleted_meanwhile(step):
    def own():
        here = world()
        here.batch = batches.create(
            here.one, "名单.xlsx", roster(*here.people), actor=of_command("tests", here.one)
        )
        batches.work(here.batch.pk)
        batches.confirm(ImportBatch.objects.get(pk=here.batch.pk), actor=of_command("tests", here.one))
        return here

    def close(here):
        return closing.close(again(here.one), actor=here.actor)

    def nobody_lost(here, imported, closed) -> None:
        told(imported, closed)
        consistent(here)
        assert closed.succeeded
        assert state_of(here.batch) in (BatchState.DONE, BatchState.ABANDONED, BatchState.REJECTED)

    interleave.every_meeting(own, work, close, nobody_lost, step=step)


def place(here):
    return placing.assign([here.member.account_id], again(here.one), again(here.two), actor=here.actor)


@quick_and_full
def test_a_member_is_placed_elsewhere_while_an_import_updates_the_data(step):
    def placed(here, imported, moved) -> None:
        told(imported, moved)
        consistent(here)
        assert moved.succeeded
        assert state_of(here.batch) == BatchState.DONE
        assert Member.objects.get(account=here.member.account_id).branch == here.two

    interleave.every_meeting(to_import, work, place, placed, step=step)


def enter(here):
    him = Entered(
        number=here.numbers[0],
        name="赵新",
        phone="13800000001",
        joined=date(2021, 5, 1),
        profile={"ethnicity": "汉族"},
    )
    return entry.enter(again(here.two), him, actor=here.actor, now=timezone.now())


@quick_and_full
def test_the_same_person_is_entered_by_hand(step):
    def one_place(here, imported, entered) -> None:
        assert imported.succeeded
        assert entered.succeeded or gone(entered)
        consistent(here)
        assert state_of(here.batch) == BatchState.DONE
        person = Account.objects.with_number(here.numbers[0]).get()
        assert person.member.branch == (here.two if entered.succeeded else here.one)

    interleave.every_meeting(to_import, work, enter, one_place, step=step)


def rename(here):
    return lifecycle.edit(again(here.one), short_name="三班团支部", actor=here.actor)


def move(here):
    return relocation.carry_out(again(here.one), again(here.elsewhere), actor=here.actor)


@pytest.mark.parametrize("act", [rename, move])
@quick_and_full
def test_the_branch_is_renamed_or_moved_meanwhile(act, step):
    def with_neighbour():
        here = to_import()
        here.elsewhere = makers.make_org(here.top, "年级团总支", Category.GENERAL_BRANCH)
        return here

    def both(here, imported, changed) -> None:
        told(imported, changed)
        consistent(here)
        assert changed.succeeded
        assert state_of(here.batch) == BatchState.DONE
        paths = Member.objects.filter(branch=here.one).values_list("branch_path", flat=True)
        assert set(paths) == {again(here.one).path}

    interleave.every_meeting(with_neighbour, work, act, both, step=step)


# -- the undo ---------------------------------------------------------------------------------------------


def stands(here, name: str) -> bool:
    """Whether one of the three is still as the import left him."""
    return Member.objects.filter(account__name=name, branch=here.one).exists()


def check_undone(here, undone) -> dict[int, str]:
    """The undo is through; the rows that stayed."""
    assert undone.succeeded, undone.error
    consistent(here)
    batch = ImportBatch.objects.get(pk=here.batch.pk)
    assert batch.state == BatchState.UNDONE
    assert batch.counts["undone"] + batch.counts["kept"] == 3
    return undo.kept(batch)


def edit(here):
    member = Member.objects.select_related("account").get(account=here.fresh)
    return amend.amend(
        member,
        profile={"qq": "10001"},
        phone=member.account.phone,
        joined=member.joined,
        league_number=member.number or "",
        joined_at_unit="",
        actor=here.actor,
    )


def set_first(here):
    outcome = signin.set_first_password(
        here.fresh.pk, name="赵新", password=makers.PASSWORD, actor=nobody(), now=timezone.now()
    )
    return outcome.account or Refused(outcome.verdict)


def issue(here):
    return reset.issue(Account.objects.get(pk=here.fresh.pk), actor=here.actor, now=timezone.now())


def place_fresh(here):
    return placing.assign([here.fresh.pk], again(here.one), again(here.two), actor=here.actor)


def seat(here):
    successor = Account.objects.get(pk=here.fresh.pk)
    administrators.change(again(here.one), successor=successor, actor=here.actor)
    return Seat.objects.filter(post__account=here.fresh).exists()


def change_post(here):
    post = Post.objects.select_related("organization", "account").get(pk=here.post.pk)
    return posts.change(
        post, Office(title="宣传委员", since=date(2024, 9, 1), nature="兼职"), actor=here.actor
    )


def correct(here):
    account = Account.objects.get(pk=here.fresh.pk)
    return amend.correct(account, name="赵心", number="", reason="笔误", actor=here.actor)


TOUCHES = [edit, set_first, issue, place_fresh, seat, change_post, correct]


@pytest.mark.parametrize("touch", TOUCHES, ids=lambda touch: touch.__name__)
@quick_and_full
def test_somebody_is_touched_while_the_import_is_undone(touch, step):
    def stays_or_goes(here, undone, touched) -> None:
        kept = check_undone(here, undone)
        there = Account.objects.filter(pk=here.fresh.pk).exists()
        done = touched.succeeded and not isinstance(touched.value, Refused)
        assert done or gone(touched) or isinstance(touched.value, Refused)
        assert there == done == (2 in kept)

    interleave.every_meeting(to_undo, work, touch, stays_or_goes, step=step)


@transaction.atomic
def naive_undo(here):
    """Judge and take back without holding anybody: somebody may be touched in between."""
    batch = ImportBatch.objects.select_related("organization__parent").get(pk=here.batch.pk)
    outcome = undoing.Outcome()
    for rows in present.pieces(batch):
        undoing.take_back(batch, rows, outcome, here.actor)
    return True


@pytest.mark.parametrize("touch", [place_fresh, edit], ids=lambda touch: touch.__name__)
def test_the_net_catches_an_undo_that_holds_nobody(touch):
    def stays_or_goes(here, undone, touched) -> None:
        told(undone)
        assert Account.objects.filter(pk=here.fresh.pk).exists() == touched.succeeded

    with pytest.raises(AssertionError):
        interleave.every_meeting(to_undo, naive_undo, touch, stays_or_goes)


@quick_and_full
def test_a_member_is_placed_while_the_update_goes_back(step):
    def stays_or_goes(here, undone, placed) -> None:
        kept = check_undone(here, undone)
        assert placed.succeeded, placed.error
        education = Account.objects.get(pk=here.member.account_id).education
        assert (education == "大专") == (4 in kept)

    interleave.every_meeting(to_undo, work, place, stays_or_goes, step=step)


@quick_and_full
def test_the_branch_is_deleted_while_its_import_is_undone(step):
    def close(here):
        return closing.close(again(here.one), actor=here.actor)

    def whole_either_way(here, undone, closed) -> None:
        told(undone, closed)
        consistent(here)
        assert closed.succeeded
        batch = ImportBatch.objects.get(pk=here.batch.pk)
        there = Account.objects.filter(pk=here.fresh.pk).exists()
        assert (batch.state == BatchState.UNDONE) == (not there)

    interleave.every_meeting(to_undo, work, close, whole_either_way, step=step)


@quick_and_full
def test_two_workers_undo_the_same_import(step):
    def once(here, one, two) -> None:
        told(one, two)
        assert check_undone(here, one) == {}
        assert ImportBatch.objects.get(pk=here.batch.pk).counts["undone"] == 3

    interleave.every_meeting(to_undo, work, work, once, step=step)


def test_two_people_ask_for_the_undo():
    def done():
        here = to_import()
        batches.work(here.batch.pk)
        return here

    def one_of_them(here, one, two) -> None:
        assert [one.succeeded, two.succeeded].count(True) == 1
        assert {each.error.verdict.cause for each in (one, two) if each.error} == {"moved_on"}
        assert state_of(here.batch) == BatchState.UNDOING

    interleave.every_meeting(done, ask, ask, one_of_them)


@quick_and_full
def test_the_same_person_is_entered_while_the_import_is_undone(step):
    def one_place(here, undone, entered) -> None:
        check_undone(here, undone)
        assert entered.succeeded or gone(entered)
        assert Account.objects.with_number(here.numbers[0]).exists() == entered.succeeded

    interleave.every_meeting(to_undo, work, enter, one_place, step=step)
