"""A moment, a code, and people who register with it."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from orgs import scope
from regcodes import codes
from regcodes.redeem import Claim, Office, Person
from tests import makers

PASSWORD = makers.PASSWORD


@pytest.fixture
def now():
    """The morning of the day of issue."""
    return timezone.make_aware(datetime(2026, 11, 23, 9, 30))


@pytest.fixture
def college(cast):
    """The scope of the college's administrator, direct superior of the classes."""
    return scope.scope_of(cast.college_admin)


@pytest.fixture
def code(country, college, now):
    """A code for 2019级新生临时团支部, which has no administrator."""
    return codes.issue(country.freshmen, actor=college, now=now)


@pytest.fixture
def claim(country, code):
    """The right organisation with the right code."""
    return Claim(organization=country.freshmen, code=code.code)


@pytest.fixture
def office():
    """A post and a 团籍 that keep every rule."""
    return Office(
        title="书记",
        since=date(2024, 9, 1),
        nature="兼职",
        in_party_committee=False,
        joined=date(2020, 5, 1),
        member_number="202077000001",
    )


@pytest.fixture
def person():
    """Somebody the system does not know."""
    return make_person()


def make_person(number: str = "", name: str = "新管理") -> Person:
    """Personal data that keep every rule."""
    return Person(
        name=name,
        number=number or makers.number_of(),
        phone="13800000009",
        ethnicity="汉族",
        political_status="共青团员",
        education="本科（在读）",
    )
