"""The public door: limits, the pair that opens the state, and what travels through the browser."""

from datetime import timedelta

import pytest

from members.applications import door
from members.models import ApplicationKind
from orgs.scope import nobody
from tests import makers
from zhtj.lib.verdict import Refused

from .conftest import NOW, content, submit

pytestmark = pytest.mark.django_db
ACTOR = nobody(address="192.0.2.7")


def refusal(call, *args, **facts) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        call(*args, **facts)
    return caught.value.verdict.cause, caught.value.verdict.message


@pytest.fixture
def find(country):
    """The application of a person, and how it is looked for."""
    number = makers.number_of()
    application = submit(country.class1, number=number)

    def find(number=number, receipt=application.receipt, actor=ACTOR, now=NOW):
        return door.find(number, receipt, actor=actor, now=now)

    find.application = application
    return find


def test_number_and_receipt_open_it(find):
    receipt = find.application.receipt.lower()
    assert find(receipt=f"{receipt[:4]} {receipt[4:8]}-{receipt[8:]}") == find.application


def test_whatever_is_wrong_the_answer_is_the_same(find, country):
    other = submit(country.class1)
    answers = {
        refusal(find, number=makers.number_of()),
        refusal(find, receipt="ABCDEFGH2345"),
        refusal(find, receipt=other.receipt),
        refusal(find, number=makers.number_of(), receipt="ABCDEFGH2345"),
    }
    assert [cause for cause, _ in answers] == ["pair"]


def test_guessing_at_one_receipt_waits_and_a_right_pair_from_elsewhere_too(find):
    for at in range(5):
        refusal(find, number=makers.number_of(), now=NOW + timedelta(seconds=at))
    elsewhere = nobody(address="192.0.2.99")
    assert refusal(find, actor=elsewhere, now=NOW + timedelta(seconds=9))[0] == "waiting"
    assert find(actor=elsewhere, now=NOW + timedelta(minutes=16)) == find.application


def test_a_receipt_that_does_not_exist_waits_alike(find):
    for at in range(5):
        refusal(find, receipt="ABCDEFGH2345", now=NOW + timedelta(seconds=at))
    assert refusal(find, receipt="ABCDEFGH2345", now=NOW + timedelta(seconds=9))[0] == "waiting"


def test_a_right_pair_is_no_failure(find):
    for at in range(60):
        assert find(now=NOW + timedelta(seconds=at)) == find.application


def test_an_address_that_submits_very_many_waits(country, settings):
    settings.APPLICATIONS_PER_HOUR = 3
    for at in range(3):
        door.submit(
            country.class1,
            ApplicationKind.MEMBER,
            content(),
            actor=ACTOR,
            now=NOW + timedelta(seconds=at),
        )
    facts = {"actor": ACTOR, "now": NOW + timedelta(seconds=9)}
    assert refusal(door.submit, country.class1, ApplicationKind.MEMBER, content(), **facts)[0] == "waiting"


def test_the_tokens_open_only_what_they_were_made_for(find, country):
    application = find.application
    chosen = door.chosen(str(country.class1.pk))
    assert (door.reopened(chosen.token).branch, door.shown(door.shown_token(application))) == (
        country.class1,
        application,
    )
    assert (door.reopened(door.shown_token(application)), door.shown(chosen.token)) == (None, None)
