"""The fixed country and cast of the tests.

团中央
├ 新疆生产建设兵团团委 (province) — 石河子大学团委 — 石河子大学医学院团委 — 2023级1班, 2023级2班, 2019级新生临时
└ 团山东省委 (province) — 团淄博市委 (city) — 淄博机械公司团委 — 装配车间团支部
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from orgs.enums import Category

from . import makers


@pytest.fixture
def country(db) -> SimpleNamespace:
    """The organisations, by role in the tests."""
    return plant_country()


@pytest.fixture
def cast(country) -> SimpleNamespace:
    """Administrators named for their organisation, a member of each of two branches, and somebody nowhere."""
    return gather_cast(country)


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
    return SimpleNamespace(
        centre_admin=makers.make_admin(country.centre, "钟央"),
        corps_admin=makers.make_admin(country.corps, "兵建国"),
        university_admin=makers.make_admin(country.university, "石大河"),
        college_admin=makers.make_admin(country.college, "易学园"),
        class1_admin=makers.make_admin(country.class1, "班一丽"),
        class2_admin=makers.make_admin(country.class2, "班二伟"),
        zibo_admin=makers.make_admin(country.zibo, "齐淄博"),
        workshop_admin=makers.make_admin(country.workshop, "车间明"),
        member=makers.make_member(country.class1, "古丽努尔·买买提江"),
        classmate=makers.make_member(country.class1, "欧阳小明"),
        worker=makers.make_member(country.workshop, "孔令工"),
        outsider=makers.make_account("外来人"),
    )


@pytest.fixture
def sign_in(client):
    """`sign_in(account)` gives the test client with that person signed in."""

    def sign_in(account):
        client.force_login(account)
        return client

    return sign_in
