"""The tree under two at once: moves, creations, deletions, names. Naive versions are kept to show that the net catches them."""

import itertools
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

import orgs.kinds  # noqa: F401 - makes the kinds known
from members import clearing, registry
from members.models import Act, Member
from orgs import lifecycle, move_rules, petitions, relocation, rules, scope, tree, verify
from orgs.enums import Category, PetitionState
from orgs.models import Organization, Petition
from tests import interleave, makers
from zhtj.desk import closing, merging, reopening
from zhtj.desk.merging import Settlement
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db(transaction=True)
quick_and_full = pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.prove)])
_serial = itertools.count(1)


def world() -> SimpleNamespace:
    """A university: two colleges, the first with a 团总支 and a branch of two members; one administrator above all."""
    top = makers.make_org(None, f"第{next(_serial)}大学团委", Category.COMMITTEE)
    one = makers.make_org(top, "甲学院团委", Category.COMMITTEE)
    two = makers.make_org(top, "乙学院团委", Category.COMMITTEE)
    general = makers.make_org(one, "年级团总支", Category.GENERAL_BRANCH)
    branch = makers.make_org(one, "一班团支部")
    makers.make_member(branch, "张三")
    makers.make_member(branch, "李四")
    return SimpleNamespace(
        top=top,
        one=one,
        two=two,
        general=general,
        branch=branch,
        newcomer=makers.make_account("王五"),
        actor=scope.of_command("tests", top),
    )


def again(organization: Organization) -> Organization:
    """A copy of one's own: two requests never share an object."""
    return Organization.objects.get(pk=organization.pk)


def whole(here) -> None:
    """Paths, names, members' branches: everything fits together."""
    below = [each for each in verify.faults() if each.organization.path.startswith(here.top.path)]
    assert below == []
    assert not Member.objects.filter(branch__deleted_at__isnull=False).exists()
    pending = Petition.objects.pending().filter(organization__path__startswith=here.top.path)
    assert not pending.filter(organization__deleted_at__isnull=False).exists()


def refused(outcome) -> bool:
    return isinstance(outcome.error, Refused)


def told(*outcomes) -> None:
    """Whoever did not succeed got a reason in words, not a fault of the database."""
    assert [outcome for outcome in outcomes if outcome.error and not refused(outcome)] == []


# -- a member enters a branch that is being deleted --------------------------------------------------------


def enrol(here):
    return registry.enrol(
        here.newcomer,
        again(here.branch),
        joined=date(2020, 5, 1),
        number=None,
        act=Act.ENTRY,
        actor=here.actor,
    )


def close_branch(here):
    return closing.close(again(here.branch), actor=here.actor)


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


def close_general(here):
    return closing.close(again(here.general), actor=here.actor)


def found_below_general(here):
    return lifecycle.found(
        again(here.general), short_name="一组团支部", category=Category.BRANCH, actor=here.actor
    )


def naive_close_general(here):
    general = again(here.general)
    if general.children.filter(deleted_at=None).exists():
        return None
    tree.delete_softly(general)
    return general


def one_of_both(here, one, two) -> None:
    told(one, two)
    assert [one.succeeded, two.succeeded].count(True) == 1
    whole(here)


@quick_and_full
def test_a_subordinate_is_created_below_what_is_being_deleted(step):
    interleave.every_meeting(world, close_general, found_below_general, one_of_both, step=step)


@quick_and_full
def test_what_gets_a_subordinate_is_deleted(step):
    interleave.every_meeting(world, found_below_general, close_general, one_of_both, step=step)


def test_the_net_catches_a_deletion_that_looked_too_early():
    with pytest.raises(AssertionError):
        interleave.every_meeting(world, naive_close_general, found_below_general, one_of_both)


# -- a move while a grandchild is created ------------------------------------------------------------------


def move_one(here):
    return relocation.carry_out(again(here.one), again(here.two), actor=here.actor)


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

    def act(here):
        moving, parent = again(getattr(here, which)), again(getattr(here, target))
        move_rules.may_go(moving, parent).demand()
        path = Concat(Value(f"{parent.path}{moving.pk}/"), Substr("path", len(moving.path) + 1))
        Organization.objects.filter(path__startswith=moving.path).update(path=path)
        return Organization.objects.filter(pk=moving.pk).update(parent=parent)

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


# -- approve while withdrawn -------------------------------------------------------------------------------


def asked() -> SimpleNamespace:
    """The first college wants to go below the second; the university, old superior, has the only word left."""
    here = world()
    mover = scope.of_command("tests", here.one)
    makers.make_admin(here.one, "甲管理")
    here.mover = mover
    here.petition = relocation.ask(again(here.one), again(here.two), actor=mover)
    here.petition = petitions.approve(here.petition, actor=here.actor)
    return here


def approve(here):
    return petitions.approve(Petition.objects.get(pk=here.petition.pk), actor=here.actor)


def withdraw(here):
    return petitions.withdraw(Petition.objects.get(pk=here.petition.pk), actor=here.mover)


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
        (world, naive_found),
        (world, naive_found_at_top),
        (asked, naive_approve),
    ],
)
def test_the_naive_versions_are_right_while_nobody_else_is_there(build, act):
    here = build()
    assert act(here) is not None
    whole(here)
