"""组织迁移: who asks, who decides, where it can go, and what moves along."""

import pytest

import orgs.kinds  # noqa: F401 - makes the kinds known
from members.models import Member
from orgs import lifecycle, move_rules, petitions, queries, relocation, scope, verify
from orgs.enums import Category, Level, PetitionState
from orgs.models import FormerName, Organization, Petition
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital(country):
    """A second 团委 of the university, with an administrator."""
    made = makers.make_org(country.university, "第一附属医院团委", Category.COMMITTEE)
    makers.make_admin(made, "惠医生")
    return made


def admin_of(organization):
    return scope.scope_of(organization.seats.get().post.account)


def refusal(act, *args, **facts):
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value.verdict


def test_old_superior_then_new_one_and_it_moves(cast, country, hospital):
    petition = relocation.ask(country.class1, hospital, actor=scope.scope_of(cast.class1_admin))
    assert petition.turn_organization == country.college
    petition = petitions.approve(petition, actor=scope.scope_of(cast.college_admin))
    assert petition.turn_organization == hospital
    petition = petitions.approve(petition, actor=admin_of(hospital))
    country.class1.refresh_from_db()
    assert petition.state == PetitionState.APPROVED
    assert country.class1.parent == hospital
    assert country.class1.full_name == "新疆生产建设兵团石河子大学第一附属医院2023级1班团支部"


def test_paths_names_and_members_of_the_whole_subtree_follow(cast, country, hospital):
    actor = scope.scope_of(cast.centre_admin)
    rows = relocation.carry_out(country.college, hospital, actor=actor)
    country.class1.refresh_from_db()
    assert rows == 4
    assert country.class1.path == f"{hospital.path}{country.college.pk}/{country.class1.pk}/"
    assert country.class1.full_name == "新疆生产建设兵团石河子大学第一附属医院石河子大学医学院2023级1班团支部"
    assert set(Member.objects.filter(branch=country.class1).values_list("branch_path", flat=True)) == {
        country.class1.path
    }
    assert list(verify.faults()) == []


def test_the_old_names_still_lead_to_it(cast, country, hospital):
    before = country.class1.full_name
    relocation.carry_out(country.college, hospital, actor=scope.scope_of(cast.centre_admin))
    assert queries.resolve(country.corps, before) == [country.class1]
    assert FormerName.objects.get().organization == country.college


def test_administrators_see_from_the_next_request_what_lies_below_them(cast, country, hospital):
    relocation.carry_out(country.class1, hospital, actor=scope.scope_of(cast.centre_admin))
    assert country.class1 in Organization.objects.within(admin_of(hospital))
    assert country.class1 not in Organization.objects.within(scope.scope_of(cast.college_admin))
    assert scope.scope_of(cast.class1_admin).root == country.class1


def test_the_record_keeps_the_old_path(cast, country, hospital):
    before = country.class1.path
    relocation.carry_out(country.class1, hospital, actor=scope.scope_of(cast.centre_admin))
    assert AuditEntry.objects.get(verb="orgs.relocated").detail["from_path"] == before


def test_the_old_superior_asking_for_a_vacant_one_has_agreed(cast, country, hospital):
    petition = relocation.ask(country.freshmen, hospital, actor=scope.scope_of(cast.college_admin))
    assert petition.turn_organization == hospital


def test_the_own_administrator_asks_and_nobody_else(cast, country, hospital):
    verdict = refusal(relocation.ask, country.class1, hospital, actor=scope.scope_of(cast.college_admin))
    assert verdict.cause == "not_own"


def test_only_whose_turn_it_is_decides(cast, country, hospital):
    petition = relocation.ask(country.class1, hospital, actor=scope.scope_of(cast.class1_admin))
    for who in (admin_of(hospital), scope.scope_of(cast.class1_admin)):
        assert refusal(petitions.approve, petition, actor=who).cause == "not_yours"


def test_there_is_one_pending_request(cast, country, hospital):
    actor = scope.scope_of(cast.class1_admin)
    relocation.ask(country.class1, hospital, actor=actor)
    assert refusal(relocation.ask, country.class1, country.university, actor=actor).cause == "pending"


def test_where_it_can_go(cast, country, hospital):
    liaoning = makers.make_org(country.centre, "团辽宁省委", Category.LEADING_BODY)
    city = makers.make_org(country.corps, "团石河子市委", Category.LEADING_BODY)
    branch = makers.make_org(hospital, "医院团支部")
    general = makers.make_org(hospital, "护理团总支", Category.GENERAL_BRANCH)
    expected = {
        country.corps: "",
        country.university: "same",
        country.college: "own_subtree",
        country.class1: "own_subtree",
        hospital: "",
        city: "",
        branch: "branch",
        general: "containment",
        country.zibo: "other_province",
        liaoning: "other_province",
        country.centre: "other_province",
    }
    found = {each: move_rules.may_go(country.college, each).cause for each in expected}
    assert found == expected


def test_provinces_the_topmost_and_pending_branches_do_not_move(cast, country):
    pending = makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    moving = {
        country.shandong: "province",
        country.centre: "topmost",
        pending: "pending",
        country.zibo: "",
    }
    assert {each: move_rules.can_move(each).cause for each in moving} == moving


def test_the_level_of_a_leading_body_stays_below_its_new_superior(country):
    county = makers.make_org(country.zibo, "团邹平县委", Category.LEADING_BODY)
    other = makers.make_org(country.shandong, "团滨州市委", Category.LEADING_BODY)
    district = makers.make_org(other, "团滨城区委", Category.LEADING_BODY)
    assert move_rules.may_go(county, other)
    assert move_rules.may_go(county, district).cause in ("containment", "level")
    assert county.level == Level.COUNTY


@pytest.mark.parametrize("short_name", ["2023级1班团支部"])
def test_a_name_taken_there_is_refused_naming_the_other(cast, country, hospital, short_name):
    makers.make_org(hospital, short_name)
    verdict = refusal(relocation.ask, country.class1, hospital, actor=scope.scope_of(cast.class1_admin))
    assert verdict.cause == "sibling_name"


def test_a_full_name_deep_below_that_exists_elsewhere_is_refused(cast, country, hospital):
    makers.make_org(hospital, "石河子大学医学院2023级1班团支部")
    verdict = move_rules.may_go(country.college, hospital)
    assert verdict.cause == "full_name"


def test_a_name_taken_while_it_waited_is_refused_at_the_last_word(cast, country, hospital):
    petition = relocation.ask(country.class1, hospital, actor=scope.scope_of(cast.class1_admin))
    petition = petitions.approve(petition, actor=scope.scope_of(cast.college_admin))
    lifecycle.found(hospital, short_name="2023级1班团支部", category="branch", actor=admin_of(hospital))
    assert refusal(petitions.approve, petition, actor=admin_of(hospital)).cause == "sibling_name"
    assert Petition.objects.get().state == PetitionState.PENDING


def test_a_target_deleted_while_it_waited_is_refused(cast, country):
    target = makers.make_org(country.university, "机关团委", Category.COMMITTEE)
    petition = relocation.ask(country.class1, target, actor=scope.scope_of(cast.class1_admin))
    Organization.objects.filter(pk=target.pk).update(deleted_at="2026-11-01T00:00:00+08:00")
    actor = scope.scope_of(cast.college_admin)
    assert refusal(petitions.approve, petition, actor=actor).cause == "gone"
    assert petitions.send_back(petition, actor=actor, remark="目标已删除").state == PetitionState.RETURNED


def test_what_waits_for_the_old_superior_goes_to_the_new_one(cast, country, hospital):
    petition = Petition(
        kind="info",
        organization=country.class1,
        turn_organization=country.college,
        turn_since="2026-11-20T08:00:00+08:00",
        opened_at="2026-11-20T08:00:00+08:00",
    )
    petition.payload = {}
    petition.save()
    relocation.carry_out(country.class1, hospital, actor=scope.scope_of(cast.centre_admin))
    petition.refresh_from_db()
    assert petition.turn_organization == hospital


def test_a_move_of_five_hundred_costs_as_many_statements_as_one_of_ten(
    cast, country, hospital, django_assert_num_queries
):
    seedlings = [("branch", f"第{at}团支部") for at in range(500)]
    relocated = makers.make_org(country.university, "小团委", Category.COMMITTEE)
    actor = scope.scope_of(cast.centre_admin)
    with django_assert_num_queries(34):
        relocation.carry_out(relocated, hospital, actor=actor)
    from_tree = makers.tree.plant(relocated, [makers.tree.Seedling(*each) for each in seedlings])
    assert len(from_tree) == 500
    with django_assert_num_queries(34):
        relocation.carry_out(relocated, country.college, actor=actor)
