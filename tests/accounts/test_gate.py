"""Who is not signed in is led to the door; what was sent by a session that had ended goes on afterwards."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts import sweep
from tests.helpers import captcha_answer, captcha_key, sign_in_by_form
from tests.makers import PASSWORD, make_account

pytestmark = pytest.mark.django_db
PATH = "/settings/password/"  # any page that demands a session
KEPT = re.compile(r'name="kept" value="([^"]+)"')


@pytest.fixture
def person():
    return make_account("张三")


@pytest.fixture
def lapsed(client, person):
    """A client whose session has just ended by time."""
    client.force_login(person)
    client.get(PATH)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    return client


def go_on(client, page, account):
    """Sign in on the page that came instead."""
    key = captcha_key(page)
    kept = KEPT.search(page.content.decode())
    fields = {"captcha_0": key, "captcha_1": captcha_answer(key), "kept": kept.group(1) if kept else ""}
    return client.post("/login/", {"number": account.id_number, "password": PASSWORD, **fields})


def test_a_visitor_is_led_to_the_door_and_back(client):
    assert client.get(PATH)["Location"] == "/login/?next=/settings/password/"


def test_a_visitors_form_is_not_kept(client):
    assert client.post(PATH, {"remark": "备注"}).status_code == 302


def test_a_lapsed_session_is_told_so(lapsed):
    assert lapsed.get(PATH).status_code == 302
    assert "您的登录已超时，请重新登录" in lapsed.get("/login/").content.decode()


def test_a_fresh_visitor_is_not(client):
    assert "您的登录已超时" not in client.get("/login/").content.decode()


def test_who_signed_out_is_not(client, person):
    client.force_login(person)
    client.post("/logout/")
    assert "您的登录已超时" not in client.get("/login/").content.decode()


def test_a_form_sent_too_late_goes_on_after_the_same_person_signs_in(lapsed, person):
    page = lapsed.post(f"{PATH}?tab=2", {"remark": "  两行\n备注 <b>", "choice": ["1", "2"]})
    assert (page.status_code, "您刚才填写的内容已保留" in page.content.decode()) == (401, True)
    answer = go_on(lapsed, page, person).content.decode()
    fields = re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', answer, re.S)
    assert [(name, html.unescape(value)) for name, value in fields] == [
        ("remark", "  两行\n备注 <b>"),
        ("choice", "1"),
        ("choice", "2"),
    ]
    assert f'action="{PATH}?tab=2"' in answer
    assert "继续提交" in answer


def test_the_kept_form_survives_a_wrong_password(lapsed, person):
    page = lapsed.post(PATH, {"remark": "备注"})
    kept = html.unescape(KEPT.search(page.content.decode()).group(1))
    again = sign_in_by_form(lapsed, person.id_number, "Falsch-7x", kept=kept)
    assert "备注" in go_on(lapsed, again, person).content.decode()


def test_passwords_captchas_and_files_are_never_kept(lapsed, person):
    file = SimpleUploadedFile("roster.xlsx", b"secret-bytes")
    sent = {"old_password": "Geheim-77", "captcha_1": "4711", "remark": "备注", "file": file}
    answer = go_on(lapsed, lapsed.post(PATH, sent), person).content.decode()
    assert [word in answer for word in ("Geheim-77", "4711", "secret-bytes", "备注")] == [
        False,
        False,
        False,
        True,
    ]
    assert "选择的文件没有保留" in answer


def test_another_person_does_not_get_the_form(lapsed):
    answer = go_on(lapsed, lapsed.post(PATH, {"remark": "备注"}), make_account("李四")).content.decode()
    assert ("备注" in answer, "属于另一个账号，没有提交" in answer) == (False, True)


def test_a_forged_form_is_ignored(client, person):
    assert sign_in_by_form(client, person.id_number, kept="forged").status_code == 302


def test_what_is_kept_cannot_be_read_on_the_way(lapsed):
    assert "备注" not in lapsed.post(PATH, {"remark": "备注"}).content.decode()


def test_a_too_large_form_is_not_kept(lapsed):
    page = lapsed.post(PATH, {"remark": "长" * 200_001}).content.decode()
    assert ("您的登录已超时" in page, "内容已保留" in page) == (True, False)


def test_without_anything_to_keep_the_way_leads_back_to_the_page(lapsed):
    page = lapsed.post(PATH, {"old_password": PASSWORD}, headers={"Referer": f"http://testserver{PATH}"})
    assert KEPT.search(page.content.decode()) is None
    assert f'name="next" value="http://testserver{PATH}"' in page.content.decode()


def test_after_the_longest_time_the_form_is_kept_too(client, person, time_machine):
    client.force_login(person)
    start = timezone.now()
    for half_hours in range(1, 25):
        time_machine.move_to(start + timedelta(minutes=29 * half_hours), tick=False)
        client.get(PATH)
    time_machine.move_to(start + timedelta(hours=12, seconds=1), tick=False)
    assert client.post(PATH, {"remark": "备注"}).status_code == 401


def test_after_a_day_nobody_knows_whose_session_it_was(lapsed):
    sweep.sweep(timezone.now() + timedelta(days=1, seconds=1))
    assert lapsed.post(PATH, {"remark": "备注"}).status_code == 302


def test_a_closed_account_is_out_at_once(client, person):
    client.force_login(person)
    person.closed_at = timezone.now()
    person.save()
    assert client.get(PATH).status_code == 302


@pytest.mark.parametrize("header", [{"HX-Request": "true"}, {"X-Requested-With": "XMLHttpRequest"}])
def test_a_script_is_told_to_move_the_page(client, header):
    answer = client.get(PATH, headers={**header, "HX-Current-URL": "/members/"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/login/?next=%2Fmembers%2F")


def test_a_script_of_a_lapsed_session_leaves_its_forms_alone(lapsed, person):
    lapsed.get(PATH, headers={"X-Requested-With": "XMLHttpRequest"})
    assert lapsed.post(PATH, {"remark": "备注"}).status_code == 401


def test_a_request_costs_session_account_seats_and_the_inbox_and_writes_nothing(
    client, person, django_assert_num_queries
):
    client.force_login(person)
    client.get(PATH)
    with django_assert_num_queries(4):
        client.get(PATH)


def test_a_strangers_page_costs_no_session(django_assert_num_queries):
    with django_assert_num_queries(1):  # the captcha
        Client().get("/login/")
