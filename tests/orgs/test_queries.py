"""Finding organisations by name, and counting what lies below them."""

import pytest

from orgs import queries, tree
from orgs.enums import Category
from orgs.models import Organization
from tests import makers

pytestmark = pytest.mark.django_db
CLASS1 = "新疆生产建设兵团石河子大学石河子大学医学院2023级1班团支部"


def test_a_full_name_finds_its_organisation(country):
    assert queries.resolve(country.college, CLASS1) == [country.class1]


def test_a_full_name_outside_the_root_finds_nothing(country):
    assert queries.resolve(country.shandong, CLASS1) == []


def test_a_former_name_still_finds_the_organisation(country):
    tree.rename(country.class1, "2023级临床1班团支部")
    assert queries.resolve(country.college, CLASS1) == [country.class1]


def test_former_names_of_what_is_below_follow_from_the_rename_above(country):
    tree.rename(country.college, "石河子大学第一医学院团委")
    assert queries.resolve(country.corps, CLASS1) == [country.class1]


def test_a_rename_above_the_root_counts_too(country):
    tree.rename(country.university, "石大团委")
    assert queries.resolve(country.class1, CLASS1) == [country.class1]


@pytest.mark.parametrize("order", [("university", "college"), ("college", "university")])
def test_a_name_is_followed_through_two_renames(country, order):
    for each in order:
        organization = getattr(country, each)
        tree.rename(organization, f"新{organization.short_name}")
    assert queries.resolve(country.centre, CLASS1) == [country.class1]


def test_a_former_name_of_a_leading_body_below_a_renamed_one(country):
    tree.rename(country.shandong, "团齐鲁省委")
    assert queries.resolve(country.centre, "共青团山东省淄博市委员会") == [country.zibo]


def test_a_present_name_wins_over_a_former_one(country):
    tree.rename(country.class1, "2023级临床1班团支部")
    new = makers.make_org(country.college, "2023级1班团支部")
    assert queries.resolve(country.college, CLASS1) == [new]


def test_a_former_name_fitting_two_offers_both(country):
    tree.rename(country.class1, "甲团支部")
    country.class2.refresh_from_db()
    tree.rename(country.class2, "2023级1班团支部")
    tree.rename(country.class2, "乙团支部")
    assert queries.resolve(country.college, CLASS1) == [country.class1, country.class2]


def test_many_names_are_resolved_with_one_query(country, django_assert_num_queries):
    names = [CLASS1, country.class2.full_name, country.freshmen.full_name]
    with django_assert_num_queries(1):
        found = queries.resolve_all(country.college, names)
    assert found == {CLASS1: [country.class1], names[1]: [country.class2], names[2]: [country.freshmen]}


@pytest.mark.parametrize(
    "text",
    ["2023级1班团支部", "新疆生产建设兵团石河子大学医学院2023级1班团支部", "石河子大学医学院2023级1班"],
)
def test_the_nearest_name_comes_first(country, text):
    assert queries.nearest(country.university, text, 1) == [country.class1]


def test_nearest_names_stay_below_the_root_and_may_be_branches_only(country):
    found = queries.nearest(country.college, "石河子大学医学院", 10, branches=True)
    assert {each.pk for each in found} <= {country.class1.pk, country.class2.pk, country.freshmen.pk}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("医学院", ["college", "freshmen", "class1", "class2"]),
        ("石河子大学医学院团委", ["college"]),
        ("sdsw", []),
        ("tsdsw", ["shandong"]),
        ("TZB", ["zibo"]),
        ("装配", ["workshop"]),
        ("车间", []),
        ("装配车间", ["workshop"]),
        ("", []),
        ("  ", []),
    ],
)
def test_search_by_short_name_full_name_and_initials(country, text, expected):
    found = {each.pk for each in queries.search(text)}
    assert found == {getattr(country, name).pk for name in expected}


def test_search_finds_former_names(country):
    tree.rename(country.company, "齐鲁机械公司团委")
    assert country.company in queries.search("淄博机械公司")


def test_search_leaves_out_deleted_organisations(country):
    tree.delete_softly(country.freshmen)
    assert queries.search("2019级新生") == []


def test_an_exact_short_name_comes_first(country):
    makers.make_org(country.zibo, "石河子大学团委驻淄博团支部")
    assert queries.search("石河子大学团委")[0] == country.university


def test_counts_below(country):
    makers.make_post(makers.make_account("甲"), country.class1)
    makers.make_post(makers.make_account("乙"), country.university)
    makers.make_post(makers.make_account("丙"), country.corps)
    row = Organization.objects.annotate(
        organizations=queries.organizations_below(),
        branches=queries.branches_below(),
        cadres=queries.cadres_below(),
        children_total=queries.children_count(),
    ).get(pk=country.university.pk)
    assert (row.organizations, row.branches, row.cadres, row.children_total) == (4, 3, 2, 1)


def test_neighbours_with_a_longer_number_are_not_counted(country):
    """/1/2/ and /1/20/ share their first characters only."""
    makers.make_org(country.centre, "甲团委", Category.COMMITTEE)
    rows = Organization.objects.annotate(total=queries.organizations_below()).in_bulk()
    assert rows[country.shandong.pk].total == 3
