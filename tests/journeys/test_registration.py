"""管理员注册 in a real browser: the picker by keyboard, live previews, and the way to 管理员首页."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from orgs import scope
from regcodes import codes
from tests import makers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def code(cast, country):
    """A code for 2019级新生临时团支部."""
    return codes.issue(country.freshmen, actor=scope.scope_of(cast.college_admin)).code


@pytest.fixture
def as_admin(page, live_server, client, cast):
    """The page of the college's administrator, signed in."""
    client.force_login(cast.college_admin)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def fill_in(page, number):
    page.get_by_label("姓名").fill("新管理")
    page.locator("#id_number").fill(number)
    page.get_by_label("手机号码").fill("138 0000 0009")
    page.locator("#id_ethnicity").select_option("汉族")
    page.get_by_label("共青团员").check()
    page.locator("#id_education").select_option("本科（在读）")
    page.locator("[name=joined_year]").select_option("2020")
    page.locator("[name=joined_month]").select_option("5")
    page.locator("#id_member_number").fill("202065000001")
    page.locator("[name=since_year]").select_option("2024")
    page.locator("[name=since_month]").select_option("9")
    page.get_by_label("兼职").check()
    page.get_by_label("否", exact=True).check()
    page.locator("#id_new_password").fill(makers.PASSWORD)
    page.locator("#id_repeat_password").fill(makers.PASSWORD)


def test_by_keyboard_from_the_picker_to_the_home_page(page, live_server, country, code, complaints):
    page.goto(f"{live_server.url}/register/admin/")
    page.locator("#picker_q").press_sequentially("2019级新生")
    expect(page.locator("[data-picker-row]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#id_title").select_option("书记")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("管理员注册码").fill(f"{code[:4]} {code[4:]}")
    page.get_by_role("button", name="下一步").click()
    number = makers.number_of()
    fill_in(page, number)
    page.get_by_role("button", name="完成注册").click()
    expect(page.get_by_role("heading", name="管理员首页")).to_be_visible()
    assert (country.freshmen.seats.get().post.account.name, complaints) == ("新管理", [])


def test_the_picker_opens_levels_in_place_and_goes_up_again(page, live_server, country, complaints):
    page.goto(f"{live_server.url}/register/admin/")
    rows = page.locator("[data-picker-row]")
    expect(rows).to_have_count(2)
    page.locator("#picker_q").press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(rows.first).to_contain_text("石河子大学团委")
    expect(rows.first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(rows).to_have_count(2)
    assert (page.url, complaints) == (f"{live_server.url}/register/admin/", [])


def test_the_full_name_is_shown_while_the_short_name_is_typed(as_admin, live_server, country, complaints):
    as_admin.goto(f"{live_server.url}/orgs/create/one/")
    as_admin.get_by_label("团支部").check()
    as_admin.locator("#id_short_name").press_sequentially("2026级1班团支部")
    expected = "新疆生产建设兵团石河子大学石河子大学医学院2026级1班团支部"
    expect(as_admin.locator("#preview")).to_contain_text(expected)
    assert complaints == []


def test_the_code_is_copied(as_admin, live_server, country, code, complaints):
    as_admin.context.grant_permissions(["clipboard-read", "clipboard-write"])
    as_admin.goto(f"{live_server.url}/codes/{country.freshmen.pk}/")
    as_admin.get_by_role("button", name="复制注册码").click()
    expect(as_admin.get_by_role("status")).to_have_text("已复制")
    assert (as_admin.evaluate("navigator.clipboard.readText()"), complaints) == (code, [])
