"""重置密码验证码: issued once, used once, never blocked by waiting."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import reset
from accounts.models import Account, ResetCode
from tests.helpers import sign_in_by_form, solve_captcha
from tests.makers import PASSWORD, make_account, number_of
from zhtj.audit.actor import Actor
from zhtj.audit.models import AuditEntry

ADMIN = Actor(account_id=7, account_name="王管理", address="127.0.0.1")
VISITOR = Actor(address="127.0.0.1")
NEW = "Xin-mi6-ma"
WRONG = "ZZZZ ZZZZ"

db = pytest.mark.django_db


def issue(account, now=None):
    return reset.issue(account, actor=ADMIN, now=now or timezone.now())


def redeem(account, code, password=NEW, now=None):
    number = account if isinstance(account, str) else account.id_number
    return reset.redeem(number=number, code=code, password=password, actor=VISITOR, now=now or timezone.now())


def send(client, number, code, password=NEW):
    fields = {"number": number, "code": code, "new_password": password, "repeat_password": password}
    return client.post("/forgot/", {**fields, **solve_captcha(client, "/forgot/")})


@pytest.mark.parametrize(
    ("typed", "read"), [("A7KQ2MXZ", "A7KQ2MXZ"), (" a7kq 2mxz ", "A7KQ2MXZ"), ("ａ７ｋｑ-2mxz", "A7KQ2MXZ")]
)
def test_any_case_blanks_and_width_are_one_code(typed, read):
    assert reset.normalise(typed) == read


def test_the_alphabet_has_32_symbols_without_look_alikes():
    assert (len(set(reset.ALPHABET)), set(reset.ALPHABET) & set("01IO")) == (32, set())


@db
def test_a_code_has_eight_symbols_and_is_stored_keyed():
    code = issue(make_account())
    assert re.fullmatch(f"[{reset.ALPHABET}]{{8}}", code)
    assert code.encode() not in bytes(ResetCode.objects.get().code_hash)


@db
@pytest.mark.parametrize("facts", [{}, {"password": None}, {"password": None, "sign_in_state": "none"}])
def test_a_code_sets_the_password_whatever_the_state(facts):
    account = make_account(**facts)
    assert redeem(account, issue(account).lower()).verdict.allowed is True
    account.refresh_from_db()
    assert (account.sign_in_state, account.check_password(NEW)) == ("set", True)


@db
def test_a_code_works_once():
    account = make_account()
    code = issue(account)
    redeem(account, code)
    assert redeem(account, code, "Noch-1mal-neu").verdict == reset.WRONG


@db
@pytest.mark.parametrize(("hours", "works"), [(47, True), (48, False)])
def test_a_code_lives_48_hours(hours, works):
    account, now = make_account(), timezone.now()
    code = issue(account, now)
    assert redeem(account, code, now=now + timedelta(hours=hours)).verdict.allowed is works


@db
def test_a_new_code_replaces_the_old():
    account = make_account()
    old, new = issue(account), issue(account)
    assert redeem(account, old).verdict == reset.WRONG
    assert redeem(account, new).verdict.allowed is True


@db
def test_a_code_opens_no_other_account():
    code = issue(make_account())
    assert redeem(make_account(), code).verdict == reset.WRONG


@db
def test_a_closed_account_stays_closed():
    account = make_account(closed_at=timezone.now())
    assert redeem(account, issue(account)).verdict == reset.WRONG


@db
def test_unknown_id_and_wrong_code_read_alike():
    pages = set()
    for number in (number_of(), make_account().id_number):
        page = send(Client(), number, WRONG).content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{40}', "", page).replace(number, "")
        pages.add(page)
    assert len(pages) == 1
    assert "身份证号码或重置密码验证码错误" in pages.pop()


@db
@pytest.mark.parametrize(
    ("password", "cause"), [(PASSWORD, "previous"), ("Tuan-138000", "phone"), ("Tuan-659099", "number")]
)
def test_a_password_against_the_rules_does_not_spend_the_code(password, cause):
    account = make_account()
    code = issue(account)
    assert redeem(account, code, password).verdict.cause == cause
    assert redeem(account, code).verdict.allowed is True


@db
def test_wrong_codes_come_to_waiting_but_never_void_the_right_one():
    account = make_account()
    code = issue(account)
    causes = [redeem(account, WRONG).verdict.cause for _ in range(7)]
    assert causes == ["code"] * 5 + ["waiting"] * 2
    assert redeem(account, code).verdict.allowed is True


@db
def test_waiting_after_failed_sign_ins_does_not_concern_the_code(client):
    account = make_account()
    for _ in range(6):
        sign_in_by_form(Client(), account.id_number, "Falsch-7x")
    assert send(client, account.id_number, issue(account))["Location"] == "/"
    assert client.get("/settings/password/").status_code == 200


@db
def test_the_next_page_says_that_the_password_was_set(client):
    account = make_account()
    send(client, account.id_number, issue(account))
    assert "新密码已设置，您已登录。" in client.get("/me/").content.decode()


@db
def test_a_closed_initial_password_does_not_concern_the_code():
    account = make_account(password=None, initial_closed_until=timezone.now() + timedelta(hours=24))
    assert redeem(account, issue(account)).verdict.allowed is True
    account.refresh_from_db()
    assert account.initial_closed_until is None


@db
def test_a_used_code_ends_the_other_sessions(client):
    account = make_account()
    client.force_login(account)
    redeem(account, issue(account))
    assert client.get("/settings/password/").status_code == 302


@db
def test_issue_and_use_are_recorded():
    account = make_account("张三")
    redeem(account, issue(account))
    redeem(account, WRONG)
    rows = AuditEntry.objects.filter(verb__contains="reset_code").order_by("pk")
    assert [(row.verb, row.result, row.actor_name, row.account_name) for row in rows] == [
        ("accounts.issue_reset_code", "done", "王管理", "张三"),
        ("accounts.use_reset_code", "done", "张三", "张三"),
        ("accounts.use_reset_code", "failed", "", "张三"),
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_uses_at_once_one_finds_the_code_spent():
    account, start = make_account(), Barrier(2)
    code = issue(account)

    def use(password):
        try:
            start.wait()
            return redeem(account.id_number, code, password).verdict.allowed
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, ["Erst-1mal-so", "Dann-1mal-so"])) == [False, True]
    assert Account.objects.get(pk=account.pk).sign_in_state == "set"
