"""The fixed country and cast of the tests.

团中央
├ 新疆生产建设兵团团委 (province) — 石河子大学团委 — 石河子大学医学院团委 — 2023级1班, 2023级2班, 2019级新生临时
└ 团山东省委 (province) — 团淄博市委 (city) — 淄博机械公司团委 — 装配车间团支部
"""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest
from django.test.signals import setting_changed

from orgs.enums import Category
from zhtj.desk.inbox import collect

from . import makers
from .snapshot import planted

# A county code of the cast alone, never assigned: nobody a test makes has the number of one of them.
REGION = "659098"


@pytest.fixture(autouse=True, scope="session")
def _settings_written_into_queries(django_test_environment):
    """A test that changes a setting gets a query that knows it."""

    def forget(**_) -> None:
        collect._written.clear()

    setting_changed.connect(forget)
    yield
    setting_changed.disconnect(forget)


@pytest.fixture
def _world(request, db) -> SimpleNamespace:
    """The country, and the cast where the test wants it."""
    return planted("world", plant_world) if "cast" in request.fixturenames else planted("empty", plant_empty)


@pytest.fixture
def country(_world) -> SimpleNamespace:
    """The organisations, by role in the tests."""
    return _world.country


@pytest.fixture
def cast(_world) -> SimpleNamespace:
    """Administrators named for their organisation, a member of each of two branches, and somebody nowhere."""
    return _world.cast


def plant_empty() -> SimpleNamespace:
    """The organisations, nobody in them."""
    return SimpleNamespace(country=plant_country())


def plant_world() -> SimpleNamespace:
    """The organisations and the people."""
    country = plant_country()
    return SimpleNamespace(country=country, cast=gather_cast(country))


def plant_country() -> SimpleNamespace:
    """Make the organisations."""
    org = makers.make_org
    centre = org(None, "团中央", Category.LEADING_BODY)
    corps = org(centre, "新疆生产建设兵团团委", Category.LEADING_BODY)
    university = org(corps, "石河子大学团委", Category.COMMITTEE)
    college = org(university, "石河子大学医学院团委", Category.COMMITTEE)
    class1 = org(college, "2023级1班团支部")
    class2 = org(college, "2023级2班团支部")
    freshmen = org(college, "2019级新生临时团支部")
    shandong = org(centre, "团山东省委", Category.LEADING_BODY)
    zibo = org(shandong, "团淄博市委", Category.LEADING_BODY)
    company = org(zibo, "淄博机械公司团委", Category.COMMITTEE)
    workshop = org(company, "装配车间团支部")
    return SimpleNamespace(
        centre=centre,
        corps=corps,
        university=university,
        college=college,
        class1=class1,
        class2=class2,
        freshmen=freshmen,
        shandong=shandong,
        zibo=zibo,
        company=company,
        workshop=workshop,
    )


def gather_cast(country: SimpleNamespace) -> SimpleNamespace:
    """Make the people."""
    serial = itertools.count(1)

    def own() -> str:
        return makers.number_of(region=REGION, serial=next(serial))

    return SimpleNamespace(
        centre_admin=makers.make_admin(country.centre, "钟央", number=own()),
        corps_admin=makers.make_admin(country.corps, "兵建国", number=own()),
        university_admin=makers.make_admin(country.university, "石大河", number=own()),
        college_admin=makers.make_admin(country.college, "易学园", number=own()),
        class1_admin=makers.make_admin(country.class1, "班一丽", number=own()),
        class2_admin=makers.make_admin(country.class2, "班二伟", number=own()),
        zibo_admin=makers.make_admin(country.zibo, "齐淄博", number=own()),
        workshop_admin=makers.make_admin(country.workshop, "车间明", number=own()),
        member=makers.make_member(country.class1, "古丽努尔·买买提江", number=own()),
        classmate=makers.make_member(country.class1, "欧阳小明", number=own()),
        worker=makers.make_member(country.workshop, "孔令工", number=own()),
        outsider=makers.make_account("外来人", number=own()),
    )


@pytest.fixture
def sign_in(client):
    """`sign_in(account)` gives the test client with that person signed in."""

    def sign_in(account):
        client.force_login(account)
        return client

    return sign_in
