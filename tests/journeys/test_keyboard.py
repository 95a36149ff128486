"""The product without a mouse: Tab, Enter, Space, arrows and Escape alone, the focus always to be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from orgs import administrators
from orgs.scope import scope_of
from tests import makers
from tests.helpers import captcha_answer
from tests.makers import PASSWORD

from .keys import HAS_FOCUS, Keys
from .seated import let_in

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = (
    "/desk/",
    "/members/",
    "/members/add/",
    "/imports/new/",
    "/desk/subordinates/",
    "/desk/inbox/",
    "/figures/",
    "/transfers/",
    "/settings/password/",
)


@pytest.fixture
def keys(page) -> Keys:
    return Keys(page)


@pytest.fixture
def at_the_desk(page, live_server, cast):
    """The college's administrator, signed in."""
    let_in(page.context, cast.college_admin, live_server.url)
    return lambda path: page.goto(live_server.url + path)


def test_the_door_opens_without_a_mouse(page, live_server, keys, cast, complaints):
    page.goto(f"{live_server.url}/login/")
    keys.tab()
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("main")).to_be_focused()
    keys.tab_to(page.locator("#id_number"))
    keys.press("Enter")  # nothing filled in: the summary has the focus and leads to the field
    expect(page.locator("[data-errors]")).to_be_focused()
    keys.tab()
    keys.press("Enter")
    expect(page.locator("#id_number")).to_be_focused()
    page.keyboard.type(cast.college_admin.id_number)
    keys.tab_to(page.locator("#id_password"))
    page.keyboard.type(PASSWORD)
    keys.tab_to(page.locator("#id_captcha_1"))
    page.keyboard.type(captcha_answer(page.input_value("[name=captcha_0]")))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("管理员首页")
    assert (keys.unseen, complaints) == ([], [])


@pytest.mark.prove
@pytest.mark.parametrize("width", [1366, 360])
def test_every_stop_of_the_commonest_pages_shows_its_focus(page, keys, at_the_desk, country, width):
    makers.make_member(country.class1, "毕业甲")
    page.set_viewport_size({"width": width, "height": 768})
    for path in PAGES:
        at_the_desk(path)
        assert keys.tab_to_the_end() > 5, path
    assert keys.unseen == []


@pytest.mark.prove
def test_rows_are_chosen_and_pop_ups_closed_without_a_mouse(page, keys, at_the_desk, cast, complaints):
    at_the_desk("/members/")
    keys.tab_to(page.get_by_label("选择本页全部"))
    expect(page.locator("[data-bulk-bar]")).to_be_hidden()
    keys.press("Space")
    expect(page.locator("[data-bulk-bar]")).to_be_visible()
    keys.tab()
    keys.tab_to(page.get_by_label(f"选择{cast.classmate.account.name}"))
    keys.press("Space")
    chosen = page.locator("tbody input:checked").count()
    expect(page.locator("[data-bulk-count]")).to_have_text(f"已选 {chosen} 人")
    keys.tab_to(page.locator("[data-bulk-bar] button").first)

    at_the_desk("/members/")
    name = page.locator(".bar-name summary")
    keys.tab_to(name)
    keys.press("Enter")
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    keys.tab()
    expect(page.locator(".bar-name .pop a").first).to_be_focused()
    keys.press("Escape")
    expect(page.get_by_role("button", name="退出登录")).to_be_hidden()
    expect(name).to_be_focused()
    assert (keys.unseen, complaints) == ([], [])


@pytest.mark.prove
def test_the_drawer_of_a_phone_opens_and_closes_without_a_mouse(page, keys, at_the_desk, complaints):
    page.set_viewport_size({"width": 360, "height": 740})
    at_the_desk("/desk/")
    drawer = page.locator(".drawer > summary")
    keys.tab_to(drawer)
    keys.press("Space")
    expect(page.locator(".drawer-in")).to_be_visible()
    keys.press("Escape")
    expect(page.locator(".drawer-in")).to_be_hidden()
    expect(drawer).to_be_focused()
    keys.press("Enter")
    keys.tab_to(page.locator(".drawer-in summary", has_text="团员管理"))
    keys.press("Enter")
    keys.tab_to(page.locator(".drawer-in").get_by_role("link", name="团员列表"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("团员列表")
    assert (keys.unseen, complaints) == ([], [])


@pytest.mark.prove
def test_a_target_is_picked_and_a_case_begun_without_a_mouse(page, keys, at_the_desk, cast, complaints):
    at_the_desk(f"/transfers/out/{cast.classmate.pk}/")
    keys.tab_to(page.locator("#picker_q"))
    page.keyboard.type("装配车间")
    expect(page.locator("[data-picker-row]")).to_have_count(1)
    keys.press("ArrowDown")
    assert page.locator("[data-picker-row]").evaluate(HAS_FOCUS)
    keys.press("Enter")
    reason = page.get_by_label("转接原因")
    expect(reason).to_be_visible()
    keys.tab_to(page.get_by_role("button", name="发起转接"))
    keys.press("Enter")  # without a reason
    summary = page.locator("[data-errors]")
    expect(summary).to_be_focused()
    keys.tab()
    keys.press("Enter")
    expect(reason).to_be_focused()
    keys.press("End")  # 其他
    expect(reason).to_have_value("其他")
    keys.tab_to(page.get_by_role("button", name="发起转接"))
    keys.press("Enter")
    expect(page.get_by_text("已发起").first).to_be_visible()
    assert keys.unseen == []


@pytest.mark.prove
def test_the_inbox_is_worked_through_without_a_mouse(page, keys, at_the_desk, country, complaints):
    for at in "甲乙":
        branch = makers.make_org(country.college, f"2026级{at}班团支部")
        head = makers.make_admin(branch, f"班长{at}")
        deputy = makers.make_post(makers.make_member(branch, f"委员{at}").account, branch, "组织委员")
        administrators.change(branch, successor=deputy.account, actor=scope_of(head))
    at_the_desk("/desk/inbox/")
    keys.press("j", "k", "a")
    expect(page.locator("[data-inbox-approve]")).to_be_focused()
    keys.press("Enter")
    expect(page.locator(".messages")).to_contain_text("2026级甲班团支部的管理员变更：已同意")
    keys.press("r")
    page.keyboard.type("请先开会")
    keys.tab()
    keys.press("Enter")
    expect(page.locator(".messages")).to_contain_text("2026级乙班团支部的管理员变更：已退回")
    assert (keys.unseen, complaints) == ([], [])
