"""验证码: answered once, in digits, from picture or words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from captcha.models import CaptchaStore
from django.db import connection
from django.utils import timezone

from accounts import captchas, sweep
from tests.helpers import captcha_answer, captcha_key, solve_captcha
from tests.makers import PASSWORD, make_account


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("27+5=?", "二十七加五等于多少？"),
        ("40-9=?", "四十减九等于多少？"),
        ("10+2=?", "十加二等于多少？"),
        ("79-8=?", "七十九减八等于多少？"),
    ],
)
def test_the_words_say_the_sum(text, words):
    assert captchas.in_words(text) == words


def test_answers_have_two_digits():
    assert {len(captchas.draw().answer) for _ in range(300)} == {2}


def test_the_picture_is_a_png():
    assert captchas.picture("27+5=?")[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write", [str, lambda text: f" {text} ", lambda text: chr(ord(text[0]) + 0xFEE0) + text[1]]
)
def test_the_answer_may_have_blanks_and_full_width_digits(write):
    key = captchas.create()
    assert captchas.take(key, write(captcha_answer(key))) is True


@pytest.mark.django_db
def test_a_wrong_answer_spends_it_too():
    key = captchas.create()
    answer = captcha_answer(key)
    assert (captchas.take(key, "0"), captchas.take(key, answer)) == (False, False)


@pytest.mark.django_db
def test_a_late_answer_is_wrong():
    key = captchas.create()
    answer = captcha_answer(key)
    CaptchaStore.objects.update(expiration=timezone.now() - timedelta(seconds=1))
    assert captchas.asked(key) is None
    assert captchas.take(key, answer) is False


@pytest.mark.django_db
def test_an_unknown_key_is_wrong():
    assert captchas.take("", "12") is False


@pytest.mark.django_db
def test_expired_ones_are_swept():
    captchas.create()
    CaptchaStore.objects.update(expiration=timezone.now())
    kept = captchas.create()
    sweep.sweep()
    assert list(CaptchaStore.objects.values_list("hashkey", flat=True)) == [kept]


@pytest.mark.django_db(transaction=True)
def test_of_many_answers_at_once_one_counts():
    key, start = captchas.create(), Barrier(8)
    answer = captcha_answer(key)

    def take(_):
        try:
            start.wait()
            return captchas.take(key, answer)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(take, range(8))) == [False] * 7 + [True]


# ---- on the page ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_captcha_is_good_for_one_attempt(client):
    number, captcha = make_account().id_number, solve_captcha(client)
    client.post("/login/", {"number": number, "password": "Falsch-7x", **captcha})
    page = client.post("/login/", {"number": number, "password": PASSWORD, **captcha}).content.decode()
    assert "验证码不对或已过期" in page


@pytest.mark.django_db
def test_another_captcha_comes_without_a_reload(client):
    fresh = client.get("/captcha/new/").json()
    assert client.get(fresh["image_url"])["Content-Type"] == "image/png"
    assert len(captcha_answer(fresh["key"])) == 2


@pytest.mark.django_db
def test_the_words_ask_the_same_sum(client):
    key = captcha_key(client.get("/login/"))
    asked = client.get(f"/captcha/{key}/words/", headers={"X-Requested-With": "XMLHttpRequest"}).json()
    page = client.get(f"/captcha/{key}/words/").content.decode()
    assert asked["question"].endswith("等于多少？")
    assert asked["question"] in page


@pytest.mark.django_db
def test_a_taken_captcha_is_gone(client):
    assert client.get("/captcha/0a/image/").status_code == 410
    assert client.get("/captcha/0a/words/").status_code == 410
