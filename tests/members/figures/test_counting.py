"""Figures of subtrees against the rows themselves, and the words and lists they are told apart by."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members import rules
from members.figures import counting, dimensions
from members.models import Member
from orgs.models import Organization
from tests import makers

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def people(cast, country):
    """Some of every kind, in two branches and beside them."""
    born = (date(2012, 11, 24), date(2012, 11, 23), date(2004, 2, 29), date(1998, 11, 24))
    for at, day in enumerate(born):
        makers.make_member(
            (country.class1, country.class2)[at % 2],
            f"同学{chr(0x4E00 + at)}",
            number=makers.number_of(day),
            joined=date(2018 + at, 5, 1),
            ethnicity=("汉族", "回族")[at % 2],
            political_status=("共青团员", "中共党员")[at % 2],
            education=("高中", "")[at % 2],
            password=None if at == 3 else makers.PASSWORD,
        )
    return country


def counts(*organizations) -> dict[int, counting.Counts]:
    return counting.count([each.pk for each in organizations], ["/"], today=TODAY)


def slowly(organization, told) -> dict[str, int]:
    """The same count, one member after the other."""
    found: dict[str, int] = {}
    for member in Member.objects.select_related("account"):
        if member.branch_path.startswith(organization.path):
            found[str(told(member))] = found.get(str(told(member)), 0) + 1
    return found


TOLD = {
    "sex": lambda member: member.account.sex,
    "age": lambda member: rules.age_on(member.account.birth_date, TODAY),
    "ethnicity": lambda member: member.account.ethnicity,
    "political_status": lambda member: member.account.political_status,
    "education": lambda member: member.account.education,
    "year": lambda member: member.joined.year,
}


def test_every_dimension_is_counted(people):
    found = counts(*Organization.objects.all())
    for organization in Organization.objects.all():
        for dimension, told in TOLD.items():
            assert found[organization.pk][dimension] == slowly(organization, told)


def test_the_totals_are_those_of_the_subtree(people):
    found = counts(people.college)[people.college.pk]
    assert [found[name] for name in counting.TOTALS] == [8, 1, 4, 3, 3, 4, 3, 4, 0, 0]


def test_leap_day_children_age_on_the_first_of_march(people):
    born = Member.objects.filter(account__birth_date=date(2004, 2, 29))
    for day, age in ((date(2026, 2, 28), 21), (date(2026, 3, 1), 22)):
        counted = born.annotate(age=counting.age_on(day, "account__birth_date")).get()
        assert (counted.age, rules.age_on(date(2004, 2, 29), day)) == (age, age)


def test_the_trend_ends_with_today(people):
    found = counting.count([people.college.pk], ["/"], today=date.today() + timedelta(days=1))
    assert [number for _, number in found[people.college.pk]["trend"]] == [0] * 11 + [8]


def test_the_same_day_a_month_and_a_year_ago_is_counted_too(people):
    for days, expected in ((0, [0, 0]), (32, [8, 0]), (367, [8, 8])):
        found = counting.count([people.college.pk], ["/"], today=date.today() + timedelta(days=days))
        own = found[people.college.pk]
        assert [own["month_ago"], own["year_ago"]] == expected


def test_one_organisation_costs_as_many_statements_as_all(people):
    taken = []
    for organizations in ([people.class1], list(Organization.objects.all())):
        with CaptureQueriesContext(connection) as captured:
            counts(*organizations)
        taken.append(len(captured))
    assert taken == [4, 4]


def test_nobody_is_in_two_bands():
    assert [high + 1 for _, high in dimensions.BANDS[:-1]] == [low for low, _ in dimensions.BANDS[1:]]


def test_every_table_adds_up_to_all_members(people):
    found = counts(people.college)[people.college.pk]
    sections = dimensions.sections(found, dimensions.list_of(people.college, own=True))
    assert {sum(bar.number for bar in section.bars) for section in sections} == {8}


def test_each_number_opens_as_many_names(people, cast, sign_in):
    """The list is asked with the query of each number; it answers with as many people."""
    client = sign_in(cast.university_admin)
    found = counting.count([people.college.pk], ["/"], today=date.today())[people.college.pk]
    sections = dimensions.sections(found, dimensions.list_of(people.college, own=False))
    wrong = [
        (section.title, bar.label, bar.number, client.get(bar.url).context["page"].total)
        for section in sections
        for bar in section.bars
        if bar.url and client.get(bar.url).context["page"].total != bar.number
    ]
    assert wrong == []


def test_a_list_of_the_own_organisation_needs_no_place(country):
    address = dimensions.list_of(country.college, own=True)({"sex": "男"})
    assert parse_qs(urlsplit(address).query) == {"sex": ["男"]}
