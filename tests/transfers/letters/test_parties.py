"""Who issues and who is addressed: the offices next above both ends."""

from __future__ import annotations

import pytest

from orgs.enums import Category
from tests import makers
from tests.transfers.cases import make
from transfers.enums import State
from transfers.letters import numbers
from transfers.letters.parties import of_many, parties


@pytest.mark.parametrize(
    ("kind", "addressee"),
    [
        ("sent to a branch", "company"),
        ("sent to a body", "company"),
        ("person to the next class", "college"),
    ],
)
def test_the_office_above_the_target_is_addressed(country, cast, kind, addressee):
    case = make(country, cast, kind, State.IN)
    assert parties(case).addressee == getattr(country, addressee)


def test_the_office_above_the_branch_issues(country, cast):
    assert parties(make(country, cast, "sent to a branch", State.IN)).issuer == country.college


@pytest.mark.parametrize("kind", ["person outside", "sent to the army"])
def test_outside_the_system_the_unit_is_text(country, cast, kind):
    case = make(country, cast, kind, State.IN)
    case.outside_name = "北京市：某大学团委"
    assert (parties(case).addressee, parties(case).addressee_name) == (None, "某大学团委")


@pytest.fixture
def general(country):
    """A 团总支 between the college and a class."""
    general = makers.make_org(country.college, "2026级团总支", Category.GENERAL_BRANCH)
    country.class9 = makers.make_org(general, "2026级9班团支部")
    return general


def test_a_general_branch_is_passed_over(country, cast, general, sent, seats):
    assert parties(sent(source=country.class9, by=seats.college_admin)).issuer == country.college


def test_a_general_branch_with_numbers_issues(country, cast, general, sent, seats):
    numbers.give(country.college, general, 100, 199, actor=seats.college_admin)
    assert parties(sent(source=country.class9, by=seats.college_admin)).issuer == general


def test_many_cases_cost_as_many_queries_as_one(sent, django_assert_num_queries):
    cases = [sent(f"同学{at}") for at in "甲乙丙"]
    with django_assert_num_queries(2):
        of_many(cases)
