"""Placing people against what else happens to them and to both branches. Naive versions show that the net catches them."""

import pytest
from django.db import transaction
from django.utils import timezone

from members import clearing, placing, placing_rules
from members.models import Act, Member
from orgs.models import Seat
from tests import interleave, makers
from zhtj.desk import closing
from zhtj.lib.verdict import Refused

from .world import again, close_branch, one_of_both, quick_and_full, told, whole, world

pytestmark = pytest.mark.django_db(transaction=True)


def two_classes():
    """A second class beside the first, whose two members may go there."""
    here = world()
    here.other = makers.make_org(here.one, "二班团支部")
    here.people = list(Member.objects.filter(branch=here.branch).values_list("account", flat=True))
    return here


def with_two_administrators():
    """Both members of the first class are its administrators; a third person keeps it from being empty."""
    here = two_classes()
    for title, account in zip(("书记", "副书记"), here.people, strict=True):
        person = Member.objects.get(account=account).account
        makers.seating.take_seat(makers.make_post(person, here.branch, title), actor=here.actor)
    makers.make_member(here.branch, "赵六")
    return here


def place_all(here):
    return placing.assign(here.people, again(here.branch), again(here.other), actor=here.actor)


def leave(at):
    """One of the two administrators goes."""

    def act(here):
        return placing.assign([here.people[at]], again(here.branch), again(here.other), actor=here.actor)

    return act


def close_other(here):
    return closing.close(again(here.other), actor=here.actor)


def nobody_lost(here, one, two) -> None:
    told(one, two)
    assert Member.objects.filter(account__in=here.people, branch__deleted_at=None).count() == 2
    whole(here)


@quick_and_full
def test_the_target_is_deleted_while_people_are_placed(step):
    interleave.every_meeting(two_classes, place_all, close_other, nobody_lost, step=step)


@quick_and_full
def test_people_are_placed_while_the_target_is_deleted(step):
    interleave.every_meeting(two_classes, close_other, place_all, nobody_lost, step=step)


@quick_and_full
def test_the_source_is_deleted_while_people_are_placed(step):
    interleave.every_meeting(two_classes, place_all, close_branch, nobody_lost, step=step)


@quick_and_full
def test_twice_at_once_moves_once(step):
    interleave.every_meeting(two_classes, place_all, place_all, one_of_both, step=step)


def an_administrator_stays(here, one, two) -> None:
    one_of_both(here, one, two)
    assert Seat.objects.filter(organization=here.branch).count() == 1


@quick_and_full
def test_two_administrators_do_not_leave_at_once(step):
    interleave.every_meeting(with_two_administrators, leave(0), leave(1), an_administrator_stays, step=step)


# -- what the net catches ----------------------------------------------------------------------------------


def naive(at):
    """The same rules and writes without a lock on the branch."""

    @transaction.atomic
    def act(here):
        source, target, leaving = again(here.branch), again(here.other), {here.people[at]}
        placing_rules.may_leave(source, leaving).demand()
        placing.end_posts(leaving, source, actor=here.actor, now=timezone.now())
        return clearing.move_all(source, target, act=Act.PLACING, actor=here.actor, only=leaving)

    return act


def test_the_net_catches_leaving_without_the_lock():
    with pytest.raises(AssertionError):
        interleave.every_meeting(with_two_administrators, naive(0), naive(1), an_administrator_stays)


def test_the_naive_version_is_right_while_nobody_else_is_there():
    here = with_two_administrators()
    assert naive(0)(here) == [here.people[0]]
    with pytest.raises(Refused):
        naive(1)(here)
    whole(here)
