"""Sending many against what else happens to the same people: everybody announced is sent, or nobody."""

from __future__ import annotations

import pytest
from django.db import transaction

from members.models import Member, Membership
from members.removal import verbs as removing
from members.removal.rules import Given
from members.roster import batch as batches
from members.roster import planning, run
from orgs import scope
from tests import interleave, makers
from tests.members.roster.sheets import person, roster
from tests.races.world import again, close_branch, told, whole, world
from transfers.bulk import plan, sending
from transfers.bulk.lists import Common, keep_chosen
from transfers.models import PeopleList, Transfer

pytestmark = pytest.mark.django_db(transaction=True)
quick_and_full = pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.prove)])
sparse_and_full = pytest.mark.parametrize("step", [24, pytest.param(1, marks=pytest.mark.prove)])


def two_lists():
    """The college has chosen both of its class, twice, for a branch of another college."""
    here = world()
    here.other = makers.make_org(here.two, "二班团支部")
    maker = makers.make_admin(here.one, "甲管理")
    here.sender = scope.scope_of(maker)
    here.superior = scope.of_command("tests", here.one)
    here.people = list(Member.objects.filter(branch=here.branch).order_by("pk"))
    here.lists = [_listed(here), _listed(here)]
    here.stamp = plan.make(here.lists[0], actor=here.sender, now=here.lists[0].created_at).stamp
    return here


def _listed(here) -> PeopleList:
    wish = Common(reason="其他", target=here.other.pk)
    accounts = [each.account_id for each in here.people]
    return keep_chosen(accounts, source="列表", actor=here.sender, wish=wish)


def send(here, at=0):
    people = PeopleList.objects.get(pk=here.lists[at].pk)
    return sending.send(people, stamp=here.stamp, actor=scope.scope_of(_maker(here)))


def send_again(here):
    return send(here, 1)


def _maker(here):
    return here.lists[0].account.__class__.objects.get(pk=here.sender.account_id)


def remove(here):
    member = Member.objects.filter(pk=here.people[0].pk).select_related("account", "branch").first()
    return removing.remove(member, Given("误录入"), actor=here.superior) if member else None


def all_or_nobody(here, *outcomes) -> None:
    """Cases and what holds the 团籍 agree, and there is a case for both or for none."""
    told(*outcomes)
    whole(here)
    mine = Transfer.objects.filter(source=here.branch)
    held = Member.objects.filter(branch=here.branch).exclude(held="")
    assert mine.count() in (0, 2)
    assert mine.count() == held.count()
    assert mine.values("batch").distinct().count() == min(mine.count(), 1)


def one_wins(here, one, two) -> None:
    all_or_nobody(here, one, two)
    assert [one.succeeded, two.succeeded].count(True) == 1


@quick_and_full
def test_two_lists_of_the_same_people_at_once(step):
    interleave.every_meeting(two_lists, send, send_again, one_wins, step=step)


@quick_and_full
def test_sent_while_somebody_is_removed(step):
    interleave.every_meeting(two_lists, send, remove, one_wins, step=step)


@quick_and_full
def test_somebody_is_removed_while_sent(step):
    interleave.every_meeting(two_lists, remove, send, one_wins, step=step)


@quick_and_full
def test_sent_while_the_branch_is_deleted(step):
    def sent_or_closed(here, one, two):
        told(one, two)
        whole(here)
        open_cases = Transfer.objects.filter(source=here.branch, live=True)
        assert open_cases.count() in (0, 2)
        assert one.succeeded or two.succeeded

    interleave.every_meeting(two_lists, send, close_branch, sent_or_closed, step=step)


def planned():
    """A roster of the other branch with somebody on it who has lost the 团籍, and is chosen by nobody yet."""
    here = two_lists()
    account = here.people[0].account
    raw = roster(person(account.name, 身份证号码=account.id_number))
    batch = batches.create(here.other, "名单.xlsx", raw, actor=scope.of_command("tests", here.other))
    planning.make_plan(batch, raw)
    here.batch = batch.pk
    return here


def run_import(here):
    batch = type(batches.ImportBatch.objects.get(pk=here.batch)).objects.select_related(
        "organization__parent", "importer"
    )
    run.carry_out(batch.get(pk=here.batch))
    return True


@sparse_and_full
def test_sent_while_a_roster_elsewhere_names_one_of_them(step):
    def sent(here, one, two):
        all_or_nobody(here, one, two)
        assert one.succeeded
        assert Membership.objects.filter(branch=here.other).count() == 0

    interleave.every_meeting(planned, send, run_import, sent, step=step)


# -- what the net catches -----------------------------------------------------------------------------


@transaction.atomic
def naive(here):
    """The same writes without looking again under the locks."""
    people = PeopleList.objects.get(pk=here.lists[0].pk)
    rows = plan.make(people, actor=here.sender, now=people.created_at).ready
    sending._begin(rows[:1], here.lists[0].key, actor=here.sender, now=people.created_at)
    return bool(rows)


def test_the_net_catches_sending_only_some():
    with pytest.raises(AssertionError):
        interleave.every_meeting(two_lists, naive, remove, all_or_nobody, most=30)


def test_five_windows_send_one_list_once():
    here = two_lists()
    outcomes = interleave.all_at_once(*[lambda: send(here) for _ in range(5)])
    told(*outcomes)
    assert [each.succeeded for each in outcomes].count(True) == 1
    assert Transfer.objects.filter(source=again(here.branch)).count() == 2
