"""At the door in a real browser: another captcha, the same in words, live rules, first sign-in, and going on."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from tests.helpers import captcha_answer
from tests.makers import PASSWORD, make_account

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "Xin-mi6-ma"


@pytest.fixture
def door(page, live_server):
    page.goto(f"{live_server.url}/login/")
    return page


def sign_in(page, number, password):
    page.fill("#id_number", number)
    page.fill("#id_password", password)
    page.fill("#id_captcha_1", captcha_answer(page.input_value("[name=captcha_0]")))
    page.get_by_role("button", name="登录").click()


def test_another_captcha_and_its_words_come_without_a_reload(door, complaints):
    before = door.input_value("[name=captcha_0]")
    door.fill("#id_number", "6590")
    door.get_by_role("link", name="换一张").click()
    expect(door.locator("[name=captcha_0]")).not_to_have_value(before)
    door.get_by_role("link", name="文字题").click()
    expect(door.locator("[data-captcha-question]")).to_contain_text("等于多少？")
    assert door.input_value("#id_number") == "6590"
    assert complaints == []


def test_a_newcomer_sets_a_password_and_the_list_ticks_itself_off(door, complaints):
    account = make_account("欧阳小明", password=None)
    sign_in(door, account.id_number, account.id_number[-8:])
    door.get_by_label("姓名").fill("欧阳小明")
    field = door.locator("#id_new_password")
    field.press_sequentially("Tuan-659099")
    expect(door.locator("[data-rule=length]")).to_have_class("is-ok")
    field.press("Tab")
    expect(door.locator("[data-rule=number]")).to_have_class("is-bad")
    field.fill(NEW)
    field.press("Tab")
    expect(door.locator("[data-rule=number]")).to_have_class("is-ok")
    door.locator("#id_repeat_password").fill(NEW)
    door.get_by_role("button", name="设置密码并登录").click()
    expect(door.get_by_role("heading", name="首次登录")).to_have_count(0)
    account.refresh_from_db()
    assert (account.sign_in_state, complaints) == ("set", [])


def test_after_the_session_has_ended_the_page_goes_on(door, live_server):
    account = make_account()
    sign_in(door, account.id_number, PASSWORD)
    door.goto(f"{live_server.url}/settings/password/")
    Session.objects.update(expire_date=timezone.now())
    door.locator("#id_old_password").fill(PASSWORD)
    door.get_by_role("button", name="修改密码").click()
    expect(door.get_by_text("您的登录已超时，请重新登录。")).to_be_visible()
    sign_in(door, account.id_number, PASSWORD)
    expect(door.get_by_role("heading", name="修改密码")).to_be_visible()
