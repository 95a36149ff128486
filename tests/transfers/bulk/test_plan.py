"""The plan: who will be sent, and why others will not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils import timezone

from members.matching.reading import Line
from members.placing_rules import may_leave
from orgs.enums import Category
from orgs.scope import scope_of
from tests import makers
from tests.transfers.bulk import crowd
from transfers.bulk import lists, plan
from transfers.bulk.lists import Common, Purpose
from transfers.bulk.plan import Group
from transfers.enums import State
from transfers.models import Transfer

WHERE = "山东省淄博市淄博机械公司装配车间团支部"


@pytest.fixture
def college(country, cast):
    return SimpleNamespace(country=country, cast=cast, actor=scope_of(cast.college_admin))


def only(college, member, target=None, **common):
    """The one row of a list of one person."""
    actor = common.pop("actor", college.actor)
    (row,) = crowd.planned(crowd.listed([member], actor, target=target, **common), actor).rows
    return row


def of_text(college, lines, **common):
    brought = [(Line(at, name, number), said) for at, (name, number, said) in enumerate(lines, start=1)]
    people = lists.keep_brought(brought, Purpose.SEND, source="粘贴", actor=college.actor)
    lists.settle(people, Common(**{"reason": "其他", **common}), actor=college.actor)
    people.refresh_from_db()
    return crowd.planned(people, college.actor)


@pytest.mark.parametrize(
    ("target", "state"), [("workshop", State.IN), ("company", State.IN), ("class2", State.DONE)]
)
def test_somebody_of_a_direct_branch_will_be_sent(college, target, state):
    row = only(college, college.cast.member, getattr(college.country, target))
    assert (row.group, row.line.to) == (Group.READY, state)


@pytest.mark.parametrize(
    ("outside", "reason", "state"),
    [("beijing", "其他", State.DONE), ("secret", "参军入伍或转入涉密单位", State.IN)],
)
def test_places_outside_are_reached(college, outside, reason, state):
    row = only(college, college.cast.member, outside=outside, outside_name="某单位", reason=reason)
    assert (row.group, row.line.to) == (Group.READY, state)


@pytest.mark.parametrize(
    ("target", "cause"), [("class1", "same"), ("college", "above"), ("zibo", "category")]
)
def test_where_nobody_can_go(college, target, cause):
    row = only(college, college.cast.member, getattr(college.country, target))
    assert (row.group, row.verdict.cause) == (Group.UNABLE, cause)


def test_whoever_waits_for_something_else_cannot_be_sent(college):
    crowd.send(
        crowd.listed([college.cast.member], college.actor, target=college.country.workshop), college.actor
    )
    row = only(college, college.cast.member, college.country.workshop)
    assert (row.group, row.verdict.cause) == (Group.UNABLE, "held")


def test_a_sole_administrator_hands_over_first(college):
    row = only(college, college.cast.class1_admin.member, college.country.workshop)
    assert (row.group, row.verdict.cause) == (Group.UNABLE, "last")


def test_with_everybody_at_once_the_administrator_goes_too(college):
    members = list(college.country.class1.members.select_related("account"))
    found = crowd.planned(crowd.listed(members, college.actor, target=college.country.class2), college.actor)
    assert [row.group for row in found.rows] == [Group.READY] * len(members)


def test_the_administrator_stays_while_anybody_stays(college):
    members = list(college.country.class1.members.select_related("account"))[:-1]
    found = crowd.planned(crowd.listed(members, college.actor, target=college.country.class2), college.actor)
    tied = [row.found.member.account_id for row in found.of(Group.UNABLE)]
    twin = may_leave(college.country.class1, {each.account_id for each in members})
    assert (tied, bool(twin)) == ([college.cast.class1_admin.pk], False)


def test_nobody_is_tied_to_a_branch_of_graduates(college):
    college.country.class1.category = Category.GRADUATE_BRANCH
    college.country.class1.save()
    row = only(college, college.cast.class1_admin.member, college.country.workshop)
    assert row.group == Group.READY


def test_nobody_sends_himself(college):
    row = only(
        college,
        college.cast.class1_admin.member,
        college.country.workshop,
        actor=scope_of(college.cast.class1_admin),
    )
    assert (row.group, row.verdict.cause) == (Group.UNABLE, "own")


def test_branches_of_others_are_not_sent_from(college):
    above = scope_of(college.cast.university_admin)
    row = only(college, college.cast.member, college.country.workshop, actor=above)
    assert (row.group, row.verdict.cause) == (Group.UNABLE, "not_side")


def test_a_reason_that_does_not_fit_is_to_be_changed(college):
    branch = scope_of(college.cast.class1_admin)
    row = only(college, college.cast.member, college.country.workshop, reason="支部调整", actor=branch)
    assert (row.group, row.verdict.cause) == (Group.REASON, "placing")


def test_a_line_without_a_target_waits_for_one(college):
    assert only(college, college.cast.member).group == Group.TARGET


def test_the_full_name_beside_a_name_is_the_target(college):
    found = of_text(college, [("古丽努尔·买买提江", "", WHERE), ("欧阳小明", "", "没有的团支部")])
    assert [row.group for row in found.rows] == [Group.READY, Group.TARGET]
    assert found.rows[0].transfer.target == college.country.workshop


def test_a_former_name_still_works(college):
    college.country.workshop.former_names.create(
        short_name="焊接车间团支部", full_name="山东省淄博市淄博机械公司焊接车间团支部", lineage="焊接车间"
    )
    found = of_text(college, [("欧阳小明", "", "山东省淄博市淄博机械公司焊接车间团支部")])
    assert found.rows[0].transfer.target == college.country.workshop


def test_lines_that_are_unsure_are_not_sent(college):
    for _ in range(2):
        makers.make_member(college.country.class2, "同名人")
    lines = [("同名人", "", WHERE), ("谁也不是", "", WHERE), ("欧阳小明", "", WHERE), ("欧阳小明", "", WHERE)]
    found = of_text(college, lines)
    assert [row.group for row in found.rows] == [Group.UNSURE] * 4
    assert found.ready == []


def test_somebody_named_twice_is_sent_once(college):
    number = college.cast.classmate.account.id_number
    found = of_text(college, [("欧阳小明", number, WHERE), ("欧阳小明", "", WHERE)])
    assert [(row.group, row.found.verdict.cause) for row in found.rows] == [
        (Group.READY, ""),
        (Group.UNSURE, "twice"),
    ]


def test_of_people_elsewhere_only_the_province_is_told(college):
    worker = college.cast.worker.account
    (row,) = of_text(college, [(worker.name, worker.id_number, WHERE)]).rows
    assert (row.group, row.verdict.message) == (Group.UNABLE, "团籍在其他团支部（团山东省委）。")


def test_the_stamp_changes_with_what_would_be_sent(college):
    people = crowd.listed(
        [college.cast.member, college.cast.classmate], college.actor, target=college.country.workshop
    )
    before = crowd.planned(people, college.actor).stamp
    again = crowd.planned(people, college.actor).stamp
    lists.leave_out(people, [1], actor=college.actor)
    people.refresh_from_db()
    assert (before == again, before == crowd.planned(people, college.actor).stamp) == (True, False)


@pytest.mark.parametrize("count", [3, 60])
def test_the_plan_costs_the_same_for_many(college, django_assert_num_queries, count):
    people = crowd.listed(
        crowd.fill(college.country.class1, count), college.actor, target=college.country.workshop
    )
    with django_assert_num_queries(7):
        found = plan.make(people, actor=college.actor, now=timezone.now())
    assert (len(found.ready), Transfer.objects.count()) == (count, 0)
