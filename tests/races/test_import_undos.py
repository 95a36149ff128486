"""The undo of imports against whatever touches the same people or places at the same time."""

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone

from accounts import reset, signin
from accounts.models import Account
from members import amend, placing
from members.models import BatchState, ImportBatch, Member
from members.roster import batch as batches
from members.roster import present, undo, undoing
from orgs import administrators, posts
from orgs.models import Post, Seat
from orgs.posts import Office
from orgs.scope import nobody
from tests import interleave, makers
from zhtj.desk import closing
from zhtj.lib.verdict import Refused

from .imports import ask, consistent, enter, gone, place, quick_and_full, state_of, to_import, to_undo, work
from .world import again, told

pytestmark = pytest.mark.django_db(transaction=True)


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
