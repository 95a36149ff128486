"""The main job in a real browser: a code for a class, its administrator registers and imports the roster, a member signs in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Account
from members.models import Member, Membership
from orgs.models import Organization, Post
from zhtj.demo.planting import PASSWORD, plant, planted

from .person import PATIENCE, Person
from .worker import worker

pytestmark = pytest.mark.django_db(transaction=True)

ROSTER = Path(__file__).parents[1] / "rosters" / "class_30.xls"
CLASS = "新疆生产建设兵团石河子大学石河子大学医学院2023级1班团支部"
SECRETARY = "370399200703258322"  # 华桂珍, the first row of the roster
MEMBER = "650199200608137764"  # 王帆, the second
OWN = "Xin-mi6-ma"


@pytest.fixture
def arrive(browser, live_server, db):
    """Let somebody open a browser before the demo country."""
    plant(today=timezone.localdate())
    return lambda width: Person(browser, live_server.url, width)


@pytest.mark.parametrize("width", [1366, pytest.param(360, marks=pytest.mark.prove)])
def test_from_the_code_to_the_members_own_page(arrive, width):
    code = issue_code(arrive(width))
    secretary = arrive(width)
    register(secretary, code)
    with worker():
        import_roster(secretary)
    enter_for_the_first_time(arrive(width))
    branch = Organization.objects.get(full_name=CLASS)
    assert Member.objects.filter(branch=branch).count() == 30
    assert (
        sorted(Membership.objects.filter(branch=branch).values_list("begun_by", flat=True))
        == ["code"] + ["import"] * 29
    )
    assert sorted(Post.objects.filter(organization=branch).values_list("title", flat=True)) == sorted(
        ["书记", "组织委员", "宣传委员"]
    )
    assert Account.objects.get_by_natural_key(MEMBER).sign_in_state == "set"


def issue_code(admin: Person) -> str:
    """The college's administrator gives 2023级1班 its code."""
    row = planted()
    assert row
    account = Account.objects.get(pk=dict(row.detail["roles"])["学院管理员"])
    admin.signs_in(account.id_number, PASSWORD)
    admin.sees("管理员首页")
    admin.page.goto("/desk/subordinates/?q=2023级1班")
    admin.sees("下级组织管理")
    admin.page.locator("tbody tr", has_text="2023级1班团支部").get_by_role("link", name="注册码").click()
    admin.sees("管理员注册码")
    admin.presses("分配注册码")
    admin.sees("管理员注册码")
    return admin.page.locator(".code-big").inner_text().replace(" ", "")


def register(secretary: Person, code: str) -> None:
    """华桂珍 registers as 书记, found by the picker, with the data of her own row."""
    page = secretary.page
    page.goto("/register/")
    secretary.sees("注册")
    page.goto("/register/admin/")
    page.locator("#picker_q").press_sequentially("医学院2023级1班")
    expect(page.locator("[data-picker-row]")).to_have_count(1)
    secretary.sees("管理员注册")
    page.locator("#picker_q").press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#id_title").select_option("书记")
    secretary.sees("管理员注册")
    secretary.presses("下一步：填写注册码")
    page.get_by_label("管理员注册码").fill(code)
    secretary.sees("管理员注册")
    secretary.presses("下一步")
    fill_in(page)
    secretary.sees("管理员注册")
    secretary.presses("完成注册")
    secretary.sees("管理员首页")


def fill_in(page: Page) -> None:
    """The first row of the roster."""
    page.get_by_label("姓名").fill("华桂珍")
    page.locator("#id_number").fill(SECRETARY)
    page.get_by_label("手机号码").fill("18316042182")
    page.locator("#id_ethnicity").select_option("汉族")
    page.get_by_label("共青团员").check()
    page.locator("#id_education").select_option("本科（在读）")
    page.locator("[name=joined_year]").select_option("2022")
    page.locator("[name=joined_month]").select_option("5")
    page.locator("#id_member_number").fill("202265000001")
    page.locator("[name=since_year]").select_option("2023")
    page.locator("[name=since_month]").select_option("9")
    page.get_by_label("兼职").check()
    page.get_by_label("否", exact=True).check()
    page.locator("#id_new_password").fill(OWN)
    page.locator("#id_repeat_password").fill(OWN)


def import_roster(secretary: Person) -> None:
    """29 new, her own row unchanged."""
    page = secretary.page
    page.goto("/imports/")
    secretary.sees("导入名单")
    page.get_by_role("link", name="导入名单", exact=True).last.click()
    page.set_input_files("input[type=file]", ROSTER)
    secretary.sees("导入名单")
    secretary.presses("核对名单")
    button = page.get_by_role("button", name="导入 29 人")
    expect(button).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("link", name="不变 1")).to_be_visible()
    secretary.sees("class_30.xls")
    button.click()
    page.get_by_role("link", name="查看团员列表").click(timeout=PATIENCE)
    secretary.sees("团员列表")
    expect(page.get_by_text("共 30 人")).to_be_visible()


def enter_for_the_first_time(member: Person) -> None:
    """王帆 signs in with the last eight characters, confirms the name and sets a password."""
    page = member.page
    member.signs_in(MEMBER, MEMBER[-8:])
    member.sees("首次登录")
    page.get_by_label("姓名").fill("王帆")
    page.locator("#id_new_password").fill(OWN)
    page.locator("#id_repeat_password").fill(OWN)
    member.presses("设置密码并登录")
    member.sees("王帆")
    expect(page.get_by_text(CLASS).first).to_be_visible()
    expect(page.get_by_text("管理中心")).to_have_count(0)
