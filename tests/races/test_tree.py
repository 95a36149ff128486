"""Moves, creations, names and requests against each other. Naive versions are kept to show that the net catches them."""

import pytest
from django.db import transaction
from django.db.models import F

from orgs import lifecycle, move_rules, petitions, relocation, rules, tree
from orgs.enums import Category, PetitionState
from orgs.models import Organization, Petition
from orgs.tree import rewriting
from tests import interleave

from .world import (
    again,
    approve,
    asked,
    enrol,
    found_below_general,
    move_one,
    one_of_both,
    quick_and_full,
    told,
    whole,
    withdraw,
    world,
)

pytestmark = pytest.mark.django_db(transaction=True)


# -- a move while a grandchild is created ------------------------------------------------------------------


@transaction.atomic
def naive_found(here):
    """Read the superior, then insert below what was read."""
    general = again(here.general)
    rules.may_found(here.actor, general, Category.BRANCH).demand()
    return tree.plant(general, [tree.Seedling(Category.BRANCH, "一组团支部")])[0]


def both_and_whole(here, one, two) -> None:
    assert (one.error, two.error) == (None, None)
    whole(here)


@quick_and_full
def test_a_grandchild_is_created_while_its_superiors_move(step):
    interleave.every_meeting(world, found_below_general, move_one, both_and_whole, step=step)


@quick_and_full
def test_a_subtree_moves_while_a_grandchild_is_created(step):
    interleave.every_meeting(world, move_one, found_below_general, both_and_whole, step=step)


def test_the_net_catches_a_creation_without_the_lock():
    with pytest.raises(AssertionError):
        interleave.every_meeting(world, naive_found, move_one, both_and_whole)


@quick_and_full
def test_a_member_enters_while_the_branch_moves(step):
    interleave.every_meeting(world, enrol, move_one, both_and_whole, step=step)


# -- A below B while B goes below A ------------------------------------------------------------------------


def move_two(here):
    return relocation.carry_out(again(here.two), again(here.one), actor=here.actor)


def naive_move(which: str, target: str):
    """Ask the rule, then write: both may have been told yes."""

    @transaction.atomic
    def act(here):
        moving, parent = again(getattr(here, which)), again(getattr(here, target))
        move_rules.may_go(moving, parent).demand()
        subtree = Organization.objects.filter(path__startswith=moving.path)
        return subtree.update(**rewriting._places(tree.moved(moving, parent), parent))

    return act


@quick_and_full
def test_two_organisations_go_below_each_other(step):
    interleave.every_meeting(world, move_one, move_two, one_of_both, step=step)


def test_the_net_catches_moves_without_the_lock():
    with pytest.raises(AssertionError):
        interleave.every_meeting(world, naive_move("one", "two"), naive_move("two", "one"), one_of_both)


# -- a 全称 twice ------------------------------------------------------------------------------------------


def found_at_top(here):
    """Its 全称 is the one the college's own 二班 would get."""
    return lifecycle.found(
        again(here.top), short_name="甲学院二班团支部", category=Category.BRANCH, actor=here.actor
    )


def found_at_college(here):
    return lifecycle.found(
        again(here.one), short_name="二班团支部", category=Category.BRANCH, actor=here.actor
    )


@transaction.atomic
def naive_found_at_top(here):
    top, short_name = again(here.top), "甲学院二班团支部"
    full_name = lifecycle.planned_name(top, Category.BRANCH, short_name)
    rules.name_free(top, short_name, full_name).demand()
    return tree.plant(top, [tree.Seedling(Category.BRANCH, short_name)])[0]


@quick_and_full
def test_one_full_name_is_given_once(step):
    interleave.every_meeting(world, found_at_top, found_at_college, one_of_both, step=step)


def test_the_net_catches_a_name_that_was_only_looked_up():
    with pytest.raises(AssertionError):
        interleave.every_meeting(world, naive_found_at_top, found_at_college, one_of_both)


def rename_branch(here):
    return lifecycle.edit(again(here.branch), short_name="二班团支部", actor=here.actor)


@quick_and_full
def test_a_rename_and_a_creation_want_one_name(step):
    interleave.every_meeting(world, rename_branch, found_at_college, one_of_both, step=step)


# -- approve while withdrawn -------------------------------------------------------------------------------


@transaction.atomic
def naive_approve(here):
    """Look at the state, carry out, write the state."""
    petition = Petition.objects.get(pk=here.petition.pk)
    petitions.may_decide(here.actor, petition).demand()
    relocation.carry_out(petition.organization, again(here.two), actor=here.actor)
    Petition.objects.filter(pk=petition.pk).update(
        state=PetitionState.APPROVED, turn_organization=None, turn=F("turn") + 1
    )
    return petition


def moved_only_if_approved(here, one, two) -> None:
    told(one, two)
    assert [one.succeeded, two.succeeded].count(True) == 1
    state = Petition.objects.get(pk=here.petition.pk).state
    moved = again(here.one).parent_id == here.two.pk
    assert moved == (state == PetitionState.APPROVED) == one.succeeded
    whole(here)


@quick_and_full
def test_a_request_is_withdrawn_while_it_is_approved(step):
    interleave.every_meeting(asked, approve, withdraw, moved_only_if_approved, step=step)


@quick_and_full
def test_a_request_is_approved_while_it_is_withdrawn(step):
    interleave.every_meeting(
        asked, withdraw, approve, lambda here, a, b: moved_only_if_approved(here, b, a), step=step
    )


def test_the_net_catches_an_approval_without_the_row():
    with pytest.raises(AssertionError):
        interleave.every_meeting(asked, naive_approve, withdraw, moved_only_if_approved)


@pytest.mark.parametrize(
    ("build", "act"),
    [
        (world, naive_found),
        (world, naive_found_at_top),
        (asked, naive_approve),
        (world, naive_move("one", "two")),
    ],
)
def test_the_naive_versions_are_right_while_nobody_else_is_there(build, act):
    here = build()
    assert act(here) is not None
    whole(here)
