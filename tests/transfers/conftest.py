"""The cast with two more: the company's administrator, and one of another college who has nothing to do with it."""

from __future__ import annotations

import pytest

from orgs.enums import Category
from orgs.scope import scope_of
from tests import makers
from transfers import opening, workflow
from transfers.models import Transfer
from transfers.opening import Wish
from transfers.workflow import Word


@pytest.fixture
def cast(country, cast):
    cast.company_admin = makers.make_admin(country.company, "齐公司")
    elsewhere = makers.make_org(country.university, "石河子大学文学院团委", Category.COMMITTEE)
    cast.stranger = makers.make_admin(elsewhere, "陌路人")
    return cast


@pytest.fixture
def seats(cast):
    """Scopes of the cast by name."""
    return {name: scope_of(getattr(each, "account", each)) for name, each in vars(cast).items()}


@pytest.fixture
def begin(country, cast, seats):
    """`begin("member", target="workshop")`: the case of 古丽努尔 as somebody of the cast begins it."""

    def begin(who, target="workshop", **wish):
        wish = {"reason": "其他", "target": getattr(country, target) if target else None, **wish}
        actor = seats[who]
        return workflow.start(opening.build(cast.member, Wish(**wish), actor=actor), actor=actor)

    return begin


@pytest.fixture
def do(seats):
    """`do("class1_admin", Act.AGREE_OUT, case)`."""

    def do(who, what, case, **word):
        return workflow.act(Transfer.objects.get(pk=case.pk), what, actor=seats[who], word=Word(**word))

    return do
