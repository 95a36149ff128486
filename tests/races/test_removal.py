"""Removing against what else happens to the person and the branch. Naive versions show that the net catches them."""

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Account
from members import entry, placing
from members.entry import Entered
from members.models import Act, ImportBatch, Member, Membership, Removal, RemovalReason
from members.removal import ending, verbs
from members.removal.rules import Given
from members.roster import batch as batches
from members.roster import planning, run
from orgs import petitions, posts, scope
from orgs.models import Petition, Post, Seat
from orgs.posts import Office
from tests import interleave, makers
from tests.members.roster.sheets import person, roster

from .world import again, close_branch, quick_and_full, told, whole, world

pytestmark = pytest.mark.django_db(transaction=True)
# Each world reads a file in a process of its own, which takes its time.
sparse_and_full = pytest.mark.parametrize("step", [18, pytest.param(1, marks=pytest.mark.prove)])
MISTAKE = Given(RemovalReason.BY_MISTAKE)
DECEASED = Given(RemovalReason.DECEASED)


def of_the_branch():
    """The first class with a member who is to be removed by the college, and a second class beside it."""
    here = world()
    here.superior = scope.of_command("tests", here.one)
    here.other = makers.make_org(here.one, "二班团支部")
    here.member = Member.objects.filter(branch=here.branch).order_by("pk").first()
    here.account = here.member.account_id
    return here


def asked():
    """The branch has asked; the college has the word."""
    here = of_the_branch()
    head = makers.make_admin(here.branch, "班长甲")
    here.petition = verbs.remove(here.member, MISTAKE, actor=scope.scope_of(head))
    return here


def done():
    """Removed already."""
    here = of_the_branch()
    here.removal = verbs.remove(here.member, MISTAKE, actor=here.superior)
    return here


# -- the acts -----------------------------------------------------------------------------------------------


def remove(here, given=MISTAKE):
    member = Member.objects.filter(account=here.account).select_related("account", "branch").first()
    return verbs.remove(member, given, actor=here.superior) if member else None


def bury(here):
    return remove(here, DECEASED)


def place(here):
    return placing.assign([here.account], again(here.branch), again(here.other), actor=here.superior)


def approve(here):
    return petitions.approve(Petition.objects.get(pk=here.petition.pk), actor=here.superior)


def withdraw(here):
    return petitions.withdraw(
        Petition.objects.get(pk=here.petition.pk), actor=scope.of_command("tests", again(here.branch))
    )


def undo(here):
    return verbs.undo(Removal.objects.get(pk=here.removal.pk), actor=here.superior)


def enter_elsewhere(here):
    account = Account.objects.get(pk=here.account)
    entered = Entered(
        number=account.id_number,
        name=account.name,
        phone="13800000001",
        joined=date(2020, 5, 1),
        league_number="202065990001",
    )
    return entry.enter(again(here.other), entered, actor=here.superior, now=timezone.now())


def give_post_and_seat(here):
    """The person becomes administrator of the college."""
    with transaction.atomic():
        account = Account.objects.get(pk=here.account)
        post = posts.give(account, again(here.one), Office(title="副书记"), actor=here.superior)
        return makers.seating.take_seat(post, actor=here.superior)


def planned():
    """Removed, and a roster of the second class with the person on it is about to be run."""
    here = done()
    account = Account.objects.get(pk=here.account)
    raw = roster(person(account.name, 身份证号码=account.id_number))
    batch = batches.create(here.other, "名单.xlsx", raw, actor=scope.of_command("tests", again(here.other)))
    planning.make_plan(batch, raw)
    batches.confirm(batch, actor=scope.of_command("tests", again(here.other)))
    here.batch = batch.pk
    return here


def planned_and_back():
    """The same, but the removal was taken back after the plan was made."""
    here = planned()
    undo(here)
    return here


def run_import(here):
    run.carry_out(ImportBatch.objects.select_related("organization__parent", "importer").get(pk=here.batch))
    return ImportBatch.objects.get(pk=here.batch).counts["written"] == 1


# -- what must hold -----------------------------------------------------------------------------------------


def in_order(here, *outcomes) -> None:
    """Ledger and living rows agree, seats have living posts, a closed account holds nothing."""
    told(*outcomes)
    member = Member.objects.filter(account=here.account).first()
    open_stretches = Membership.objects.filter(account=here.account, ended_at=None)
    expected = [member.branch_id] if member else []
    assert list(open_stretches.values_list("branch", flat=True)) == expected
    account = Account.objects.get(pk=here.account)
    living = Post.objects.filter(account=account, ended_at=None)
    if account.closed_at:
        assert (member, living.count()) == (None, 0)
    assert not Seat.objects.filter(post__account=account).exclude(post__in=living).exists()
    whole(here)


def gone_or_moved(here, one, two) -> None:
    in_order(here, one, two)
    assert one.succeeded or two.succeeded


@quick_and_full
def test_removed_while_placed(step):
    interleave.every_meeting(of_the_branch, remove, place, gone_or_moved, step=step)


@quick_and_full
def test_placed_while_removed(step):
    interleave.every_meeting(of_the_branch, place, remove, gone_or_moved, step=step)


@quick_and_full
def test_removed_while_the_branch_is_deleted(step):
    interleave.every_meeting(of_the_branch, remove, close_branch, gone_or_moved, step=step)


@quick_and_full
def test_the_branch_is_deleted_while_somebody_is_removed(step):
    interleave.every_meeting(of_the_branch, close_branch, remove, gone_or_moved, step=step)


@quick_and_full
def test_removed_twice_at_once(step):
    def once(here, one, two):
        in_order(here, one, two)
        assert Removal.objects.filter(account=here.account).count() == 1

    interleave.every_meeting(of_the_branch, remove, remove, once, step=step)


@quick_and_full
def test_approved_twice_at_once(step):
    def once(here, one, two):
        in_order(here, one, two)
        assert [one.succeeded, two.succeeded].count(True) == 1
        assert Removal.objects.filter(account=here.account).count() == 1

    interleave.every_meeting(asked, approve, approve, once, step=step)


@quick_and_full
def test_approved_while_withdrawn(step):
    def either(here, one, two):
        in_order(here, one, two)
        assert [one.succeeded, two.succeeded].count(True) == 1
        assert Removal.objects.filter(account=here.account).exists() == one.succeeded

    interleave.every_meeting(asked, approve, withdraw, either, step=step)


@quick_and_full
def test_approved_while_placed(step):
    interleave.every_meeting(asked, approve, place, gone_or_moved, step=step)


@quick_and_full
def test_approved_while_the_branch_is_deleted(step):
    def either(here, one, two):
        gone_or_moved(here, one, two)
        assert Petition.objects.get(pk=here.petition.pk).state == (
            "approved" if one.succeeded else "returned"
        )

    interleave.every_meeting(asked, approve, close_branch, either, step=step)


@quick_and_full
def test_taken_back_while_entered_elsewhere(step):
    def once(here, one, two):
        in_order(here, one, two)
        assert [one.succeeded, two.succeeded].count(True) == 1

    interleave.every_meeting(done, undo, enter_elsewhere, once, step=step)


@quick_and_full
def test_entered_elsewhere_while_taken_back(step):
    def once(here, one, two):
        in_order(here, one, two)
        assert [one.succeeded, two.succeeded].count(True) == 1

    interleave.every_meeting(done, enter_elsewhere, undo, once, step=step)


@quick_and_full
def test_taken_back_twice_at_once(step):
    def once(here, one, two):
        in_order(here, one, two)
        assert [one.succeeded, two.succeeded].count(True) == 1
        begun = Membership.objects.filter(account=here.account, begun_by=Act.UNDO)
        assert begun.count() == 1

    interleave.every_meeting(done, undo, undo, once, step=step)


@quick_and_full
def test_taken_back_while_the_branch_is_deleted(step):
    interleave.every_meeting(done, undo, close_branch, in_order, step=step)


@quick_and_full
def test_removed_while_entered_elsewhere(step):
    interleave.every_meeting(of_the_branch, remove, enter_elsewhere, gone_or_moved, step=step)


@sparse_and_full
def test_taken_back_while_imported_elsewhere(step):
    def once(here, one, two):
        in_order(here, one, two)
        assert [one.succeeded, two.succeeded].count(True) == 1

    interleave.every_meeting(planned, undo, run_import, once, step=step)


@sparse_and_full
def test_removed_while_imported_elsewhere(step):
    def removed(here, one, two):
        in_order(here, one, two)
        assert one.succeeded
        member = Member.objects.filter(account=here.account).first()
        assert (member.branch_id if member else None) == (here.other.pk if two.succeeded else None)

    interleave.every_meeting(planned_and_back, remove, run_import, removed, step=step)


def nothing_left(here, one, two) -> None:
    """Whoever died holds nothing, or the post came too late and was refused, or the removal says to try again."""
    in_order(here, one, two)
    if one.succeeded and not two.succeeded:
        assert Account.objects.get(pk=here.account).closed_at is not None


@quick_and_full
def test_a_seat_is_given_while_somebody_is_buried(step):
    interleave.every_meeting(of_the_branch, bury, give_post_and_seat, nothing_left, step=step)


@quick_and_full
def test_somebody_is_buried_while_a_seat_is_given(step):
    interleave.every_meeting(
        of_the_branch, give_post_and_seat, bury, lambda here, a, b: nothing_left(here, b, a), step=step
    )


# -- what the net catches -----------------------------------------------------------------------------------


@transaction.atomic
def naive(here):
    """The same writes without a lock on branch, account or organisations."""
    branch = again(here.branch)
    member = Member.objects.filter(account=here.account, branch=branch).first()
    if member is None:
        return None
    account = Account.objects.get(pk=here.account)
    now = timezone.now()
    ending._end_posts(
        account,
        ending.Held(branch, frozenset([branch.pk, here.one.pk])),
        DECEASED,
        actor=here.superior,
        now=now,
    )
    Membership.objects.filter(account=account, ended_at=None).update(ended_at=now, ended_by=Act.REMOVAL)
    ending.closing.close(account, now=now)
    member.delete()
    return True


def test_the_net_catches_removing_without_locks():
    with pytest.raises(AssertionError):
        interleave.every_meeting(of_the_branch, naive, give_post_and_seat, nothing_left)
