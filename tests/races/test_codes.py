"""A registration code opens once: two registrants, a reissue, or a deletion at the same time. With a naive version."""

import itertools
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from orgs import scope, seating
from orgs.enums import Category
from orgs.models import Organization, Seat
from regcodes import codes, queries, redeem
from regcodes.models import RegistrationCode
from regcodes.redeem import Claim, Office, Person
from tests import interleave, makers
from zhtj.desk import closing
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db(transaction=True)
quick_and_full = pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.prove)])
_serial = itertools.count(1)


def world() -> SimpleNamespace:
    """A university and a college without administrators, for which a code is valid; two people who know it."""
    top = makers.make_org(None, f"第{next(_serial)}理工大学团委", Category.COMMITTEE)
    college = makers.make_org(top, "甲学院团委", Category.COMMITTEE)
    actor = scope.of_command("tests", top)
    code = codes.issue(college, actor=actor)
    numbers = [makers.number_of(serial=at) for at in (next(_serial), next(_serial))]
    return SimpleNamespace(
        college=college, actor=actor, code=code, text=code.code, numbers=[*numbers], now=timezone.now()
    )


def register(which: int):
    def act(here):
        return redeem.register(
            Claim(organization=Organization.objects.get(pk=here.college.pk), code=here.text),
            person=Person(
                name="新管理",
                number=here.numbers[which],
                phone="13800000009",
                ethnicity="汉族",
                political_status="共青团员",
                education="本科",
            ),
            office=Office(title=("书记", "副书记")[which], since=date(2024, 9, 1), nature="专职"),
            password=makers.PASSWORD,
            actor=scope.nobody(),
            now=here.now,
        )

    return act


def naive_register(which: int):
    """Look whether the code is unused, seat the person, then mark it as used."""

    @transaction.atomic
    def act(here):
        code = queries.typed(here.text)
        if not code.is_valid(now=here.now):
            return None
        account = makers.make_account(number=here.numbers[which], password=None)
        post = makers.make_post(account, here.college, ("书记", "副书记")[which])
        seat = seating.take_seat(post, actor=here.actor)
        RegistrationCode.objects.filter(pk=code.pk).update(used_at=here.now, used_by=account.pk)
        return seat

    return act


def one_administrator(here, one, two) -> None:
    assert [
        outcome for outcome in (one, two) if outcome.error and not isinstance(outcome.error, Refused)
    ] == []
    assert [one.succeeded, two.succeeded].count(True) == 1
    seat = Seat.objects.get(organization=here.college)
    assert RegistrationCode.objects.get(pk=here.code.pk).used_by == seat.post.account_id


@quick_and_full
def test_one_code_registers_one_of_two(step):
    interleave.every_meeting(world, register(0), register(1), one_administrator, step=step)


def test_the_net_catches_a_code_that_was_only_looked_at():
    with pytest.raises(AssertionError):
        interleave.every_meeting(world, naive_register(0), naive_register(1), one_administrator)


def test_the_naive_version_is_right_while_nobody_else_is_there():
    here = world()
    assert naive_register(0)(here) is not None
    assert naive_register(1)(here) is None


def void_or_used(here, registering, voiding) -> None:
    """Either the person sits and the code is used, or nobody sits; never a seat from a voided code."""
    code = RegistrationCode.objects.get(pk=here.code.pk)
    assert (code.used_at is not None, code.voided_at is not None).count(True) == 1
    assert Seat.objects.filter(organization=here.college).exists() == (code.used_at is not None)
    assert registering.succeeded == (code.used_at is not None)


@quick_and_full
def test_a_code_is_voided_while_it_is_used(step):
    def void(here):
        codes.void(Organization.objects.get(pk=here.college.pk), actor=here.actor)
        return True

    interleave.every_meeting(world, register(0), void, void_or_used, step=step)


def nobody_sits_in_the_dead(here, registering, deleting) -> None:
    assert deleting.error is None
    assert not Seat.objects.filter(organization=here.college).exists()
    assert not RegistrationCode.objects.filter(organization=here.college, live=True).exists()


@quick_and_full
def test_the_organisation_is_deleted_while_its_code_is_used(step):
    def close(here):
        return closing.close(Organization.objects.get(pk=here.college.pk), actor=here.actor)

    interleave.every_meeting(world, register(0), close, nobody_sits_in_the_dead, step=step)
