"""Who may see, enter, edit, correct and reset whom: every relation of the cast."""

import pytest

from members import access
from members.models import Member
from orgs import seating
from orgs.enums import Category
from orgs.scope import nobody, scope_of
from tests import makers

ADMINS = ["centre", "corps", "university", "college", "class1", "class2", "zibo", "workshop"]


def scopes(cast):
    return {name: scope_of(getattr(cast, f"{name}_admin")) for name in ADMINS}


def allowed(cast, rule) -> set[str]:
    return {name for name, scope in scopes(cast).items() if rule(scope)}


def member_of(account) -> Member:
    return Member.objects.select_related("account", "branch__parent").get(account=account)


def test_members_are_seen_by_their_branch_and_everybody_above(cast):
    assert allowed(cast, lambda scope: access.may_see(scope, cast.member)) == {
        "centre",
        "corps",
        "university",
        "college",
        "class1",
    }


def test_one_by_one_entry_is_for_the_branch_and_its_direct_superior(cast, country):
    assert allowed(cast, lambda scope: access.may_enter(scope, country.class1)) == {"college", "class1"}


def test_where_the_direct_superior_is_vacant_the_nearest_one_above_enters(cast, country):
    assert allowed(cast, lambda scope: access.may_enter(scope, country.workshop)) == {"zibo", "workshop"}


def test_import_reaches_every_branch_below_a_committee_but_not_below_a_leading_body(cast, country):
    assert allowed(cast, lambda scope: access.may_import(scope, country.class1)) == {
        "university",
        "college",
        "class1",
    }


def test_who_may_not_import_is_told_who_may(cast, country):
    verdict = access.may_import(scope_of(cast.corps_admin), country.class1)
    assert verdict.message == (
        "名单由所在团支部、其直接上级或所属的团委导入，请把名单交给其中一个组织的管理员导入。"
    )


@pytest.mark.parametrize("rule", [access.may_enter, access.may_import])
def test_nobody_fills_a_committee_or_a_pending_branch(cast, country, rule):
    pending = makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    assert allowed(cast, lambda scope: rule(scope, country.college)) == set()
    assert allowed(cast, lambda scope: rule(scope, pending)) == set()


def test_editing_is_for_the_branch_and_its_direct_superior(cast):
    assert allowed(cast, lambda scope: access.may_edit(scope, cast.member)) == {"college", "class1"}


def test_name_and_id_number_are_corrected_by_the_direct_superior_alone(cast):
    assert allowed(cast, lambda scope: access.may_correct(scope, cast.member.account)) == {"college"}


def test_the_id_number_of_a_higher_administrator_is_corrected_where_all_seats_are_covered(cast, country):
    admin = makers.make_member(country.class1, "高一级").account
    seating.take_seat(makers.make_post(admin, country.university, "副书记"), actor=makers.SYSTEM)
    assert allowed(cast, lambda scope: access.may_correct(scope, admin)) == {"university"}


def test_a_cadre_without_membership_is_corrected_by_the_direct_superior(cast):
    assert allowed(cast, lambda scope: access.may_correct(scope, cast.university_admin)) == {"corps"}


def test_nobody_edits_or_corrects_himself(cast):
    me, member = scope_of(cast.class1_admin), member_of(cast.class1_admin)
    assert access.may_edit(me, member).cause == "own"
    assert access.may_correct(scope_of(cast.centre_admin), cast.centre_admin).cause == "own"
    assert allowed(cast, lambda scope: access.may_edit(scope, member)) == {"college"}


def test_a_visitor_may_nothing(cast, country):
    assert not access.may_see(nobody(), cast.member)
    assert not access.may_enter(nobody(), country.class1)
    assert not access.may_edit(nobody(), cast.member)
    assert not access.may_reset(nobody(), cast.member.account)


# -- reset codes ------------------------------------------------------------------------------------


def resetters(cast, account) -> set[str]:
    return allowed(cast, lambda scope: access.may_reset(scope, account))


def test_a_plain_member_is_reset_by_the_branch_or_its_direct_superior(cast):
    assert resetters(cast, cast.member.account) == {"class1", "college"}


def test_a_branch_administrator_is_reset_by_the_direct_superior_not_by_himself(cast):
    assert resetters(cast, cast.class1_admin) == {"college"}


def test_a_co_administrator_counts(cast, country):
    second = makers.make_admin(country.class1, "班二副", title="副书记")
    assert resetters(cast, second) == {"class1", "college"}


def test_the_branch_cannot_reset_a_member_who_administers_the_university(cast, country):
    seating.take_seat(
        makers.make_post(cast.member.account, country.university, "副书记"), actor=makers.SYSTEM
    )
    assert resetters(cast, cast.member.account) == {"university", "corps"}


def test_a_post_without_a_seat_hinders_nobody(cast, country):
    makers.make_post(cast.member.account, country.university, "委员")
    assert resetters(cast, cast.member.account) == {"class1", "college", "university", "corps"}


def test_seats_in_two_trees_are_reset_by_the_nearest_organisation_above_both(cast, country):
    account = makers.make_member(country.class1, "跨省人").account
    seating.take_seat(makers.make_post(account, country.class2, "宣传委员"), actor=makers.SYSTEM)
    seating.take_seat(makers.make_post(account, country.workshop, "副书记"), actor=makers.SYSTEM)
    assert resetters(cast, account) == {"centre"}


def test_a_vacant_superior_is_stood_in_for_by_the_nearest_one_above(cast):
    assert resetters(cast, cast.workshop_admin) == {"zibo"}


def test_nobody_resets_a_closed_account_or_one_that_belongs_nowhere(cast, country):
    cast.member.account.closed_at = cast.member.created_at
    cast.member.account.save()
    assert resetters(cast, cast.member.account) == set()
    assert resetters(cast, cast.outsider) == set()


def test_the_refusal_names_who_can(cast, country):
    verdict = access.may_reset(scope_of(cast.university_admin), cast.member.account)
    assert (
        verdict.reason == f"验证码由“{country.class1.full_name}”、“{country.college.full_name}”的管理员签发"
    )


def test_a_page_of_people_costs_as_many_queries_as_one_person(cast, country, django_assert_num_queries):
    scope = scope_of(cast.college_admin)
    people = [makers.make_member(country.class1, f"同学{chr(0x4E00 + at)}").account for at in range(3)]
    for some in (people[:1], people):
        fresh = list(type(people[0]).objects.filter(pk__in=[each.pk for each in some]))
        with django_assert_num_queries(3 + 2):
            access.resettable(scope, fresh)
