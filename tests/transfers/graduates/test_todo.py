"""What waits for the branch and its superior while the deadline is near."""

import pytest
from django.db.models import IntegerField, Value

from accounts.models import Account
from orgs.models import Organization, Seat
from orgs.scope import scope_of
from transfers import opening, sides, workflow
from transfers.graduates import deadlines, people, todo

from .conftest import at


@pytest.fixture
def branch(country, leave):
    return leave(country.class1)


def titles(account, now):
    return [each.title for each in todo.todo(scope_of(account), now=now)]


def count(account, now):
    waiting = Value(0, output_field=IntegerField()) + todo.waiting(scope_of(account), now=now)
    return Account.objects.filter(pk=account.pk).values_list(waiting, flat=True).get()


@pytest.mark.parametrize(
    ("now", "titles_"),
    [
        (at(5, 31), []),
        (at(7, 31), []),
        (at(8, 1), ["3 名毕业团员还没有发起转接"]),
        (at(11, 23), ["3 名毕业团员还没有发起转接"]),
        (at(1, 5, year=2027), []),
    ],
)
def test_from_thirty_days_before_the_deadline_to_the_end_of_the_year(branch, cast, now, titles_):
    assert titles(cast.class1_admin, now) == titles_
    assert count(cast.class1_admin, now) == len(titles_)


@pytest.mark.parametrize(
    ("who", "many"), [("college_admin", 1), ("class2_admin", 0), ("university_admin", 0), ("zibo_admin", 0)]
)
def test_the_direct_superior_sees_it_too(branch, cast, who, many):
    account = getattr(cast, who)
    assert (len(titles(account, at(8, 15))), count(account, at(8, 15))) == (many, many)


def test_an_earlier_deadline_warns_earlier(branch, country, cast):
    day = at(7, 1).date()
    deadlines.put(country.university, 2026, day, actor=scope_of(cast.university_admin), now=at(5, 1))
    found = todo.todo(scope_of(cast.class1_admin), now=at(6, 2))
    assert [each.until.date() for each in found] == [day]


def test_the_superior_is_led_to_each_branch(branch, cast):
    (found,) = todo.todo(scope_of(cast.college_admin), now=at(8, 15))
    assert found.names == (("2023级1班团支部（3 人）", f"/graduates/{branch.pk}/people/"),)


def test_it_is_done_when_everybody_has_begun_or_is_marked(branch, country, cast):
    actor = scope_of(cast.class1_admin)
    college = scope_of(cast.college_admin)
    wish = opening.Wish("其他", country.workshop)
    workflow.start(opening.build(cast.member, wish, actor=actor), actor=actor, now=at(6, 10))
    people.mark(branch, [cast.classmate.account_id, cast.class1_admin.pk], "teacher", actor=college)
    assert titles(cast.college_admin, at(8, 15)) == []


def test_a_lower_target_is_reached_sooner(branch, country, cast, settings):
    settings.GRADUATION_TARGET = 30
    actor = scope_of(cast.class1_admin)
    wish = opening.Wish("其他", country.workshop)
    workflow.start(opening.build(cast.member, wish, actor=actor), actor=actor, now=at(6, 10))
    assert titles(cast.college_admin, at(8, 15)) == []
    settings.GRADUATION_TARGET = 40
    assert titles(cast.college_admin, at(8, 15)) == ["2 名毕业团员还没有发起转接"]


@pytest.mark.parametrize("vacant", [[], ["college"], ["class1"], ["college", "class1"]])
@pytest.mark.parametrize(
    "who", ["centre_admin", "corps_admin", "university_admin", "college_admin", "class1_admin", "zibo_admin"]
)
def test_a_seat_answers_for_the_branches_whose_side_it_is(country, cast, who, vacant):
    for name in vacant:
        Seat.objects.filter(organization=getattr(country, name)).delete()
    scope = scope_of(getattr(cast, who))
    branches = Organization.objects.branches().select_related("parent")
    expected = {each.pk for each in branches if sides.is_side(scope, each)}
    found = todo.answered_for(scope).branches()
    assert set(found.values_list("pk", flat=True)) == expected


def test_it_takes_one_query(branch, country, cast, leave, django_assert_num_queries):
    scope = scope_of(cast.college_admin)
    with django_assert_num_queries(1):
        todo.todo(scope, now=at(8, 15))
    leave(country.class2)
    with django_assert_num_queries(1):
        todo.todo(scope, now=at(8, 15))
