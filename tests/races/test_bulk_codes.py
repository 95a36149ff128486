"""批量导出 at the same time as itself, as a single code, and as a registration: one valid code a seat. With a naive version."""

import itertools
from types import SimpleNamespace

import pytest
from django.utils import timezone

from orgs import administrators, scope
from orgs.enums import Category
from regcodes import bulk, codes
from regcodes.models import RegistrationCode
from tests import interleave, makers

pytestmark = pytest.mark.django_db(transaction=True)
_serial = itertools.count(1)


def world() -> SimpleNamespace:
    """A university with two colleges that have neither administrators nor codes."""
    top = makers.make_org(None, f"第{next(_serial)}师范大学团委", Category.COMMITTEE)
    below = [makers.make_org(top, f"{name}学院团委", Category.COMMITTEE) for name in "甲乙"]
    head = makers.make_post(makers.make_account(number=makers.number_of()), below[0])
    return SimpleNamespace(
        below=below, head=head, actor=scope.of_command("tests", top), now=timezone.now(), given=[]
    )


def hand_out(reverse: bool = False):
    def act(here):
        ids = [each.pk for each in here.below]
        lines = bulk.hand_out(
            reversed(ids) if reverse else ids, way=bulk.EXCEL, actor=here.actor, now=here.now
        )
        return sorted(line.code.pk for line in lines)

    return act


def naive_hand_out(here):
    """Look which organisations have no valid code, then insert."""
    lines = bulk.plan(here.below, actor=here.actor, now=here.now)
    for line in lines:
        if line.is_new:
            bulk._new(line.organization, line.seat, actor=here.actor, now=here.now).save()


def standing(here):
    return RegistrationCode.objects.filter(organization__in=here.below, used_at=None, voided_at=None)


def both_got_the_same(here, one, two) -> None:
    assert (one.error, two.error) == (None, None)
    assert one.value == two.value == sorted(standing(here).values_list("pk", flat=True))


def test_two_exports_at_once_hand_out_the_same_codes():
    assert interleave.every_meeting(world, hand_out(), hand_out(reverse=True), both_got_the_same) > 8


def test_the_net_catches_the_naive_version():
    with pytest.raises(AssertionError):
        interleave.every_meeting(world, naive_hand_out, naive_hand_out, both_got_the_same)


def test_a_single_code_meanwhile_is_the_same_one():
    def single(here):
        return codes.issue(here.below[0], actor=here.actor, now=here.now).pk

    def one_each(here, one, two) -> None:
        assert (one.error, two.error) == (None, None)
        assert two.value in one.value
        assert standing(here).count() == 2

    assert interleave.every_meeting(world, hand_out(), single, one_each) > 8


def test_a_seat_taken_meanwhile_leaves_no_code_for_it():
    def sit(here):
        return administrators.change(here.below[0], successor=here.head.account, actor=here.actor)

    def none_for_a_filled_seat(here, one, two) -> None:
        assert (one.error, two.error) == (None, None)
        numbers = standing(here).filter(organization=here.below[0]).values_list("seat_number", flat=True)
        assert 1 not in numbers

    assert interleave.every_meeting(world, hand_out(), sit, none_for_a_filled_seat) > 8
