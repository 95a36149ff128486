"""The rehearsal of a move: what it says, and that it writes nothing."""

import pytest

from orgs import rehearsal, scope
from orgs.enums import Category
from orgs.models import Organization
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital(country):
    made = makers.make_org(country.university, "第一附属医院团委", Category.COMMITTEE)
    makers.make_admin(made, "惠医生")
    return made


def test_who_moves_and_which_names_change(cast, country, hospital):
    shown = rehearsal.of_move(country.college, hospital, viewer=makers.SYSTEM)
    assert (shown.organizations, shown.administrators, shown.renamed, shown.more) == (4, 3, 4, 0)
    assert shown.changes[0] == (
        "新疆生产建设兵团石河子大学石河子大学医学院团委",
        "新疆生产建设兵团石河子大学第一附属医院石河子大学医学院团委",
    )
    assert shown.changes[1][1].endswith("第一附属医院石河子大学医学院2023级1班团支部")


def test_who_gains_and_who_loses_sight(cast, country, hospital):
    shown = rehearsal.of_move(country.class1, hospital, viewer=scope.scope_of(cast.university_admin))
    assert shown.losing == [rehearsal.Onlooker(country.college, 1, "易学园")]
    assert shown.gaining == [rehearsal.Onlooker(hospital, 1, "惠医生")]


def test_persons_outside_the_viewers_scope_are_only_counted(cast, country, hospital):
    shown = rehearsal.of_move(country.class1, hospital, viewer=scope.scope_of(cast.class1_admin))
    assert (shown.losing[0].names, shown.gaining[0].names, shown.gaining[0].count) == ("", "", 1)


def test_moving_up_gives_nobody_new_sight(cast, country):
    assert rehearsal.of_move(country.class1, country.university, viewer=makers.SYSTEM).gaining == []


def test_what_is_in_the_way_is_named(cast, country, hospital):
    sibling = makers.make_org(hospital, "2023级1班团支部")
    assert rehearsal.of_move(country.class1, hospital, viewer=makers.SYSTEM).clashes == [sibling]


def test_twenty_names_are_shown_and_the_rest_counted(country, hospital):
    seedlings = [makers.tree.Seedling("branch", f"第{at}团支部") for at in range(30)]
    makers.tree.plant(country.college, seedlings)
    shown = rehearsal.of_move(country.college, hospital, viewer=makers.SYSTEM)
    assert (len(shown.changes), shown.renamed, shown.more) == (20, 34, 14)


def test_it_writes_nothing(cast, country, hospital):
    before = list(Organization.objects.order_by("pk").values())
    rehearsal.of_move(country.college, hospital, viewer=makers.SYSTEM)
    assert list(Organization.objects.order_by("pk").values()) == before


def test_the_same_queries_for_any_size(country, hospital, django_assert_num_queries):
    with django_assert_num_queries(10):
        rehearsal.of_move(country.college, hospital, viewer=makers.SYSTEM)
    makers.tree.plant(country.college, [makers.tree.Seedling("branch", f"第{at}团支部") for at in range(60)])
    with django_assert_num_queries(10):
        rehearsal.of_move(country.college, hospital, viewer=makers.SYSTEM)
