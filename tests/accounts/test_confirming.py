"""The password is asked again after five minutes, and wrong ones make one wait."""

import time

import pytest
from django.utils import timezone

from accounts import confirming
from orgs import scope
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(rf):
    """A request of a person whose session began so many seconds ago."""

    def request_of(seconds: int):
        request = rf.post("/")
        request.user = makers.make_account()
        request.scope = scope.scope_of(request.user)
        request.session = {"started": int(time.time()) - seconds}
        return request

    return request_of


@pytest.mark.parametrize(("seconds", "fresh"), [(0, True), (290, True), (310, False)])
def test_it_stays_fresh_for_five_minutes(request_of, seconds, fresh):
    assert confirming.is_fresh(request_of(seconds)) == fresh


def test_the_right_password_makes_it_fresh_again(request_of):
    request = request_of(1000)
    assert confirming.confirm(request, makers.PASSWORD, now=timezone.now())
    assert confirming.is_fresh(request)


def test_wrong_passwords_make_one_wait(request_of):
    request = request_of(1000)
    causes = [confirming.confirm(request, "falsch-9Wort", now=timezone.now()).cause for _ in range(6)]
    assert causes == ["password"] * 5 + ["waiting"]
    assert not confirming.is_fresh(request)
