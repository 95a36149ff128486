"""What is copied in is what the product's own doors made, row by row and object by object."""

import pytest
from django.db import transaction

from tests import cast, snapshot

pytestmark = pytest.mark.django_db


def test_the_second_time_everything_is_as_the_first(monkeypatch):
    monkeypatch.setattr(snapshot, "_kept", {})
    with transaction.atomic():
        first = snapshot.planted("world", cast.plant_world)
        made = snapshot._taken(set())
        transaction.set_rollback(True)
    again = snapshot.planted("world", cast.plant_world)
    assert snapshot._taken(set()) == made
    assert again.cast.member == first.cast.member
    assert again.cast.member.branch is again.country.class1


def test_whoever_travels_in_time_gets_a_world_of_that_day(monkeypatch, time_machine):
    monkeypatch.setattr(snapshot, "_kept", {})
    snapshot.planted("nothing", lambda: "of today")
    time_machine.move_to("2026-06-01T08:00:00+08:00")
    assert snapshot.planted("nothing", lambda: "of June") == "of June"
