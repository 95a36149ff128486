"""Marks and plans of members."""

from datetime import date

import pytest

from members.merging import verbs as merging
from members.merging.rules import Choice
from orgs.scope import scope_of
from tests import makers
from transfers.graduates import marking, people
from transfers.graduates.people import Going
from transfers.models import PersonMark, Plan
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

from .conftest import at

JUNE, LATER = date(2026, 6, 1), date(2027, 6, 1)


@pytest.fixture
def branch(country, cast):
    marking.mark([country.class1.pk], "class", JUNE, actor=scope_of(cast.college_admin), now=at(5, 10))
    return country.class1


@pytest.fixture
def admin(cast):
    return scope_of(cast.class1_admin)


def living():
    return list(
        PersonMark.objects.filter(ended_at=None)
        .order_by("account")
        .values_list("account__name", "kind", "until")
    )


def test_many_members_get_one_mark(branch, cast, admin):
    chosen = [cast.member.account_id, cast.classmate.account_id]
    assert people.mark(branch, chosen, "delayed", LATER, remark="休学", actor=admin) == 2
    assert living() == [("古丽努尔·买买提江", "delayed", LATER), ("欧阳小明", "delayed", LATER)]


def test_a_new_mark_takes_the_place_of_the_old_one(branch, cast, admin):
    people.mark(branch, [cast.member.account_id], "delayed", LATER, actor=admin)
    people.mark(branch, [cast.member.account_id], "teacher", LATER, actor=admin)
    assert living() == [("古丽努尔·买买提江", "teacher", None)]
    assert PersonMark.objects.count() == 2


def test_a_mark_is_taken_off_and_both_are_recorded(branch, cast, admin):
    people.mark(branch, [cast.member.account_id], "floating", actor=admin)
    assert people.unmark(branch, [cast.member.account_id, cast.classmate.account_id], actor=admin) == 1
    rows = AuditEntry.objects.filter(verb="graduates.person_marked").order_by("pk")
    assert [(each.account_name, each.detail["remark"]) for each in rows] == [
        ("古丽努尔·买买提江", "流动"),
        ("古丽努尔·买买提江", "取消标记"),
    ]


@pytest.mark.parametrize("who", ["class2_admin", "university_admin"])
def test_others_mark_nobody(branch, cast, who):
    with pytest.raises(Refused):
        people.mark(branch, [cast.member.account_id], "teacher", actor=scope_of(getattr(cast, who)))
    assert living() == []


def test_whoever_is_elsewhere_cannot_be_marked_here(branch, cast, admin):
    with pytest.raises(Refused) as refusal:
        people.mark(branch, [cast.member.account_id, cast.worker.account_id], "teacher", actor=admin)
    assert refusal.value.verdict.cause == "gone"


def test_a_plan_names_an_organisation_or_words(branch, country, cast, admin):
    people.plan(branch, [cast.member.account_id], Going("studies", country.workshop, "x"), actor=admin)
    people.plan(branch, [cast.classmate.account_id], Going("work_without", None, " 某公司 "), actor=admin)
    assert [each.where for each in Plan.objects.order_by("account")] == [country.workshop.full_name, "某公司"]


def test_a_plan_is_changed_in_place(branch, cast, admin):
    for kind in ("unsettled", "army"):
        people.plan(branch, [cast.member.account_id], Going(kind), actor=admin)
    assert list(Plan.objects.values_list("kind", flat=True)) == ["army"]


def test_a_plan_needs_a_kind(branch, cast, admin):
    with pytest.raises(Refused) as refusal:
        people.plan(branch, [cast.member.account_id], Going(""), actor=admin)
    assert refusal.value.verdict.cause == "kind"


def test_those_sent_together_bring_their_planned_targets(branch, country, cast, admin):
    people.plan(branch, [cast.member.account_id], Going("studies", country.workshop), actor=admin)
    chosen = [cast.member.account_id, cast.classmate.account_id, cast.worker.account_id]
    assert people.aims(branch, chosen) == [
        (cast.member.account_id, country.workshop.pk),
        (cast.classmate.account_id, None),
    ]


def test_marking_people_costs_the_same_for_any_number(branch, cast, admin, django_assert_num_queries):
    with django_assert_num_queries(12):
        people.mark(branch, [cast.member.account_id], "teacher", actor=admin)
    with django_assert_num_queries(12):
        people.mark(branch, [cast.member.account_id, cast.classmate.account_id], "teacher", actor=admin)


# -- two accounts of one person -------------------------------------------------------------------


def test_marks_and_plans_follow_their_member_into_another_account_and_back(country, cast, branch, admin):
    twin = makers.make_member(branch, "双生子").account
    kept = makers.make_member(country.class2, "双生子").account
    for account in (cast.member.account_id, twin.pk):
        people.mark(branch, [account], "delayed", LATER, remark="休学", actor=admin)
    people.plan(branch, [twin.pk], Going("work_with", text="石河子市团委"), actor=admin)
    choice = Choice(kept.pk, twin.pk, twin.pk, (), "已核对身份证")
    merger = merging.merge(choice, actor=scope_of(cast.college_admin))
    assert belonging_to(kept) == (["delayed"], ["石河子市团委"])
    merging.undo(merger, actor=scope_of(cast.college_admin))
    assert (belonging_to(kept), belonging_to(twin)) == (([], []), (["delayed"], ["石河子市团委"]))


def test_a_mark_of_the_account_that_stays_is_not_doubled(branch, cast, admin):
    twin, kept = (makers.make_member(branch, "双生子").account for _ in range(2))
    for account, kind, month in ((twin, "delayed", LATER), (kept, "teacher", None)):
        people.mark(branch, [account.pk], kind, month, remark="", actor=admin)
    merging.merge(Choice(kept.pk, twin.pk, kept.pk, (), "重复录入"), actor=scope_of(cast.college_admin))
    assert (belonging_to(kept), belonging_to(twin)) == ((["teacher"], []), (["delayed"], []))


def belonging_to(account) -> tuple[list[str], list[str]]:
    """The kinds of the living marks, and the targets of the plans."""
    marks = PersonMark.objects.filter(account=account, ended_at=None)
    plans = Plan.objects.filter(account=account)
    return list(marks.values_list("kind", flat=True)), list(plans.values_list("target_text", flat=True))
