"""An application meets 撤回, a second approval, an entry of the same ID, and the end of its branch, at every statement."""

import itertools
from copy import copy
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import Account
from members import entry
from members.applications import applying, deciding, ending
from members.applications.content import Content
from members.models import Application, ApplicationKind, Member, Membership
from orgs import scope
from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import nobody
from tests import interleave, makers
from zhtj.desk import closing

from .world import again, quick_and_full, told

pytestmark = pytest.mark.django_db(transaction=True)
_serial = itertools.count(1)


def world() -> SimpleNamespace:
    """A committee with two branches, and somebody who waits to be taken in by the first."""
    at = next(_serial)
    top = makers.make_org(None, f"第{at}学院团委", Category.COMMITTEE)
    one, two = (makers.make_org(top, f"{each}班团支部") for each in "一二")
    content = Content(
        name="申请人",
        number=makers.number_of(region="659098", serial=at % 1000),
        phone="16300000077",
        ethnicity="汉族",
        political_status="共青团员",
        education="本科（在读）",
        joined=date(2021, 5, 1),
        league_number=f"202165{at:06d}",
    )
    application = applying.submit(one, ApplicationKind.MEMBER, content, actor=nobody(), now=timezone.now())
    actor = scope.of_command("tests", top)
    return SimpleNamespace(top=top, one=one, two=two, content=content, application=application, actor=actor)


def seen(here) -> Application:
    """A copy of one's own, as its page showed it."""
    return Application.objects.select_related("branch__parent").get(pk=here.application.pk)


def approve(here):
    return deciding.approve(copy(here.seen), actor=here.actor, now=timezone.now())


def withdraw(here):
    applying.withdraw(seen(here), actor=nobody(), now=timezone.now())
    return True


def send_back(here):
    deciding.send_back(copy(here.seen), reason="elsewhere", remark="", actor=here.actor, now=timezone.now())
    return True


def enter(here):
    return entry.enter(again(here.two), here.content.entered, actor=here.actor, now=timezone.now())


def close_branch(here):
    return closing.close(again(here.one), actor=here.actor)


def resend(here):
    corrected = Content(
        **{name: getattr(here.content, name) for name in here.content.__slots__} | {"name": "更正后"}
    )
    applying.resend(seen(here), corrected, actor=nobody(), now=timezone.now() + timedelta(seconds=1))
    return True


def waiting() -> SimpleNamespace:
    """The world with the application as an administrator has its page open."""
    here = world()
    here.seen = seen(here)
    return here


def returned() -> SimpleNamespace:
    """The same, after it was sent back."""
    here = waiting()
    deciding.send_back(seen(here), reason="elsewhere", remark="", actor=here.actor, now=timezone.now())
    return here


def members_of(here) -> list[int]:
    found = Member.objects.filter(account__id_index=here.application.id_index)
    return list(found.values_list("branch", flat=True))


def state_of(here) -> str:
    return Application.objects.get(pk=here.application.pk).state


def whole(here) -> None:
    """The ledger says what the 团籍 says; nobody half made is left behind."""
    people = Account.objects.filter(id_index=here.application.id_index)
    assert people.count() == len(members_of(here))
    assert Membership.objects.filter(account__in=people, ended_at=None).count() == len(members_of(here))


def approved_exactly_if_taken_in(here, one, two) -> None:
    told(one, two)
    assert [one.succeeded, two.succeeded].count(True) == 1
    assert (state_of(here) == "approved") == (members_of(here) == [here.one.pk])
    whole(here)


@quick_and_full
def test_approval_and_withdrawal(step):
    interleave.every_meeting(waiting, approve, withdraw, approved_exactly_if_taken_in, step=step)
    interleave.every_meeting(waiting, withdraw, approve, approved_exactly_if_taken_in, step=step)


@quick_and_full
def test_approval_and_return(step):
    interleave.every_meeting(waiting, approve, send_back, approved_exactly_if_taken_in, step=step)


@quick_and_full
def test_two_approvals(step):
    def one_of_them(here, one, two):
        approved_exactly_if_taken_in(here, one, two)
        assert state_of(here) == "approved"

    interleave.every_meeting(waiting, approve, approve, one_of_them, step=step)


@quick_and_full
def test_approval_and_entry_of_the_same_id_elsewhere(step):
    def one_branch(here, one, two):
        told(one, two)
        assert [one.succeeded, two.succeeded].count(True) == 1
        expected = {"approved": [here.one.pk], "ended": [here.two.pk]}
        assert members_of(here) == expected[state_of(here)]
        whole(here)

    interleave.every_meeting(waiting, approve, enter, one_branch, step=step)
    interleave.every_meeting(waiting, enter, approve, one_branch, step=step)


@quick_and_full
def test_approval_and_the_end_of_the_branch(step):
    def nobody_in_a_deleted_branch(here, one, two):
        told(one, two)
        closed = Organization.objects.get(pk=here.one.pk).deleted_at is not None
        assert closed
        assert not Member.objects.filter(branch__deleted_at__isnull=False).exists()
        assert state_of(here) in ("approved", "returned")
        assert (state_of(here) == "approved") == bool(members_of(here))
        whole(here)

    interleave.every_meeting(waiting, approve, close_branch, nobody_in_a_deleted_branch, step=step)


@quick_and_full
def test_withdrawal_and_sending_again(step):
    def one_of_both(here, one, two):
        told(one, two)
        assert state_of(here) in ("withdrawn", "pending")
        assert one.succeeded or two.succeeded

    interleave.every_meeting(returned, withdraw, resend, one_of_both, step=step)


@quick_and_full
def test_sending_again_and_the_end_of_the_branch(step):
    def nothing_waits_for_a_deleted_branch(here, one, two):
        told(one, two)
        assert two.succeeded
        assert state_of(here) == "returned"

    interleave.every_meeting(returned, resend, close_branch, nothing_waits_for_a_deleted_branch, step=step)


def test_the_net_catches_an_approval_that_forgets_to_look_again(monkeypatch):
    """A version that writes the state whatever it is by then."""

    def naive(application, states, **changes):
        Application.objects.filter(pk=application.pk).update(**changes)

    monkeypatch.setattr(deciding, "move", naive)
    with pytest.raises(AssertionError):
        interleave.every_meeting(waiting, approve, withdraw, approved_exactly_if_taken_in)


def test_ending_waits_for_nobody_who_waits_for_it():
    """Two imports of the same people and a withdrawal at once: no deadlock, everything ends one way."""
    here = waiting()
    facts = {"organization": here.two, "actor": here.actor, "now": timezone.now()}
    outcomes = interleave.all_at_once(
        lambda: ending.end_of([here.application.id_index], **facts) or True,
        lambda: ending.end_of([here.application.id_index], **facts) or True,
        lambda: withdraw(here),
    )
    told(*outcomes)
    assert state_of(here) in ("ended", "withdrawn")
