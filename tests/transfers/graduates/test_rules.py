"""Who marks what, and which marks fit."""

from datetime import date

import pytest

from orgs.enums import Category
from orgs.models import Organization, Seat
from orgs.scope import scope_of
from transfers.graduates import rules
from transfers.models import BranchMark

TODAY = date(2026, 5, 10)
JUNE = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("who", "cause"),
    [
        ("college_admin", ""),
        ("class1_admin", "not_superior"),
        ("university_admin", "not_superior"),
        ("corps_admin", "not_superior"),
        ("zibo_admin", "not_superior"),
    ],
)
def test_the_direct_superior_marks_a_branch(cast, country, who, cause):
    scope = scope_of(getattr(cast, who))
    assert rules.may_mark(scope, country.class1).cause == cause
    assert Organization.objects.filter(rules.markable_q(scope), pk=country.class1.pk).exists() == (not cause)


def test_a_higher_superior_marks_for_a_vacant_one(cast, country):
    Seat.objects.filter(organization=country.college).delete()
    scope = scope_of(cast.university_admin)
    assert rules.may_mark(scope, country.class1)
    assert Organization.objects.filter(rules.markable_q(scope), pk=country.class1.pk).exists()


@pytest.mark.parametrize(
    ("category", "cause"), [(Category.GRADUATE_BRANCH, "leaving"), (Category.PENDING_BRANCH, "category")]
)
def test_only_a_团支部_is_marked(cast, country, category, cause):
    Organization.objects.filter(pk=country.class1.pk).update(category=category)
    branch = Organization.objects.get(pk=country.class1.pk)
    scope = scope_of(cast.college_admin)
    assert rules.may_mark(scope, branch).cause == cause
    assert not Organization.objects.filter(rules.markable_q(scope), pk=branch.pk).exists()


def test_committees_are_not_marked(cast, country):
    assert rules.may_mark(scope_of(cast.university_admin), country.college).cause == "category"


@pytest.mark.parametrize(
    ("kind", "expected", "cause"),
    [
        ("class", JUNE, ""),
        ("class", date(2025, 1, 1), ""),
        ("class", date(2034, 12, 1), ""),
        ("class", None, "expected"),
        ("class", date(2024, 12, 1), "expected"),
        ("class", date(2035, 1, 1), "expected"),
        ("mixed", None, ""),
        ("teachers", None, ""),
        ("", None, "kind"),
    ],
)
def test_classes_have_a_month_not_far_off(kind, expected, cause):
    assert rules.month_fits(kind, expected, today=TODAY).cause == cause


@pytest.mark.parametrize(
    ("branch", "kind", "until", "cause"),
    [
        (("class", JUNE), "delayed", date(2027, 6, 1), ""),
        (("class", JUNE), "delayed", date(2026, 7, 1), ""),
        (("class", JUNE), "delayed", JUNE, "until"),
        (("class", JUNE), "delayed", None, "until"),
        (("class", JUNE), "teacher", None, ""),
        (("class", JUNE), "floating", None, ""),
        (("class", JUNE), "graduate", JUNE, "kind"),
        (("mixed", None), "graduate", JUNE, ""),
        (("mixed", None), "graduate", None, "until"),
        (("teachers", None), "graduate", JUNE, ""),
        (("mixed", None), "teacher", None, "kind"),
        (("mixed", None), "", None, "kind"),
    ],
)
def test_marks_of_people_fit_the_branch(branch, kind, until, cause):
    assert rules.fits(BranchMark(kind=branch[0], expected=branch[1]), kind, until).cause == cause


def test_people_of_an_unmarked_branch_are_not_marked():
    assert rules.fits(None, "teacher", None).cause == "unmarked"


@pytest.mark.parametrize(
    ("who", "cause"),
    [
        ("class1_admin", ""),
        ("college_admin", ""),
        ("class2_admin", "not_side"),
        ("university_admin", "not_side"),
    ],
)
def test_the_branch_or_its_direct_superior_marks_people(cast, country, who, cause):
    assert rules.may_mark_people(scope_of(getattr(cast, who)), country.class1).cause == cause


@pytest.mark.parametrize(
    ("who", "cause"),
    [
        ("college_admin", ""),
        ("university_admin", ""),
        ("corps_admin", "not_side"),
        ("class1_admin", "not_side"),
    ],
)
def test_an_organisation_or_its_direct_superior_sets_the_deadline(cast, country, who, cause):
    assert rules.may_set_deadline(scope_of(getattr(cast, who)), country.college).cause == cause


def test_a_branch_has_no_deadline_of_its_own(cast, country):
    assert rules.may_set_deadline(scope_of(cast.college_admin), country.class1).cause == "branch"


@pytest.mark.parametrize(
    ("day", "above", "cause"),
    [
        (date(2026, 5, 31), None, "day"),
        (date(2026, 6, 1), None, ""),
        (date(2027, 5, 31), None, ""),
        (date(2027, 6, 1), None, "day"),
        (date(2026, 8, 31), date(2026, 8, 31), ""),
        (date(2026, 9, 1), date(2026, 8, 31), "above"),
    ],
)
def test_a_deadline_lies_in_its_year_and_not_after_the_superiors(day, above, cause):
    assert rules.day_fits(2026, day, above).cause == cause
