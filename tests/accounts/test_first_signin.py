"""The initial password: once, with the name beside it, for a quarter of an hour; then a password of one's own (§3)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import signin
from accounts.models import Account
from tests.helpers import audited, sign_in_by_form
from zhtj.audit.actor import Actor

pytestmark = pytest.mark.django_db
NEW = "Xin-mi6-ma"
NAME = "古丽努尔·买买提江"


def try_initial(account, now):
    """The sign-in by the initial password at a moment."""
    return signin.sign_in(
        number=account.id_number,
        password=account.id_number[-8:],
        known_device=False,
        actor=Actor(address="127.0.0.1"),
        now=now,
    )


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
    assert try_initial(newcomer, now).verdict == signin.WRONG


def test_after_a_day_it_opens_again(newcomer):
    now = timezone.now()
    close(newcomer, now=now)
    later = now + timedelta(hours=24, seconds=1)
    assert try_initial(newcomer, later).first is True


def test_right_names_elsewhere_do_not_help_a_closed_password(half_open, newcomer):
    close(newcomer, now=timezone.now())
    assert "初始密码已暂停使用" in name_page(half_open).content.decode()
    newcomer.refresh_from_db()
    assert newcomer.sign_in_state == "initial"


@pytest.mark.parametrize(("days", "opens"), [(None, True), (31, True), (30, False)])
def test_an_installation_may_limit_the_initial_password(newcomer, settings, days, opens):
    settings.INITIAL_PASSWORD_DAYS = days
    now = newcomer.created_at + timedelta(days=30)
    assert try_initial(newcomer, now).first is opens


def test_the_first_password_is_recorded(half_open):
    name_page(half_open, "张三")
    name_page(half_open)
    assert audited("accounts.set_first_password") == [
        ("failed", NAME, NAME, {"cause": "name"}),
        ("done", NAME, NAME, {}),
    ]
