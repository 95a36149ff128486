"""Whom 催办 names: people and organisations of the scope that have something left to do."""

from __future__ import annotations

import pytest

from members.models import Member
from orgs.scope import scope_of
from tests import makers
from tests.transfers.bulk import crowd
from transfers.enums import About
from transfers.nudges import topics


def test_members_who_have_not_begun_are_named_shortly(here):
    ids = [here.cast.member.account_id, here.cast.classmate.account_id]
    found = topics.gather(About.START, ids, here.college)
    assert (found.groups, found.organization) == ({None: ["古*·买*", "欧阳*明"]}, here.country.class1)


def test_people_elsewhere_are_left_out(here):
    found = topics.gather(About.START, [here.cast.worker.account_id], here.college)
    assert (found.count, found.left_out, found.organization) == (0, 1, None)


@pytest.mark.usefixtures("sent")
def test_whoever_has_begun_is_left_out(here):
    assert topics.gather(About.START, [here.cast.member.account_id], here.college).count == 0


def test_cases_are_grouped_under_whoever_has_the_turn(here, sent):
    found = topics.gather(About.CASES, sent, scope_of(here.cast.company_admin))
    assert found.groups == {here.country.workshop: ["古*·买*"]}


def test_cases_whose_turn_is_elsewhere_are_left_out(here, sent):
    found = topics.gather(About.CASES, sent, here.college)
    assert (found.count, found.left_out) == (0, 1)


def test_organisations_of_the_scope_that_lack_something(here):
    ids = [here.country.class1.pk, here.country.workshop.pk]
    found = topics.gather(About.INFORMATION, ids, here.college)
    assert (list(found.groups), found.left_out) == ([here.country.class1], 1)


def test_people_whose_fields_are_missing(here):
    Member.objects.filter(pk=here.cast.classmate.pk).update(number=None)
    ids = [here.cast.member.account_id, here.cast.classmate.account_id]
    assert topics.gather(About.PROFILE, ids, here.college).groups == {None: ["欧阳*明"]}


def test_the_record_lies_at_the_lowest_organisation_above_all(here):
    other = makers.make_member(here.country.class2, "二班人")
    ids = [here.cast.member.account_id, other.account_id]
    assert topics.gather(About.START, ids, here.college).organization == here.country.college


@pytest.mark.parametrize("count", [3, 60])
def test_many_cost_as_much_as_few(here, django_assert_num_queries, count):
    ids = [each.account_id for each in crowd.fill(here.country.class1, count)]
    with django_assert_num_queries(1):
        topics.gather(About.START, ids, here.college)
