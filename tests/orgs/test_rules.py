"""Who may create, edit and rename organisations, and the whole containment table."""

import pytest

from orgs import rules, scope, tree
from orgs.enums import Category, Level
from orgs.models import Organization
from tests import makers

pytestmark = pytest.mark.django_db
C = Category
GRASSROOTS_AND_BRANCH = {C.COMMITTEE, C.WORK_COMMITTEE, C.GENERAL_BRANCH, C.BRANCH}


def body(level):
    return Organization(category=C.LEADING_BODY, level=level)


@pytest.mark.parametrize("below", list(Category))
@pytest.mark.parametrize(
    ("above", "allowed"),
    [
        (C.LEADING_BODY, {C.LEADING_BODY, *GRASSROOTS_AND_BRANCH}),
        (C.COMMITTEE, GRASSROOTS_AND_BRANCH),
        (C.WORK_COMMITTEE, GRASSROOTS_AND_BRANCH),
        (C.GENERAL_BRANCH, {C.BRANCH}),
        (C.BRANCH, set()),
        (C.GRADUATE_BRANCH, set()),
        (C.PENDING_BRANCH, set()),
    ],
)
def test_the_containment_table(above, allowed, below):
    parent = Organization(category=above, level=Level.CENTRAL if above == C.LEADING_BODY else None)
    assert bool(rules.may_contain(parent, below)) == (below in allowed)


@pytest.mark.parametrize(
    ("above", "allowed"),
    [
        (Level.CENTRAL, {Level.PROVINCE, Level.CITY, Level.COUNTY}),
        (Level.PROVINCE, {Level.CITY, Level.COUNTY}),
        (Level.CITY, {Level.COUNTY}),
        (Level.COUNTY, set()),
    ],
)
def test_a_leading_body_may_stand_below_any_higher_one(above, allowed):
    found = {level for level in Level if rules.may_contain(body(above), C.LEADING_BODY, level)}
    assert found == allowed


def test_what_is_offered_is_what_is_allowed():
    for category in Category:
        for level in Level if category == C.LEADING_BODY else [None]:
            parent = Organization(category=category, level=level)
            offered = set(rules.categories_below(parent))
            assert offered == {each for each in Category if rules.may_contain(parent, each)}


def test_a_county_is_not_offered_leading_bodies():
    assert C.LEADING_BODY not in rules.categories_below(body(Level.COUNTY))


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("centre_admin", False),
        ("university_admin", False),
        ("college_admin", True),
        ("class1_admin", False),
        ("zibo_admin", False),
        ("outsider", False),
    ],
)
def test_only_the_direct_superior_creates(cast, country, who, allowed):
    where = scope.scope_of(getattr(cast, who))
    assert bool(rules.may_found(where, country.college, C.BRANCH)) == allowed


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("centre_admin", False),
        ("university_admin", True),
        ("college_admin", False),
        ("class1_admin", False),
        ("zibo_admin", False),
        ("outsider", False),
    ],
)
def test_only_the_direct_superior_edits(cast, country, who, allowed):
    assert bool(rules.may_edit(scope.scope_of(getattr(cast, who)), country.college)) == allowed


def test_the_topmost_organisation_edits_itself(cast, country):
    assert rules.may_edit(scope.scope_of(cast.centre_admin), country.centre)


def test_the_own_administrator_is_told_who_edits(cast, country):
    verdict = rules.may_edit(scope.scope_of(cast.college_admin), country.college)
    expected = "组织信息由直接上级修改，请联系“新疆生产建设兵团石河子大学团委”的管理员。"
    assert verdict.message == expected


def test_where_a_superior_has_nobody_the_next_one_above_acts(cast, country):
    """淄博机械公司团委 has no administrator: 团淄博市委 acts for it, 团山东省委 (nobody either) does not matter."""
    assert rules.may_found(scope.scope_of(cast.zibo_admin), country.company, C.BRANCH)
    assert rules.may_edit(scope.scope_of(cast.zibo_admin), country.workshop)
    assert not rules.may_found(scope.scope_of(cast.centre_admin), country.company, C.BRANCH)


def test_nobody_edits_a_pending_branch(cast, country):
    seedling = tree.Seedling(C.PENDING_BRANCH, "待接转团支部")
    pending = tree.plant(country.college, [seedling])[0]
    assert rules.may_edit(scope.scope_of(cast.college_admin), pending).cause == "pending"


def test_a_taken_short_name_is_refused_naming_the_superior(country):
    verdict = rules.name_free(country.college, "2023级1班团支部", "另一个全称")
    assert verdict.reason == "“新疆生产建设兵团石河子大学石河子大学医学院团委”下已有“2023级1班团支部”"


def test_a_taken_full_name_is_refused_naming_the_other(country):
    name = "新疆生产建设兵团石河子大学石河子大学医学院团委"
    verdict = rules.name_free(country.corps, "石河子大学石河子大学医学院团委", name)
    assert verdict.cause == "full_name"
    assert "上级是“新疆生产建设兵团石河子大学团委”" in verdict.reason


def test_the_own_name_is_free_for_oneself(country):
    name = country.class1.full_name
    assert rules.name_free(country.college, "2023级1班团支部", name, but=country.class1.pk)


def test_names_of_deleted_organisations_are_free(country):
    tree.delete_softly(country.freshmen)
    assert rules.name_free(country.college, country.freshmen.short_name, country.freshmen.full_name)


def test_vacancy_costs_one_query(cast, country, django_assert_num_queries):
    where = scope.scope_of(cast.zibo_admin)
    makers.make_org(country.workshop.parent, "包装车间团支部")
    with django_assert_num_queries(1):
        rules.acts_for(where, country.company)
