"""Who comes to a college, and the figures at the top (§6.7)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from members.models import PaperKind
from tests import makers
from transfers.freshmen import checking, people, placing, rules


def names(found) -> set[str]:
    return {each.account.name for each in found}


@pytest.mark.parametrize(
    ("today", "begins"),
    [(date(2026, 11, 23), date(2026, 8, 1)), (date(2026, 3, 1), date(2025, 8, 1)), (date(2026, 8, 1),) * 2],
)
def test_the_season_begins_on_the_day_of_the_setting(today, begins):
    assert timezone.localdate(people.season(today)) == begins


def test_cases_to_the_college_and_its_branches_come(country, cast, admin, send):
    send("到临时支部"), send("到学院", "college"), send("到班级", "class1"), send("到别处", "class1")
    at = people.desk(country.college)
    assert names(people.waiting(at, admin)) == {"到临时支部", "到学院", "到班级", "到别处"}


def test_moves_inside_the_college_are_no_newcomers(country, cast, admin, begin):
    begin("member", target="class2")
    assert list(people.coming(people.desk(country.college))) == []


def test_people_of_the_temporary_branch_and_cases_wait_for_a_class(country, admin, receive):
    receive("在临时支部"), receive("到学院", "college"), receive("到班级", "class1")
    at = people.desk(country.college)
    assert [(each.account.name, each.place) for each in placing.waiting(at, admin)] == [
        ("到学院", "待分配支部"),
        ("在临时支部", "2019级新生临时团支部"),
    ]


def test_the_figures(country, admin, send, receive):
    send("还在路上")
    receive("在临时支部")
    case = receive("到班级", "class1")
    checking.receive(
        country.college,
        checking.alike([case.account_id], PaperKind.values, "arrived"),
        received_on=None,
        actor=admin,
    )
    found = people.figures(people.desk(country.college), today=timezone.localdate(), admitted=7)
    assert (found.admitted, found.coming, found.received, found.assigned, found.complete) == (7, 1, 2, 1, 1)


def test_who_was_placed_from_the_temporary_branch_is_a_newcomer_still(country, admin, cast):
    makers.make_member(country.freshmen, "直接录入")
    at = people.desk(country.college)
    (one,) = placing.waiting(at, admin)
    placing.carry_out(country.college, {one.key: country.class1.pk}, actor=admin)
    assert names(people.newcomers(at, today=timezone.localdate()).select_related("account")) == {"直接录入"}


def test_older_members_of_a_class_are_no_newcomers(country, cast):
    at = people.desk(country.college)
    assert list(people.newcomers(at, today=timezone.localdate())) == []


@pytest.mark.parametrize(
    ("who", "where", "cause"),
    [
        ("college_admin", "college", ""),
        ("class1_admin", "class1", "category"),
        ("university_admin", "college", "not_own"),
        ("corps_admin", "corps", "category"),
    ],
)
def test_the_college_receives(country, seats, who, where, cause):
    assert rules.may_receive(seats[who], getattr(country, where)).cause == cause


def test_a_vacant_college_is_served_by_the_nearest_above(country, cast, seats):
    empty = makers.make_org(country.university, "理学院团委", "committee")
    assert bool(rules.may_receive(seats["university_admin"], empty))
