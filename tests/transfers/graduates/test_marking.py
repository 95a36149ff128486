"""Marking branches, one or many, correcting and clearing."""

from datetime import date

import pytest

from orgs.scope import scope_of
from tests import makers
from transfers.graduates import marking, people
from transfers.models import BranchMark, PersonMark
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

from .conftest import at

JUNE, LATER = date(2026, 6, 1), date(2027, 6, 1)


def facts(branch):
    return BranchMark.objects.filter(organization=branch).values_list("kind", "expected", "by_name").first()


@pytest.fixture
def college(cast):
    return scope_of(cast.college_admin)


def test_many_branches_get_one_mark(country, college):
    assert (
        marking.mark([country.class1.pk, country.class2.pk], "class", JUNE, actor=college, now=at(5, 10)) == 2
    )
    assert [facts(each) for each in (country.class1, country.class2)] == [("class", JUNE, "易学园")] * 2


def test_a_day_becomes_the_first_of_its_month(country, college):
    marking.mark([country.class1.pk], "class", date(2026, 6, 25), actor=college, now=at(5, 10))
    assert facts(country.class1) == ("class", JUNE, "易学园")


def test_a_mark_is_corrected_and_each_change_recorded_once(country, college):
    for month in (JUNE, JUNE, LATER):
        marking.mark([country.class1.pk], "class", month, actor=college, now=at(5, 10))
    rows = AuditEntry.objects.filter(verb="graduates.branch_marked").order_by("pk")
    assert [each.detail["changes"][0] for each in rows] == [
        ["毕业标记", "", "2026-06毕业"],
        ["毕业标记", "2026-06毕业", "2027-06毕业"],
    ]


def test_a_mixed_branch_has_no_month(country, college):
    marking.mark([country.class1.pk], "mixed", JUNE, actor=college, now=at(5, 10))
    assert facts(country.class1) == ("mixed", None, "易学园")


def test_one_branch_that_may_not_be_marked_refuses_all(country, college):
    with pytest.raises(Refused) as refusal:
        marking.mark([country.class1.pk, country.college.pk], "class", JUNE, actor=college, now=at(5, 10))
    assert refusal.value.verdict.cause == "category"
    assert not BranchMark.objects.exists()


def test_a_branch_out_of_scope_looks_gone(country, college):
    with pytest.raises(Refused) as refusal:
        marking.mark([country.workshop.pk], "class", JUNE, actor=college, now=at(5, 10))
    assert refusal.value.verdict.cause == "gone"


def test_a_higher_superior_only_looks(country, cast):
    with pytest.raises(Refused) as refusal:
        marking.mark([country.class1.pk], "class", JUNE, actor=scope_of(cast.university_admin), now=at(5, 10))
    assert refusal.value.verdict.cause == "not_superior"


def test_so_many_at_once(country, college, settings):
    settings.GRADUATION_AT_ONCE = 1
    with pytest.raises(Refused) as refusal:
        marking.mark([country.class1.pk, country.class2.pk], "class", JUNE, actor=college, now=at(5, 10))
    assert refusal.value.verdict.cause == "too_many"


def test_nobody_chosen_is_refused(college):
    with pytest.raises(Refused) as refusal:
        marking.clear([], actor=college)
    assert refusal.value.verdict.cause == "nobody"


def test_clearing_takes_the_marks_of_the_members_too(country, cast, college):
    marking.mark([country.class1.pk, country.class2.pk], "class", JUNE, actor=college, now=at(5, 10))
    people.mark(country.class1, [cast.member.account_id], "teacher", actor=college)
    assert marking.clear([country.class1.pk, country.freshmen.pk], actor=college) == 1
    assert (facts(country.class1), facts(country.class2)) == (None, ("class", JUNE, "易学园"))
    assert not PersonMark.objects.filter(ended_at=None).exists()


def test_another_kind_ends_the_marks_it_does_not_know(country, cast, college):
    marking.mark([country.class1.pk], "class", JUNE, actor=college, now=at(5, 10))
    people.mark(country.class1, [cast.member.account_id], "teacher", actor=college)
    marking.mark([country.class1.pk], "class", LATER, actor=college, now=at(5, 11))
    assert PersonMark.objects.filter(ended_at=None).count() == 1
    marking.mark([country.class1.pk], "mixed", actor=college, now=at(5, 12))
    assert PersonMark.objects.filter(ended_at=None).count() == 0


def test_a_changed_branch_keeps_its_mark(country, cast, leave):
    branch = leave(country.class1)
    for verb in (
        lambda: marking.mark([branch.pk], "class", LATER, actor=scope_of(cast.college_admin), now=at(6, 2)),
        lambda: marking.clear([branch.pk], actor=scope_of(cast.college_admin)),
    ):
        with pytest.raises(Refused) as refusal:
            verb()
        assert refusal.value.verdict.cause == "leaving"


def test_marking_costs_the_same_for_any_number(country, college, django_assert_num_queries):
    branches = [makers.make_org(country.college, f"2022级{at}班团支部").pk for at in range(6)]
    with django_assert_num_queries(10):
        marking.mark(branches[:1], "class", JUNE, actor=college, now=at(5, 10))
    with django_assert_num_queries(10):
        marking.mark(branches[1:], "class", JUNE, actor=college, now=at(5, 10))
