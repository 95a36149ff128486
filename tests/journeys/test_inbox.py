"""操作中心 by keyboard in a real browser: next item, approve, refuse with a reason, several together."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from orgs import administrators, scope
from orgs.enums import PetitionState
from tests import makers

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def asked(cast, country):
    """Three classes ask for another administrator."""
    found = []
    for at in "甲乙丙":
        branch = makers.make_org(country.college, f"2026级{at}班团支部")
        head = makers.make_admin(branch, f"班长{at}")
        deputy = makers.make_post(makers.make_member(branch, f"委员{at}").account, branch, "组织委员")
        found.append(administrators.change(branch, successor=deputy.account, actor=scope.scope_of(head)))
    return found


@pytest.fixture
def inbox(page, live_server, cast, asked):
    """The college's administrator in the inbox."""
    client = Client()
    client.force_login(cast.college_admin)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    page.goto(f"{live_server.url}/desk/inbox/")
    return page


def states(found):
    for each in found:
        each.refresh_from_db()
    return [each.state for each in found]


def test_j_k_a_and_r_go_where_they_say(inbox, asked, complaints):
    detail = inbox.locator("[data-inbox-detail]")
    expect(detail).to_contain_text("2026级甲班团支部")
    inbox.keyboard.press("j")
    expect(detail).to_contain_text("2026级乙班团支部")
    inbox.keyboard.press("k")
    expect(detail).to_contain_text("委员甲")
    inbox.keyboard.press("r")
    expect(detail.locator("textarea")).to_be_focused()
    inbox.keyboard.type("j")  # a letter of the reason, not the next item
    expect(detail).to_contain_text("委员甲")
    assert complaints == []


def test_one_is_approved_and_the_next_returned_without_the_mouse(inbox, asked):
    inbox.keyboard.press("a")
    inbox.keyboard.press("Enter")
    expect(inbox.locator(".messages")).to_contain_text("2026级甲班团支部的管理员变更：已同意")
    inbox.keyboard.press("r")
    inbox.keyboard.type("请先开会")
    inbox.keyboard.press("Tab")
    inbox.keyboard.press("Enter")
    expect(inbox.locator(".messages")).to_contain_text("2026级乙班团支部的管理员变更：已退回")
    assert states(asked) == [PetitionState.APPROVED, PetitionState.RETURNED, PetitionState.PENDING]


def test_several_are_returned_together(inbox, asked):
    bar = inbox.locator("[data-bulk-bar]")
    expect(bar).to_be_hidden()
    for title in ("甲", "丙"):
        inbox.get_by_role("checkbox", name=f"2026级{title}班团支部").check()
    expect(bar).to_contain_text("已选 2 条")
    bar.get_by_role("textbox").fill("请先开会")
    bar.get_by_role("button", name="退回所选").click()
    expect(inbox.locator("main")).to_contain_text("退回 2 件")
    assert states(asked) == [PetitionState.RETURNED, PetitionState.PENDING, PetitionState.RETURNED]


def test_the_page_is_accessible(inbox):
    found = Axe().run(inbox, options=RULES).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
