"""发起率 and 完成率: a table of cases, and the same numbers for every organisation on the way up (decision 0084)."""

from datetime import date

import pytest
from django.utils import timezone

from members.models import Member, Membership
from members.removal import verbs as removing
from members.removal.rules import Given
from orgs.scope import scope_of
from tests import makers
from transfers import opening, workflow
from transfers.enums import Act
from transfers.graduates import counting, marking, people
from transfers.graduates.counting import Tally
from transfers.models import Transfer
from zhtj.desk import closing

from .conftest import at, long_here

TODAY = date(2026, 7, 1)
JUNE_10, JUNE_12 = at(6, 10), at(6, 12)
JUNE, DECEMBER, NEXT = date(2026, 6, 1), date(2026, 12, 1), date(2027, 3, 1)


@pytest.fixture
def world(country, cast):
    """Class 1 with its administrator alone; one graduate more is what the cases are about."""
    for each in (cast.member, cast.classmate):
        Membership.objects.filter(account=each.account).update(ended_at=timezone.now(), ended_by="removal")
        each.delete()
    return country


@pytest.fixture
def one(world, leave):
    """The graduate, in a class that is leaving since 1 June."""
    leave(world.class1)
    return long_here(makers.make_member(world.class1, "甲同学"))


def begin(member, cast, target=None, *, who="class1_admin", now=JUNE_10, **wish):
    actor = scope_of(getattr(cast, who))
    wish = opening.Wish(**{"reason": "其他", "target": target, **wish})
    return workflow.start(opening.build(member, wish, actor=actor), actor=actor, now=now)


def go(case, cast, act, who, *, now=JUNE_12, **word):
    actor = scope_of(getattr(cast, who))
    fresh = Transfer.objects.get(pk=case.pk)
    return workflow.act(fresh, act, actor=actor, word=workflow.Word(**word), now=now)


def nothing(member, country, cast):
    """Nobody has begun anything."""


def under_way(member, country, cast):
    begin(member, cast, country.workshop)


def begun_before_the_day(member, country, cast):
    begin(member, cast, country.workshop, now=at(5, 25))


def returned(member, country, cast):
    case = begin(member, cast, country.workshop)
    go(case, cast, Act.RETURN, "workshop_admin", code="其他", remark="缺材料")


def withdrawn(member, country, cast):
    go(begin(member, cast, country.workshop), cast, Act.WITHDRAW, "class1_admin")


def lapsed(member, country, cast):
    case = begin(member, cast, country.workshop)
    workflow.by_system(
        Transfer.objects.get(pk=case.pk), Act.LAPSE, actor=makers.SYSTEM, remark="", now=at(6, 21)
    )


def again_after_return(member, country, cast):
    returned(member, country, cast)
    begin(member, cast, country.workshop, now=at(6, 14))


def arrived(member, country, cast):
    go(begin(member, cast, country.workshop), cast, Act.AGREE_IN, "workshop_admin")


def to_be_assigned(member, country, cast):
    go(begin(member, cast, country.company), cast, Act.AGREE_IN, "zibo_admin")


def outside(member, country, cast):
    begin(member, cast, outside="beijing", outside_name="某大学团委")


def in_the_same_college(member, country, cast):
    begin(member, cast, country.class2, who="college_admin")


def placed(member, country, cast):
    begin(member, cast, country.class2, who="college_admin", reason="支部调整")


def removed(member, country, cast):
    removing.remove(member, Given("误录入"), actor=scope_of(cast.college_admin))


def arrived_and_back(member, country, cast):
    arrived(member, country, cast)
    Member.objects.filter(account=member.account).update(
        branch=country.class1, branch_path=country.class1.path
    )


def delayed(member, country, cast):
    people.mark(country.class1, [member.account_id], "delayed", NEXT, actor=scope_of(cast.class1_admin))


def delayed_until_december(member, country, cast):
    people.mark(country.class1, [member.account_id], "delayed", DECEMBER, actor=scope_of(cast.class1_admin))


def teacher(member, country, cast):
    people.mark(country.class1, [member.account_id], "teacher", actor=scope_of(cast.class1_admin))


def floating_but_left(member, country, cast):
    people.mark(country.class1, [member.account_id], "floating", actor=scope_of(cast.class1_admin))
    arrived(member, country, cast)


def mark_taken_off(member, country, cast):
    teacher(member, country, cast)
    people.unmark(country.class1, [member.account_id], actor=scope_of(cast.class1_admin))


CASES = [
    (nothing, "waiting"),
    (under_way, "going"),
    (begun_before_the_day, "going"),
    (returned, "waiting"),
    (withdrawn, "waiting"),
    (lapsed, "waiting"),
    (again_after_return, "going"),
    (arrived, "done"),
    (to_be_assigned, "going"),
    (outside, "done"),
    (in_the_same_college, "done"),
    (placed, ""),
    (removed, ""),
    (arrived_and_back, "waiting"),
    (delayed, "spared"),
    (delayed_until_december, "spared"),
    (teacher, "spared"),
    (floating_but_left, ""),
    (mark_taken_off, "waiting"),
]


@pytest.mark.parametrize(("happens", "group"), CASES, ids=[each.__name__ for each, _ in CASES])
def test_what_happened_to_one_graduate_counts_once(one, world, cast, happens, group):
    happens(one, world, cast)
    found = counting.tallies([world.class1.pk], world.class1.path, 2026, today=TODAY)[world.class1.pk]
    numbers = {"waiting": 1, "going": 0, "done": 0, "spared": 0}  # the administrator has not begun either
    if group:
        numbers[group] += 1
    assert found == Tally(**numbers, classes=1)


def test_the_numbers_are_those_of_everything_below(one, world, cast):
    arrived(one, world, cast)
    places = (world.centre, world.university, world.college, world.class1, world.class2, world.zibo)
    found = counting.tallies([each.pk for each in places], world.centre.path, 2026, today=TODAY)
    whole = Tally(waiting=1, done=1, classes=1)
    assert [found[each.pk] for each in places] == [whole, whole, whole, whole, Tally(), Tally()]


def test_rates_are_of_those_to_graduate(one, world, cast):
    arrived(one, world, cast)
    found = counting.tallies([world.class1.pk], world.class1.path, 2026, today=TODAY)[world.class1.pk]
    assert (found.base, str(found.started), str(found.finished)) == (2, "50%", "50%")


def test_a_case_that_ended_before_the_class_left_does_not_count(world, cast, leave):
    early = long_here(makers.make_member(world.class1, "早走同学"))
    case = begin(early, cast, world.workshop, now=at(5, 20))
    go(case, cast, Act.AGREE_IN, "workshop_admin", now=at(5, 22))
    leave(world.class1)
    found = counting.tallies([world.class1.pk], world.class1.path, 2026, today=TODAY)[world.class1.pk]
    assert found == Tally(waiting=1, classes=1)


def test_a_class_that_has_not_left_yet_is_told_apart(world, cast):
    marking.mark([world.class1.pk], "class", JUNE, actor=scope_of(cast.college_admin), now=at(5, 10))
    found = counting.tallies([world.class1.pk], world.class1.path, 2026, today=date(2026, 5, 20))
    assert found[world.class1.pk] == Tally(upcoming=1)


def test_a_deleted_class_still_counts_for_its_superior(one, world, cast):
    outside(one, world, cast)
    branch = world.class1
    closing.close(branch, actor=scope_of(cast.college_admin))
    found = counting.tallies([world.college.pk], world.college.path, 2026, today=TODAY)[world.college.pk]
    assert found == Tally(done=1)


@pytest.mark.parametrize(
    ("year", "today", "expected"),
    [
        (2026, date(2026, 5, 31), Tally()),
        (2026, TODAY, Tally(waiting=1)),
        (2027, date(2027, 7, 1), Tally()),
    ],
)
def test_in_a_mixed_branch_those_marked_for_the_year_count_from_its_day(world, cast, year, today, expected):
    college = scope_of(cast.college_admin)
    marking.mark([world.class1.pk], "mixed", actor=college, now=at(5, 10))
    member = makers.make_member(world.class1, "甲同学")
    people.mark(world.class1, [member.account_id], "graduate", date(2026, 7, 1), actor=college)
    found = counting.tallies([world.class1.pk], world.class1.path, year, today=today)
    assert found[world.class1.pk] == expected


def test_somebody_delayed_counts_with_the_year_of_the_new_month(one, world, cast):
    delayed(one, world, cast)
    found = counting.tallies([world.class1.pk], world.class1.path, 2027, today=date(2027, 7, 1))
    assert found[world.class1.pk] == Tally(waiting=1)


def test_somebody_delayed_within_the_year_counts_from_the_new_month(one, world, cast):
    delayed_until_december(one, world, cast)
    found = counting.tallies([world.class1.pk], world.class1.path, 2026, today=DECEMBER)
    assert found[world.class1.pk] == Tally(waiting=2, classes=1)


def test_the_years_are_those_of_the_marks_and_this_one(one, world, cast):
    delayed(one, world, cast)
    assert counting.years(world.college, today=date(2028, 1, 1)) == [2028, 2027, 2026]


def test_it_takes_four_statements_for_any_number(one, world, cast, django_assert_num_queries):
    places = [each.pk for each in vars(world).values()]
    for ids in (places[:1], places):
        with django_assert_num_queries(4):
            counting.tallies(ids, world.centre.path, 2026, today=TODAY)
