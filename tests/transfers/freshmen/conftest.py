"""The college with its 新生临时团支部, two classes, and people on their way to it."""

from __future__ import annotations

import pytest

from orgs.enums import Purpose
from orgs.scope import scope_of
from tests import makers
from transfers import opening, workflow
from transfers.enums import Act
from transfers.opening import Wish

STUDIES = {
    "reason": "升学",
    "details": {"毕业去向": "本科", "学校名称": "石河子大学", "学校地址": "石河子市"},
}


@pytest.fixture
def country(country):
    country.freshmen.purpose = Purpose.FRESHMEN
    country.freshmen.save(update_fields=["purpose"])
    return country


@pytest.fixture
def admin(cast):
    """The college's administrator."""
    return scope_of(cast.college_admin)


@pytest.fixture
def send(country, seats):
    """`send("新生甲")`: somebody of the workshop, sent by it to the temporary branch, or elsewhere."""

    def send(name="新生甲", target="freshmen", **facts):
        member = makers.make_member(country.workshop, name, **facts)
        wish = Wish(target=getattr(country, target), **STUDIES)
        actor = seats["workshop_admin"]
        return workflow.start(opening.build(member, wish, actor=actor), actor=actor)

    return send


@pytest.fixture
def receive(send, admin):
    """`receive("新生甲")`: the same, agreed to by the college."""

    def receive(name="新生甲", target="freshmen", **facts):
        return workflow.act(send(name, target, **facts), Act.AGREE_IN, actor=admin)

    return receive
