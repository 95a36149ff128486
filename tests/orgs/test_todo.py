"""Petitions and vacancies are things to do; each says whose turn it is."""

import pytest
from django.utils import timezone

from orgs import administrators, scope, todo
from orgs.models import Organization, Seat
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition(cast, country):
    """班一丽 asks for a second administrator; 石河子大学医学院团委 decides."""
    makers.make_post(cast.classmate.account, country.class1, "组织委员")
    return administrators.change(
        country.class1, successor=cast.classmate.account, actor=scope.scope_of(cast.class1_admin)
    )


def todo_of(account):
    return todo.todo(scope.scope_of(account), now=timezone.now())


def test_a_petition_waits_for_the_organisation_whose_turn_it_is(cast, petition):
    item = todo_of(cast.college_admin)[0]
    assert (item.key, item.kind, item.decides, item.step) == (
        f"petition-{petition.pk}",
        "管理员变更",
        petition.pk,
        petition.turn,
    )
    assert (item.turn, item.since) == ("由本组织办理", petition.turn_since)


def test_without_an_administrator_it_waits_for_the_next_above_who_is_told_why(cast, country, petition):
    Seat.objects.filter(organization=country.college).delete()
    item = todo_of(cast.university_admin)[0]
    assert item.turn == "由本组织代为办理（“新疆生产建设兵团石河子大学石河子大学医学院团委”暂无管理员）"


def test_who_asked_sees_whose_turn_it_is(cast, petition):
    mine = scope.scope_of(cast.class1_admin)
    (item,) = todo.petitions(mine, todo.asked(mine))
    assert item.turn == "由“新疆生产建设兵团石河子大学石河子大学医学院团委”的管理员办理"
    assert item.decides is None


def test_direct_subordinates_without_an_administrator_are_one_thing(cast, country):
    makers.make_org(country.college, "另一团支部")
    item, _ = todo_of(cast.college_admin)
    assert item.title == "2 个下级组织还没有管理员"
    assert [name for name, _ in item.names] == ["2019级新生临时团支部", "另一团支部"]


def test_information_that_lacks_something_is_to_be_completed(cast, country):
    (item,) = todo_of(cast.class1_admin)
    assert (item.title, item.detail) == ("组织信息还缺 1 项", "还缺：所属行业类别。")
    Organization.objects.filter(pk=country.class1.pk).update(industry="教育")
    assert todo_of(cast.class1_admin) == []


def test_nobody_has_nothing_to_do(cast):
    assert todo_of(cast.outsider) == []


@pytest.mark.parametrize("more", [1, 3])
def test_the_queries_do_not_grow(cast, country, petition, django_assert_num_queries, more):
    for at in range(more):
        branch = makers.make_org(country.college, f"{at}班团支部")
        head = makers.make_admin(branch, f"班长{at}")
        deputy = makers.make_post(makers.make_member(branch, f"委员{at}").account, branch, "组织委员").account
        administrators.change(branch, successor=deputy, actor=scope.scope_of(head))
    mine = scope.scope_of(cast.college_admin)
    with django_assert_num_queries(6):
        assert len(todo.todo(mine, now=timezone.now())) == more + 3
