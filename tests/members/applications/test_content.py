"""What an application holds, on its way into the database and out of it."""

from datetime import date

import pytest

from members.applications import content as contents
from members.models import Application

from .conftest import OFFICE, content, submit

TODAY = date(2026, 11, 23)


@pytest.mark.django_db
def test_it_is_read_as_it_was_stored(country):
    given = content(**OFFICE)
    stored = submit(country.class1, **{name: getattr(given, name) for name in given.__slots__})
    assert contents.of(Application.objects.get(pk=stored.pk)) == given


@pytest.mark.django_db
def test_nothing_of_it_is_readable_in_the_row(country):
    stored = submit(country.class1)
    row = bytes(Application.objects.get(pk=stored.pk).payload_cipher)
    assert ("申请人".encode() in row, b"16300000077" in row) == (False, False)


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        ({}, None),
        ({"joined": date(2014, 5, 1), "league_number": ""}, "joined_age"),
        ({"league_number": ""}, "number_missing"),
        ({"league_number": "202065777777"}, "number_year"),
        ({"political_status": "群众"}, "masses"),
        ({**OFFICE, "since": date(2020, 1, 1)}, "since_before_joined"),
        ({**OFFICE, "nature": ""}, "cadre_required"),
        ({"phone": "123"}, "phone"),
    ],
)
def test_the_rules_of_members_judge_it(facts, cause):
    problems = content(**facts).problems(holds_post=False, today=TODAY)
    assert next((each.cause for each in problems), None) == cause


def test_only_a_cadre_brings_a_post_into_the_entry():
    assert (content().entered.office, content(**OFFICE).entered.office.title) == (None, "宣传委员")
