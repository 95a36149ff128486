"""Waiting after failures: per ID for unknown devices, per address when many IDs fail there."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import signin, sweep
from accounts.limits import Attempt, Limit
from accounts.models import AttemptCount, FailureTrail, number_index
from tests.helpers import sign_in_by_form
from tests.makers import PASSWORD, make_account, number_of
from zhtj.audit.actor import Actor
from zhtj.audit.models import AuditEntry

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LIMIT = Limit("test", 5, 15)
KEY = b"k" * 16
WRONG = "Falsch-7x"


def after(minutes, seconds=0):
    return NOON + timedelta(minutes=minutes, seconds=seconds)


@pytest.mark.django_db
class TestOneKey:
    def charge(self, *moments):
        return [LIMIT.charge(KEY, now=moment) for moment in moments]

    def test_five_failures_are_admitted_and_the_sixth_waits_a_quarter_from_the_fifth(self):
        moments = [after(at) for at in range(5)]
        assert self.charge(*moments, after(5)) == [None] * 5 + [after(19)]

    def test_the_wait_ends_on_the_minute(self):
        self.charge(*[after(at) for at in range(5)])
        assert self.charge(after(18, 59), after(19)) == [after(19), None]

    def test_waiting_attempts_do_not_make_it_longer(self):
        self.charge(*[after(at) for at in range(5)])
        self.charge(*[after(10, second) for second in range(30)])
        assert self.charge(after(19)) == [None]

    @pytest.mark.parametrize(("minutes", "waits"), [(15, True), (16, False)])
    def test_only_failures_within_a_quarter_of_an_hour_count_together(self, minutes, waits):
        self.charge(after(0), *[after(minutes)] * 4)
        assert (self.charge(after(minutes, 1)) != [None]) is waits

    def test_the_window_slides(self):
        self.charge(after(0), after(14), after(14), after(14), after(16))
        assert self.charge(after(16, 1), after(16, 2)) == [None, after(31, 1)]

    def test_a_success_takes_its_charge_back(self):
        self.charge(*[after(at) for at in range(4)])
        for second in range(20):
            assert self.charge(after(5, second)) == [None]
            LIMIT.refund(KEY, now=after(5, second))
        assert self.charge(after(6)) == [None]

    def test_keys_and_kinds_do_not_disturb_each_other(self):
        self.charge(*[after(at) for at in range(5)])
        assert LIMIT.charge(b"o" * 16, now=after(6)) is None
        assert Limit("other", 5, 15).charge(KEY, now=after(6)) is None


@pytest.mark.django_db
class TestAddress:
    def fail(self, count, *, address="10.0.0.1", now=NOON):
        return [self.attempt(number_index(number_of()), address, now).charge().cause for _ in range(count)]

    def succeed(self, count, now=NOON):
        for _ in range(count):
            attempt = self.attempt(number_index(number_of()), "10.0.0.1", now)
            assert attempt.charge().allowed is True
            attempt.refund()

    def attempt(self, index, address="10.0.0.1", now=NOON):
        return Attempt(index, address, False, now)

    def test_thirty_one_failing_ids_make_the_address_wait(self):
        assert self.fail(32) == [""] * 31 + ["waiting_address"]

    def test_thirty_failing_ids_do_not(self):
        assert self.fail(30) == [""] * 30
        self.succeed(1)

    def test_one_id_failing_often_is_no_reason_for_the_address(self):
        for at in range(40):
            self.attempt(number_index(number_of(serial=7)), now=after(0, at)).charge()
        assert AttemptCount.objects.count() == 1
        assert self.fail(1) == [""]

    @pytest.mark.parametrize(("successes", "cause"), [(30, "waiting_address"), (31, "")])
    def test_more_than_half_of_the_attempts_must_have_failed(self, successes, cause):
        self.succeed(successes)
        self.fail(31)
        assert self.fail(1) == [cause]

    def test_another_address_is_free(self):
        self.fail(32)
        assert self.fail(1, address="10.0.0.2") == [""]

    def test_the_address_is_free_again_within_a_quarter_of_an_hour(self):
        self.fail(32)
        assert self.fail(1, now=after(9)) == ["waiting_address"]
        assert self.fail(1, now=after(11)) == [""]

    def test_a_device_that_signed_in_to_the_account_does_not_wait(self):
        self.fail(32)
        assert Attempt(number_index(number_of()), "10.0.0.1", True, NOON).charge().allowed is True

    def test_waiting_for_the_address_is_not_charged_to_the_id(self):
        self.fail(31)
        index = number_index(number_of())
        for at in range(9):
            self.attempt(index, now=after(1, at)).charge()
        assert self.attempt(index, address="10.0.0.2", now=after(2)).charge().allowed is True


@pytest.mark.django_db
class TestAtTheDoor:
    @pytest.fixture(params=["unknown", "initial", "set"])
    def number(self, request):
        if request.param == "unknown":
            return number_of()
        return make_account(password=PASSWORD if request.param == "set" else None).id_number

    def fail(self, number, times=5, client=None):
        return [sign_in_by_form(client or Client(), number, WRONG).content.decode() for _ in range(times)]

    def test_after_five_failures_everybody_is_told_to_wait_alike(self, number):
        pages = self.fail(number, 6)
        assert ["这个身份证号码登录失败次数过多" in page for page in pages] == [False] * 5 + [True]

    def test_the_page_for_the_waiting_is_the_same_for_every_account(self):
        numbers = [number_of(), make_account(password=None).id_number, make_account().id_number]
        for number in numbers:
            self.fail(number)
        pages = {
            re.sub(r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{40}|\d\d:\d\d', "", page).replace(
                number, ""
            )
            for number in numbers
            for page in self.fail(number, 1)
        }
        assert len(pages) == 1

    def test_waiting_holds_for_the_right_password_too(self):
        number = make_account().id_number
        self.fail(number)
        assert "登录失败次数过多" in sign_in_by_form(Client(), number).content.decode()

    def test_a_device_that_signed_in_before_does_not_wait(self, client):
        number = make_account().id_number
        sign_in_by_form(client, number)
        client.post("/logout/")
        self.fail(number)
        assert sign_in_by_form(client, number).status_code == 302

    def test_a_device_known_to_another_account_waits(self, client):
        number = make_account().id_number
        sign_in_by_form(client, make_account().id_number)
        client.post("/logout/")
        self.fail(number)
        assert "登录失败次数过多" in sign_in_by_form(client, number).content.decode()

    def test_a_forged_device_cookie_is_worth_nothing(self, client):
        number = make_account().id_number
        self.fail(number)
        client.cookies["device"] = "WyJhIl0:1:forged"
        assert "登录失败次数过多" in sign_in_by_form(client, number).content.decode()

    def test_the_device_cookie_holds_no_number_and_is_out_of_reach_of_scripts(self, client):
        number = make_account().id_number
        cookie = sign_in_by_form(client, number).cookies["device"]
        assert (number in cookie.value, cookie["httponly"], cookie["samesite"]) == (False, True, "Lax")

    def test_waiting_is_recorded(self):
        number = make_account("张三").id_number
        self.fail(number, 6)
        last = AuditEntry.objects.filter(verb="accounts.sign_in").latest("pk")
        assert (last.result, last.account_name, last.detail) == ("denied", "张三", {"cause": "waiting_id"})


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_only_five_are_tried():
    number, start = make_account().id_number, Barrier(12)

    def guess(at):
        try:
            start.wait()
            facts = {"known_device": False, "actor": Actor(), "now": timezone.now()}
            return signin.sign_in(number=number, password=f"{WRONG}{at}", **facts).verdict.cause
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        causes = sorted(pool.map(guess, range(12)))
    assert causes == ["credentials"] * 5 + ["waiting_id"] * 7


@pytest.mark.django_db
def test_old_counts_are_swept_and_living_ones_stay():
    now = timezone.now()
    for key, moment in ((b"a" * 16, now - timedelta(hours=25)), (b"b" * 16, now)):
        LIMIT.charge(key, now=moment)
        Attempt(key, "10.0.0.1", False, moment).charge()
    sweep.sweep(now)
    assert {bytes(key) for key in FailureTrail.objects.values_list("key", flat=True)} == {b"b" * 16}
    assert [bytes(key) for key in AttemptCount.objects.values_list("subkey", flat=True)] == [b"b" * 16]
