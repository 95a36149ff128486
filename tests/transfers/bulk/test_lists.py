"""Lists are kept encrypted, for some days, for their maker alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from members.matching.reading import Line
from orgs.scope import scope_of
from tests.transfers.bulk import crowd
from transfers.bulk import lists
from transfers.bulk.lists import Common, Purpose
from transfers.models import PeopleList
from zhtj.lib.verdict import Refused


@pytest.fixture
def actor(cast):
    return scope_of(cast.college_admin)


def brought(actor, count: int = 1) -> PeopleList:
    found = [(Line(at, f"张{chr(0x4E00 + at)}", ""), "") for at in range(1, count + 1)]
    return lists.keep_brought(found, Purpose.SEND, source="粘贴的名单", actor=actor)


def test_the_database_holds_no_name(actor):
    assert "张一".encode() not in bytes(brought(actor).payload_cipher)


def test_a_list_is_found_by_its_maker_alone(actor, cast):
    people = brought(actor)
    found = [list(lists.of(each)) for each in (actor, scope_of(cast.university_admin))]
    assert found == [[people], []]


def test_only_members_of_the_scope_are_kept(actor, cast):
    people = lists.keep_chosen([cast.member.account_id, cast.worker.account_id], source="列表", actor=actor)
    assert [each.account for each in lists.entries(people)] == [cast.member.account_id]


def test_nobody_of_the_scope_is_refused(actor, cast):
    with pytest.raises(Refused) as refusal:
        lists.keep_chosen([cast.worker.account_id], source="列表", actor=actor)
    assert refusal.value.verdict.cause == "nobody"


@pytest.mark.parametrize(("count", "cause"), [(0, "empty"), (500, ""), (501, "too_many")])
def test_so_many_at_once(actor, count, cause):
    assert lists.may_keep(actor, count, Purpose.SEND).cause == cause


def test_so_many_lists_an_hour(actor, settings):
    settings.UPLOADS_PER_HOUR = 1
    brought(actor)
    assert lists.may_keep(actor, 1, Purpose.SEND).cause == "too_many"


def test_lines_are_aimed_and_left_out(actor, country):
    people = brought(actor, 3)
    lists.aim(people, [2], country.workshop, actor=actor)
    lists.leave_out(people, [3], actor=actor)
    people.refresh_from_db()
    assert [(each.at, each.target) for each in lists.entries(people)] == [(1, None), (2, country.workshop.pk)]
    assert people.line_count == 2


def test_what_holds_for_all_is_kept(actor):
    people = brought(actor)
    lists.settle(people, Common(reason="升学", details={"学校名称": "某大学"}), actor=actor)
    people.refresh_from_db()
    assert lists.common(people) == Common(reason="升学", details={"学校名称": "某大学"})


def test_a_forgotten_list_is_not_changed(actor):
    people = brought(actor)
    lists.drop(PeopleList.objects.get(), actor=actor)
    with pytest.raises(Refused):
        lists.leave_out(people, [1], actor=actor)


@pytest.mark.parametrize(("days", "left"), [(6, 1), (8, 0)])
def test_lists_are_forgotten_after_some_days(actor, days, left):
    brought(actor)
    lists.purge(timezone.now() + timedelta(days=days))
    assert PeopleList.objects.count() == left


def test_500_are_kept_in_few_statements(actor, country, django_assert_max_num_queries):
    members = crowd.fill(country.class1, 20)
    with django_assert_max_num_queries(8):
        crowd.listed(members, actor)
