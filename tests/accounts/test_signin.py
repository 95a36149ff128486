"""登录 by ID number, password and captcha; what refusals cost and tell."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import signin
from tests.helpers import audited, sign_in_by_form, solve_captcha
from tests.makers import PASSWORD, make_account, number_of
from zhtj.audit.actor import Actor
from zhtj.lib.hashers import Argon2id

pytestmark = pytest.mark.django_db


class CountingHasher(Argon2id):
    """The product's hasher, counting its work."""

    work: list[str] = []

    def encode(self, password, salt):
        self.work.append("encode")
        return super().encode(password, salt)

    def verify(self, password, encoded):
        self.work.append("verify")
        return super().verify(password, encoded)


@pytest.fixture
def work(settings):
    """The hash calls so far."""
    settings.PASSWORD_HASHERS = ["tests.accounts.test_signin.CountingHasher"]
    CountingHasher.work.clear()
    return CountingHasher.work


def try_once(number, password="Falsch-7x", **facts):
    facts = {"known_device": False, "actor": Actor(address="127.0.0.1"), "now": timezone.now(), **facts}
    return signin.sign_in(number=number, password=password, **facts)


def text_of(response):
    """The page without what is new on every showing."""
    page = response.content.decode()
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return re.sub(r"[0-9a-f]{40}", "", page)


# ---- by own password -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [
        str,
        str.lower,
        lambda number: " ".join(number),
        lambda number: "".join(chr(ord(char) + 0xFEE0) for char in number),
    ],
)
def test_the_ways_people_write_an_id_open_the_account(client, write):
    account = make_account(number=number_of(serial=832))
    response = sign_in_by_form(client, write(account.id_number))
    assert (response.status_code, response["Location"]) == (302, "/")


def test_a_lower_case_x_is_accepted(client):
    number = next(n for n in (number_of(serial=at) for at in range(1, 99)) if n.endswith("X"))
    make_account(number=number)
    assert sign_in_by_form(client, number.lower()).status_code == 302


def test_signing_in_gives_the_session_a_new_key(client):
    account = make_account()
    client.post(reverse("accounts:sign_out"))
    before = client.session.session_key
    sign_in_by_form(client, account.id_number)
    assert client.session.session_key not in (None, before)


def test_the_way_leads_to_the_page_that_was_asked_for(client):
    number = make_account().id_number
    assert sign_in_by_form(client, number, next="/settings/password/")["Location"] == "/settings/password/"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_the_way_never_leads_elsewhere(client, elsewhere):
    assert sign_in_by_form(client, make_account().id_number, next=elsewhere)["Location"] == "/"


def test_a_signed_in_person_is_not_asked_again(client):
    client.force_login(make_account())
    assert client.get("/login/").status_code == 302


def test_signing_in_is_recorded_with_the_person_as_actor(client):
    sign_in_by_form(client, make_account("张三").id_number)
    assert audited("accounts.sign_in") == [("done", "张三", "张三", {"by": "set"})]


# ---- refusals ------------------------------------------------------------------------------------


def an_unknown_number():
    return number_of()


def an_initial_account():
    return make_account(password=None).id_number


def a_set_account():
    return make_account().id_number


def a_closed_account():
    return make_account(closed_at=timezone.now()).id_number


def an_account_without_password():
    return make_account(password=None, sign_in_state="none").id_number


DOORS = [an_unknown_number, an_initial_account, a_set_account, a_closed_account, an_account_without_password]


def test_every_refusal_reads_alike():
    pages = set()
    for make in DOORS:
        number = make()
        pages.add(text_of(sign_in_by_form(Client(), number, "Falsch-7x")).replace(number, ""))
    assert len(pages) == 1


def test_the_refusal_names_the_three_causes(client):
    page = sign_in_by_form(client, number_of(), "Falsch-7x").content.decode()
    assert "身份证或密码错误" in page
    assert "身份证号码未在系统中登记、号码填写有误、密码填写有误" in page


@pytest.mark.parametrize("make", DOORS)
def test_every_refusal_costs_one_hash(make, work):
    number = make()
    work.clear()
    try_once(number)
    assert len(work) == 1


def test_a_right_initial_password_costs_one_hash_too(work):
    number = an_initial_account()
    work.clear()
    try_once(number, number[-8:])
    assert len(work) == 1


@pytest.mark.parametrize(("make", "known"), [(an_unknown_number, ""), (a_set_account, "张三")])
def test_a_failure_is_recorded_with_the_account_only_where_there_is_one(client, make, known):
    number = make()
    sign_in_by_form(client, number, "Falsch-7x")
    assert audited("accounts.sign_in") == [("failed", known, "", {"cause": "credentials"})]


def test_a_wrong_captcha_costs_no_hash_and_is_not_recorded(client, work):
    number = a_set_account()
    work.clear()
    fields = {**solve_captcha(client), "captcha_1": "0"}
    page = client.post("/login/", {"number": number, "password": PASSWORD, **fields}).content.decode()
    assert "验证码不对或已过期" in page
    assert (work, audited("accounts.sign_in")) == ([], [])


def test_the_id_is_shown_again_the_password_and_captcha_are_not(client):
    number = a_set_account()
    response = sign_in_by_form(client, number, "Falsch-7x")
    page = response.content.decode()
    assert f'value="{number}"' in page
    assert "Falsch-7x" not in page
    assert re.search(r'name="captcha_1"[^>]*value=', page) is None


def test_an_impossible_id_is_named_as_such(client):
    page = sign_in_by_form(client, "123").content.decode()
    assert "身份证号码不足18位" in page


def test_without_a_number_the_page_says_what_is_missing(client):
    page = client.post("/login/", {}).content.decode()
    assert "请填写身份证号码" in page
    assert "请填写密码" in page
    assert "请填写验证码" in page
