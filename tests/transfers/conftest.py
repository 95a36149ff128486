"""The cast with two more: the company's administrator, and one of another college who has nothing to do with it."""

from __future__ import annotations

import pytest

from orgs.enums import Category
from tests import makers


@pytest.fixture
def cast(country, cast):
    cast.company_admin = makers.make_admin(country.company, "齐公司")
    elsewhere = makers.make_org(country.university, "石河子大学文学院团委", Category.COMMITTEE)
    cast.stranger = makers.make_admin(elsewhere, "陌路人")
    return cast
