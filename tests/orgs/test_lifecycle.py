"""Creating and editing organisations."""

import threading

import pytest
from django.db import connection

from orgs import lifecycle, scope, tree
from orgs.enums import Category, Level, Purpose
from orgs.models import FormerName, Organization
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db
C = Category


@pytest.fixture
def college(cast, country):
    """The scope of the college's administrator."""
    return scope.scope_of(cast.college_admin)


def refusal(act, *args, **facts):
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value.verdict


def test_a_branch_gets_its_generated_full_name(college, country):
    made = lifecycle.found(country.college, short_name="2023级3班团支部", category=C.BRANCH, actor=college)
    assert made.full_name == "新疆生产建设兵团石河子大学石河子大学医学院2023级3班团支部"
    assert made.path == f"{country.college.path}{made.pk}/"
    assert (made.initials, made.purpose) == ("2023j3btzb", Purpose.ORDINARY)


def test_a_leading_body_may_skip_a_level(cast, country):
    actor = scope.scope_of(cast.centre_admin)
    made = lifecycle.found(
        country.centre, short_name="团滨海县委", category=C.LEADING_BODY, level=Level.COUNTY, actor=actor
    )
    assert (made.level, made.full_name) == (Level.COUNTY, "共青团滨海县委员会")


def test_a_creation_is_on_record(college, country):
    made = lifecycle.found(country.college, short_name="甲团支部", category=C.BRANCH, actor=college)
    row = AuditEntry.objects.get(verb="orgs.found")
    assert (row.organization_id, row.actor_name, row.seat_id) == (made.pk, "易学园", country.college.pk)


@pytest.mark.parametrize(
    ("short_name", "category", "cause"),
    [
        ("2023级1班团支部", C.BRANCH, "sibling_name"),
        ("甲", C.BRANCH, "short_name_ending"),
        ("团甲市委", C.LEADING_BODY, "containment"),
        ("待接转团支部", C.PENDING_BRANCH, "system_only"),
    ],
)
def test_refused_creations_leave_nothing(college, country, short_name, category, cause):
    before = Organization.objects.count()
    verdict = refusal(
        lifecycle.found, country.college, short_name=short_name, category=category, actor=college
    )
    assert (verdict.cause, Organization.objects.count()) == (cause, before)


def test_a_full_name_that_exists_elsewhere_is_refused_naming_it(cast, country):
    actor = scope.scope_of(cast.corps_admin)
    short_name = "石河子大学石河子大学医学院团委"
    verdict = refusal(
        lifecycle.found, country.corps, short_name=short_name, category=C.COMMITTEE, actor=actor
    )
    assert "上级是“新疆生产建设兵团石河子大学团委”" in verdict.reason


def test_nothing_is_created_below_a_deleted_organisation(cast, country):
    actor = scope.scope_of(cast.zibo_admin)
    Organization.objects.filter(pk=country.company.pk).update(deleted_at="2026-11-01T00:00:00+08:00")
    verdict = refusal(lifecycle.found, country.company, short_name="甲团支部", category=C.BRANCH, actor=actor)
    assert verdict.cause == "gone"


def test_a_rename_renames_the_whole_subtree(cast, country):
    actor = scope.scope_of(cast.corps_admin)
    lifecycle.edit(country.university, short_name="石大团委", actor=actor)
    names = Organization.objects.filter(path__startswith=country.university.path).order_by("path")
    assert [each.full_name for each in names] == [
        "新疆生产建设兵团石大团委",
        "新疆生产建设兵团石大石河子大学医学院团委",
        "新疆生产建设兵团石大石河子大学医学院2023级1班团支部",
        "新疆生产建设兵团石大石河子大学医学院2023级2班团支部",
        "新疆生产建设兵团石大石河子大学医学院2019级新生临时团支部",
    ]


def test_a_rename_of_a_province_reaches_its_leading_bodies(cast, country):
    actor = scope.scope_of(cast.centre_admin)
    lifecycle.edit(country.shandong, short_name="团齐鲁省委", actor=actor)
    names = Organization.objects.filter(path__startswith=country.shandong.path).order_by("path")
    assert [each.full_name for each in names] == [
        "共青团齐鲁省委员会",
        "共青团齐鲁省淄博市委员会",
        "齐鲁省淄博市淄博机械公司团委",
        "齐鲁省淄博市淄博机械公司装配车间团支部",
    ]


def test_a_rename_keeps_the_former_name_and_is_on_record(cast, country):
    actor = scope.scope_of(cast.college_admin)
    lifecycle.edit(country.class1, short_name="临床1班团支部", actor=actor)
    former = FormerName.objects.get()
    assert (former.organization, former.short_name) == (country.class1, "2023级1班团支部")
    assert AuditEntry.objects.get(verb="orgs.renamed").detail["to"] == "临床1班团支部"


def test_a_rename_onto_a_sibling_is_refused(cast, country):
    actor = scope.scope_of(cast.college_admin)
    verdict = refusal(lifecycle.edit, country.class1, short_name="2023级2班团支部", actor=actor)
    assert verdict.cause == "sibling_name"


def test_a_rename_that_repeats_a_name_deep_in_the_subtree_names_the_other(cast, country):
    top = makers.make_org(country.corps, "甲团委", C.COMMITTEE)
    makers.make_org(top, "大学石河子大学医学院2023级1班团支部")
    actor = scope.scope_of(cast.corps_admin)
    verdict = refusal(lifecycle.edit, top, short_name="石河子团委", actor=actor)
    assert verdict.cause == "full_name"
    assert country.class1.full_name in verdict.reason
    assert Organization.objects.get(pk=top.pk).full_name == "新疆生产建设兵团甲团委"


def test_names_may_pass_from_row_to_row_within_the_subtree(cast, country):
    """甲 → 甲甲: what was 甲+甲乙 gives its name to what was 甲+乙 in the same act."""
    top = makers.make_org(country.corps, "甲团委", C.COMMITTEE)
    one = makers.make_org(top, "乙团支部")
    two = makers.make_org(top, "甲乙团支部")
    lifecycle.edit(top, short_name="甲甲团委", actor=scope.scope_of(cast.corps_admin))
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.full_name, two.full_name) == (
        "新疆生产建设兵团甲甲乙团支部",
        "新疆生产建设兵团甲甲甲乙团支部",
    )


def test_facts_change_at_once_and_the_record_has_no_values(college, country):
    lifecycle.edit(country.class1, facts={"contact_phone": "0993-2057000"}, actor=college)
    country.class1.refresh_from_db()
    assert country.class1.contact_phone == "0993-2057000"
    assert AuditEntry.objects.get(verb="orgs.edited").detail == {"fields": ["contact_phone"]}


def test_saving_without_a_change_writes_nothing(college, country):
    before = AuditEntry.objects.count()
    lifecycle.edit(country.class1, short_name="2023级1班团支部", facts={"address": ""}, actor=college)
    assert (AuditEntry.objects.count(), FormerName.objects.count()) == (before, 0)


def test_the_own_administrator_does_not_edit(cast, country):
    actor = scope.scope_of(cast.class1_admin)
    assert (
        refusal(lifecycle.edit, country.class1, facts={"address": "x"}, actor=actor).cause == "not_superior"
    )


def test_a_rename_of_ten_thousand_costs_as_many_statements_as_one_of_ten(
    cast, country, django_assert_num_queries
):
    tree.plant(country.college, [tree.Seedling(C.BRANCH, f"第{at}团支部") for at in range(10)])
    with django_assert_num_queries(11):
        tree.rename(country.university, "石大团委")
    tree.plant(country.college, [tree.Seedling(C.BRANCH, f"又{at}团支部") for at in range(500)])
    with django_assert_num_queries(11):
        tree.rename(country.university, "石河子大学团委")


@pytest.mark.django_db(transaction=True)
def test_two_creations_of_one_name_at_the_same_time_make_one(cast, country):
    actor = scope.scope_of(cast.college_admin)
    start, results = threading.Barrier(2), []

    def create():
        start.wait()
        try:
            lifecycle.found(country.college, short_name="同名团支部", category=C.BRANCH, actor=actor)
            results.append("made")
        except Refused as refused:
            results.append(refused.verdict.cause)
        finally:
            connection.close()

    threads = [threading.Thread(target=create) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The loser meets the rule or, when both have asked it already, the constraint behind it.
    assert sorted(results) in (["made", "sibling_name"], ["full_name", "made"])
