"""Deleting, merging and undoing against whatever enters at the same time. Naive versions show that the net catches them."""

import pytest
from django.db import IntegrityError, transaction

from members import clearing
from members.models import Act, Member
from orgs import lifecycle, tree
from orgs.enums import Category
from tests import interleave, makers
from zhtj.desk import closing, merging, reopening
from zhtj.desk.merging import Settlement
from zhtj.lib.verdict import Refused

from .world import (
    again,
    approve,
    asked,
    close_branch,
    close_general,
    enrol,
    found_below_general,
    one_of_both,
    quick_and_full,
    told,
    whole,
    world,
)

pytestmark = pytest.mark.django_db(transaction=True)


# -- a member enters a branch that is being deleted --------------------------------------------------------


@transaction.atomic
def naive_close(here):
    """Move whom one sees, then delete: somebody may have come in between."""
    branch = again(here.branch)
    into = closing.pending_branch_below(branch.parent, actor=here.actor)
    clearing.move_all(branch, into, act=Act.CLOSING, actor=here.actor)
    tree.delete_softly(branch)
    return into


def nobody_lost(here, deleting, entering) -> None:
    """The deletion holds; the newcomer is in the 待接转团支部 or was not admitted."""
    told(deleting)
    assert deleting.succeeded
    assert entering.succeeded or isinstance(entering.error, IntegrityError | Refused)
    branches = Member.objects.filter(branch__path__startswith=here.top.path).values_list(
        "branch__category", flat=True
    )
    assert list(branches) == [Category.PENDING_BRANCH] * (2 + entering.succeeded)
    whole(here)


@quick_and_full
def test_a_member_enters_a_branch_being_deleted(step):
    interleave.every_meeting(world, close_branch, enrol, nobody_lost, step=step)


@quick_and_full
def test_a_branch_is_deleted_while_a_member_enters(step):
    interleave.every_meeting(
        world, enrol, close_branch, lambda here, a, b: nobody_lost(here, b, a), step=step
    )


def test_the_net_catches_a_deletion_without_the_lock():
    with pytest.raises(AssertionError):
        interleave.every_meeting(world, naive_close, enrol, nobody_lost)


# -- a subordinate enters an organisation that is being deleted --------------------------------------------


@transaction.atomic
def naive_close_general(here):
    general = again(here.general)
    if general.children.filter(deleted_at=None).exists():
        return None
    tree.delete_softly(general)
    return general


@quick_and_full
def test_a_subordinate_is_created_below_what_is_being_deleted(step):
    interleave.every_meeting(world, close_general, found_below_general, one_of_both, step=step)


@quick_and_full
def test_what_gets_a_subordinate_is_deleted(step):
    interleave.every_meeting(world, found_below_general, close_general, one_of_both, step=step)


def test_the_net_catches_a_deletion_that_looked_too_early():
    with pytest.raises(AssertionError):
        interleave.every_meeting(world, naive_close_general, found_below_general, one_of_both)


@pytest.mark.prove
def test_an_undoing_and_a_creation_want_one_name():
    def closed():
        here = world()
        here.closing = closing.close(here.branch, actor=here.actor)
        return here

    def create(here):
        return lifecycle.found(
            again(here.one), short_name="一班团支部", category=Category.BRANCH, actor=here.actor
        )

    def undo(here):
        return reopening.reopen(here.closing, actor=here.actor)

    interleave.every_meeting(closed, undo, create, one_of_both)


# -- deletion against everything else ----------------------------------------------------------------------


def nothing_hangs(here, one, two) -> None:
    told(one, two)
    assert one.succeeded or two.succeeded
    whole(here)


@quick_and_full
def test_the_target_of_a_move_is_deleted_while_the_move_is_approved(step):
    def close_target(here):
        return closing.close(again(here.two), actor=here.actor)

    interleave.every_meeting(asked, approve, close_target, nothing_hangs, step=step)


@pytest.mark.prove
def test_a_branch_is_deleted_while_it_is_merged():
    def merge(here):
        source, target = again(here.branch), again(here.other)
        return merging.merge(source, target, Settlement(), actor=here.actor)

    def two_branches():
        here = world()
        here.other = makers.make_org(here.one, "三班团支部")
        return here

    def close_target(here):
        return closing.close(again(here.other), actor=here.actor)

    interleave.every_meeting(two_branches, merge, close_target, nothing_hangs)
    interleave.every_meeting(two_branches, merge, close_branch, nothing_hangs)


def test_twice_at_once_deletes_once():
    here = world()
    outcomes = interleave.all_at_once(lambda: close_branch(here), lambda: close_branch(here))
    assert [outcome.succeeded for outcome in outcomes].count(True) == 1
    whole(here)


@pytest.mark.parametrize(
    ("build", "act"),
    [
        (world, naive_close),
        (world, naive_close_general),
    ],
)
def test_the_naive_versions_are_right_while_nobody_else_is_there(build, act):
    here = build()
    assert act(here) is not None
    whole(here)
