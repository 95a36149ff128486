"""Changing the password, its live rules, and signing out."""

import pytest
from django.test import Client

from tests.helpers import audited, sign_in_by_form
from tests.makers import PASSWORD, make_account

pytestmark = pytest.mark.django_db
NEW = "Xin-mi6-ma"


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
    assert audited("accounts.change_password") == [("done", "张三", "张三", {})]


def test_signing_out_is_a_post_that_empties_the_browser(client):
    client.force_login(make_account("张三"))
    assert client.get("/logout/").status_code == 405
    response = client.post("/logout/")
    assert (response["Clear-Site-Data"], response["Cache-Control"]) == ('"cache", "storage"', "no-store")
    assert client.get("/settings/password/").status_code == 302
    assert audited("accounts.sign_out") == [("done", "", "张三", {})]


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
