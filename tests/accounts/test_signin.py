"""登录 by ID number, password and captcha; the initial password; what refusals cost and tell."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import signin
from accounts.models import Account
from tests.helpers import captcha_answer, captcha_key, sign_in_by_form, solve_captcha
from tests.makers import PASSWORD, make_account, number_of
from zhtj.audit.actor import Actor
from zhtj.audit.models import AuditEntry
from zhtj.lib.hashers import Argon2id

pytestmark = pytest.mark.django_db
NEW = "Xin-mi6-ma"
NAME = "古丽努尔·买买提江"


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


def audit(verb):
    return [
        (row.result, row.account_name, row.actor_name, row.detail)
        for row in AuditEntry.objects.filter(verb=verb)
    ]


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
    assert audit("accounts.sign_in") == [("done", "张三", "张三", {"by": "set"})]


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
    assert audit("accounts.sign_in") == [("failed", known, "", {"cause": "credentials"})]


def test_a_wrong_captcha_costs_no_hash_and_is_not_recorded(client, work):
    number = a_set_account()
    work.clear()
    fields = {**solve_captcha(client), "captcha_1": "0"}
    page = client.post("/login/", {"number": number, "password": PASSWORD, **fields}).content.decode()
    assert "验证码不对或已过期" in page
    assert (work, audit("accounts.sign_in")) == ([], [])


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


# ---- the initial password ------------------------------------------------------------------------


@pytest.fixture
def newcomer():
    number = next(n for n in (number_of(serial=at) for at in range(1, 99)) if n.endswith("X"))
    return make_account(NAME, number=number, password=None)


@pytest.fixture
def half_open(client, newcomer):
    """The client after the initial password."""
    sign_in_by_form(client, newcomer.id_number, newcomer.id_number[-8:])
    return client


def name_page(client, name=NAME, password=NEW, repeat=None):
    return client.post(
        "/first/", {"name": name, "new_password": password, "repeat_password": repeat or password}
    )


@pytest.mark.parametrize("write", [str, str.lower])
def test_the_last_eight_characters_open_the_first_page(client, newcomer, write):
    response = sign_in_by_form(client, newcomer.id_number, write(newcomer.id_number[-8:]))
    assert response["Location"] == "/first/"


def test_the_initial_password_is_never_stored(half_open, newcomer):
    newcomer.refresh_from_db()
    assert (newcomer.password, newcomer.sign_in_state) == ("", "initial")


def test_half_open_nothing_else_opens(half_open):
    assert half_open.get("/settings/password/").status_code == 302
    assert half_open.get("/settings/password/")["Location"].startswith("/login/")


def test_the_first_page_shows_nothing_about_the_person(half_open, newcomer):
    page = half_open.get("/first/").content.decode()
    assert [fact in page for fact in (newcomer.name, newcomer.id_number[:6], newcomer.phone[-4:])] == [
        False
    ] * 3


def test_without_the_initial_password_the_first_page_is_closed(client):
    assert client.get("/first/")["Location"] == "/login/"


def test_the_next_page_says_that_the_password_was_set(half_open):
    name_page(half_open)
    assert "密码已设置，您已登录。" in half_open.get("/me/").content.decode()


def test_the_first_page_closes_after_a_quarter_of_an_hour(half_open):
    session = half_open.session
    session["half_open"] = {**session["half_open"], "until": session["half_open"]["until"] - 16 * 60}
    session.save()
    assert name_page(half_open)["Location"] == "/login/"


@pytest.mark.parametrize("name", [NAME, "古丽努尔•买买提江", " 古丽努尔 ・ 买买提江 "])
def test_name_and_new_password_sign_in(half_open, newcomer, name):
    assert name_page(half_open, name)["Location"] == "/"
    newcomer.refresh_from_db()
    assert (newcomer.sign_in_state, newcomer.check_password(NEW)) == ("set", True)
    assert half_open.get("/settings/password/").status_code == 200


def test_afterwards_the_initial_password_is_wrong(half_open, newcomer):
    name_page(half_open)
    page = sign_in_by_form(Client(), newcomer.id_number, newcomer.id_number[-8:]).content.decode()
    assert "身份证或密码错误" in page


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("kurz", "8至32个字符"),
        ("Tuan-659099", "没有身份证号码中连续的六位"),
        ("Tuan-138000", "没有手机号码中连续的六位"),
    ],
)
def test_the_new_password_must_keep_the_rules(half_open, newcomer, password, words):
    page = name_page(half_open, password=password).content.decode()
    assert f"密码没有达到要求“{words}”" in page
    newcomer.refresh_from_db()
    assert newcomer.sign_in_state == "initial"


def test_the_new_password_is_typed_twice(half_open):
    assert "两次填写的新密码不一样" in name_page(half_open, repeat="Anders-77x").content.decode()


def test_a_wrong_name_says_how_often_one_may_still_try(half_open):
    assert "还可以试2次" in name_page(half_open, "张三").content.decode()


def test_three_wrong_names_close_the_initial_password_for_a_day(half_open, newcomer):
    pages = [name_page(half_open, "张三").content.decode() for _ in range(3)]
    assert "初始密码暂停24小时" in pages[2]
    newcomer.refresh_from_db()
    left = newcomer.initial_closed_until - timezone.now()
    assert timedelta(hours=23, minutes=59) < left <= timedelta(hours=24)
    assert half_open.get("/first/")["Location"] == "/login/"


@pytest.mark.django_db(transaction=True)
def test_of_many_names_at_once_three_are_compared(newcomer):
    start = Barrier(6)

    def guess(_):
        try:
            start.wait()
            facts = {"name": "张三", "password": NEW, "actor": Actor(), "now": timezone.now()}
            return signin.set_first_password(newcomer.pk, **facts).verdict.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        reasons = list(pool.map(guess, range(6)))
    assert reasons.count("姓名与名册登记的不一致") == 2
    assert reasons.count("姓名填错3次，初始密码暂停24小时") == 1
    assert reasons.count("初始密码已暂停使用") == 3


def close(account, *, now):
    Account.objects.filter(pk=account.pk).update(initial_closed_until=now + timedelta(hours=24))


def test_while_closed_the_initial_password_reads_as_any_wrong_one(newcomer):
    now = timezone.now()
    close(newcomer, now=now)
    assert try_once(newcomer.id_number, newcomer.id_number[-8:], now=now).verdict == signin.WRONG


def test_after_a_day_it_opens_again(newcomer):
    now = timezone.now()
    close(newcomer, now=now)
    later = now + timedelta(hours=24, seconds=1)
    assert try_once(newcomer.id_number, newcomer.id_number[-8:], now=later).first is True


def test_right_names_elsewhere_do_not_help_a_closed_password(half_open, newcomer):
    close(newcomer, now=timezone.now())
    assert "初始密码已暂停使用" in name_page(half_open).content.decode()
    newcomer.refresh_from_db()
    assert newcomer.sign_in_state == "initial"


@pytest.mark.parametrize(("days", "opens"), [(None, True), (31, True), (30, False)])
def test_an_installation_may_limit_the_initial_password(newcomer, settings, days, opens):
    settings.INITIAL_PASSWORD_DAYS = days
    now = newcomer.created_at + timedelta(days=30)
    assert try_once(newcomer.id_number, newcomer.id_number[-8:], now=now).first is opens


def test_the_first_password_is_recorded(half_open):
    name_page(half_open, "张三")
    name_page(half_open)
    assert audit("accounts.set_first_password") == [
        ("failed", NAME, NAME, {"cause": "name"}),
        ("done", NAME, NAME, {}),
    ]


# ---- change and sign out -------------------------------------------------------------------------


def change(client, old=PASSWORD, new=NEW):
    fields = {"old_password": old, "new_password": new, "repeat_password": new}
    return client.post("/settings/password/", fields)


def test_a_changed_password_ends_the_other_sessions(client):
    account, other = make_account(), Client()
    client.force_login(account)
    other.force_login(account)
    assert change(client).status_code == 302
    assert client.get("/settings/password/").status_code == 200
    assert other.get("/settings/password/").status_code == 302


def test_a_changed_password_signs_in(client):
    account = make_account()
    client.force_login(account)
    change(client)
    assert sign_in_by_form(Client(), account.id_number, NEW).status_code == 302


def test_the_old_password_must_be_right(client):
    client.force_login(make_account())
    assert "原密码不对" in change(client, old="Falsch-7x").content.decode()


def test_the_new_password_must_be_another(client):
    client.force_login(make_account())
    assert "不是原来的密码" in change(client, new=PASSWORD).content.decode()


def test_wrong_old_passwords_come_to_waiting(client):
    client.force_login(make_account())
    pages = [change(client, old=f"Falsch-{at}x").content.decode() for at in range(6)]
    assert ["原密码填错次数过多" in page for page in pages] == [False] * 5 + [True]


def test_a_change_is_recorded(client):
    client.force_login(make_account("张三"))
    change(client)
    assert audit("accounts.change_password") == [("done", "张三", "张三", {})]


def test_signing_out_is_a_post_that_empties_the_browser(client):
    client.force_login(make_account("张三"))
    assert client.get("/logout/").status_code == 405
    response = client.post("/logout/")
    assert (response["Clear-Site-Data"], response["Cache-Control"]) == ('"cache", "storage"', "no-store")
    assert client.get("/settings/password/").status_code == 302
    assert audit("accounts.sign_out") == [("done", "", "张三", {})]


# ---- live rules ----------------------------------------------------------------------------------


def test_live_rules_know_the_signed_in_person(client):
    client.force_login(make_account())
    answer = client.post(
        "/password-check/", {"password": "Tuan-659099", "old_password": "Tuan-659099"}
    ).json()
    assert {key: answer[key] for key in ("number", "phone", "initial", "previous")} == {
        "number": False, "phone": True, "initial": True, "previous": False,
    }  # fmt: skip


def test_live_rules_take_a_visitors_own_words(client):
    answer = client.post("/password-check/", {"password": "Tuan-138123", "phone": "138 1234 5678"}).json()
    assert answer["phone"] is False
    assert "number" not in answer


def test_half_open_the_live_rules_say_nothing_about_the_phone(half_open):
    answer = half_open.post("/password-check/", {"password": "Tuan-138000"}).json()
    assert "phone" not in answer
    assert answer["number"] is True


# ---- captcha -------------------------------------------------------------------------------------


def test_a_captcha_is_good_for_one_attempt(client):
    number, captcha = a_set_account(), solve_captcha(client)
    client.post("/login/", {"number": number, "password": "Falsch-7x", **captcha})
    page = client.post("/login/", {"number": number, "password": PASSWORD, **captcha}).content.decode()
    assert "验证码不对或已过期" in page


def test_another_captcha_comes_without_a_reload(client):
    fresh = client.get("/captcha/new/").json()
    assert client.get(fresh["image_url"])["Content-Type"] == "image/png"
    assert len(captcha_answer(fresh["key"])) == 2


def test_the_words_ask_the_same_sum(client):
    key = captcha_key(client.get("/login/"))
    asked = client.get(f"/captcha/{key}/words/", headers={"X-Requested-With": "XMLHttpRequest"}).json()
    page = client.get(f"/captcha/{key}/words/").content.decode()
    assert asked["question"].endswith("等于多少？")
    assert asked["question"] in page


def test_a_taken_captcha_is_gone(client):
    assert client.get("/captcha/0a/image/").status_code == 410
    assert client.get("/captcha/0a/words/").status_code == 410
