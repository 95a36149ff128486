"""Everybody the button announced, or nobody."""

from __future__ import annotations

import pytest

from members.models import Member, Membership
from orgs.models import Post
from orgs.scope import scope_of
from tests import makers
from tests.transfers.bulk import crowd
from transfers.bulk import sending
from transfers.enums import Act, State
from transfers.models import Step, Transfer
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused


@pytest.fixture
def actor(cast):
    return scope_of(cast.college_admin)


@pytest.mark.parametrize("count", [1, 60, 500])
def test_each_person_gets_a_case_of_one_batch(country, actor, count):
    people = crowd.listed(crowd.fill(country.class1, count), actor, target=country.workshop)
    batch = crowd.send(people, actor)
    cases = Transfer.objects.filter(batch=batch, state=State.IN, opened_by=actor.account_id)
    steps = Step.objects.filter(transfer__batch=batch, act=Act.START, number=1, after=State.IN)
    audits = AuditEntry.objects.filter(verb="transfers.step", act=actor.act)
    held = Member.objects.filter(held="transfer", branch=country.class1)
    people.refresh_from_db()
    assert [each.count() for each in (cases, steps, audits, held)] == [count] * 4
    assert people.batch == batch


@pytest.mark.parametrize("count", [60, 500])
def test_a_class_moves_at_once_where_the_superior_decides_both_sides(country, cast, actor, count):
    crowd.fill(country.class1, count - country.class1.members.count())
    members = list(country.class1.members.select_related("account"))
    batch = crowd.send(crowd.listed(members, actor, target=country.class2), actor)
    done = Transfer.objects.filter(batch=batch, state=State.DONE, landed=country.class2).count()
    stretches = Membership.objects.filter(branch=country.class2, ended_at=None, begun_by="transfer")
    assert (done, stretches.count()) == (count, count)
    assert not Member.objects.exclude(held="").exists()


def test_the_administrator_goes_with_everybody_else_and_the_posts_end(country, cast, actor):
    members = list(country.class1.members.select_related("account"))
    crowd.send(crowd.listed(members, actor, target=country.class2), actor)
    assert (country.class1.members.count(), country.class1.seats.count()) == (0, 0)
    assert not Post.objects.filter(organization=country.class1, ended_at=None).exists()


def test_whoever_goes_outside_leaves(country, cast, actor):
    people = crowd.listed([cast.member], actor, outside="beijing", outside_name="某大学团委")
    crowd.send(people, actor)
    assert Transfer.objects.get().state == State.DONE
    assert not Member.objects.filter(account=cast.member.account_id).exists()


def test_nothing_is_begun_when_the_plan_has_changed(country, cast, actor):
    people = crowd.listed([cast.member, cast.classmate], actor, target=country.workshop)
    stamp = crowd.planned(people, actor).stamp
    Member.objects.filter(pk=cast.member.pk).update(held="transfer")
    with pytest.raises(Refused) as refusal:
        sending.send(people, stamp=stamp, actor=actor)
    assert (refusal.value.verdict.cause, Transfer.objects.count()) == ("changed", 0)


def test_a_second_press_of_the_button_sends_nobody_again(country, cast, actor):
    people = crowd.listed([cast.member], actor, target=country.workshop)
    stamp = crowd.planned(people, actor).stamp
    sending.send(people, stamp=stamp, actor=actor)
    with pytest.raises(Refused):
        sending.send(people, stamp=stamp, actor=actor)
    assert Transfer.objects.count() == 1


def test_a_list_of_which_nobody_can_go_sends_nobody(country, cast, actor):
    people = crowd.listed([cast.member], actor, target=country.class1)
    with pytest.raises(Refused) as refusal:
        crowd.send(people, actor)
    assert refusal.value.verdict.cause == "nobody"


def test_everybody_is_told(country, cast, actor):
    crowd.send(crowd.listed([cast.member, cast.classmate], actor, target=country.workshop), actor)
    told = [each.notices.count() for each in (cast.member.account, cast.classmate.account)]
    assert told == [1, 1]


def test_sending_costs_little_for_each_person(country, actor, django_assert_max_num_queries):
    people = crowd.listed(crowd.fill(country.class1, 60), actor, target=country.workshop)
    stamp = crowd.planned(people, actor).stamp
    with django_assert_max_num_queries(60 + 45):
        sending.send(people, stamp=stamp, actor=actor)


def test_a_batch_from_many_branches_is_one_act(country, actor):
    branches = [makers.make_org(country.college, f"2024级{at}班团支部") for at in range(1, 6)]
    members = [member for branch in branches for member in crowd.fill(branch, 4)]
    batch = crowd.send(crowd.listed(members, actor, target=country.workshop), actor)
    assert Transfer.objects.filter(batch=batch).count() == 20
