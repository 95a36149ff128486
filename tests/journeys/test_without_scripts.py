"""The main job in a browser without JavaScript: the first sign-in, a roster with its plan, a list, a transfer, the inbox."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Account
from members.models import Member
from orgs.models import Organization
from tests.helpers import captcha_answer
from zhtj.demo.planting import PASSWORD, plant, planted

from .person import PATIENCE
from .test_main_job import CLASS, MEMBER, OWN, ROSTER
from .worker import worker

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
NEIGHBOUR = CLASS.replace("2023级1班", "2023级2班")


@pytest.fixture
def arrive(browser, live_server, db):
    """Let somebody open a browser without scripts before the demo country."""
    plant(today=timezone.localdate())

    def open_browser() -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="zh-CN", java_script_enabled=False, viewport=SIZE
        )
        return context.new_page()

    return open_browser


SIZE = {"width": 1366, "height": 768}


def sees(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading, timeout=PATIENCE)


def presses(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def signs_in(page: Page, number: str, password: str) -> None:
    """Another captcha by its link, which loads the page again; then the form."""
    page.goto("/login/")
    before = page.locator("[name=captcha_0]").get_attribute("value")
    page.get_by_role("link", name="换一张").click()
    expect(page.locator("[name=captcha_0]")).not_to_have_attribute("value", before)
    page.fill("#id_number", number)
    page.fill("#id_password", password)
    page.fill("#id_captcha_1", captcha_answer(page.locator("[name=captcha_0]").get_attribute("value")))
    presses(page, "登录")


def test_the_main_job_needs_no_script(arrive):
    row = planted()
    assert row
    account = Account.objects.get(pk=dict(row.detail["roles"])["学院管理员"])
    branch = Organization.objects.get(full_name=CLASS)
    college = arrive()
    signs_in(college, account.id_number, PASSWORD)
    sees(college, "管理员首页")
    with worker():
        imports_the_roster(college, branch)
    narrows_the_list(college, branch)
    member = arrive()
    enters_for_the_first_time(member)
    asks_for_a_transfer(member)
    decides_in_the_inbox(college)
    assert Member.objects.get(account__name="王帆", branch__full_name=NEIGHBOUR).held == ""


def imports_the_roster(page: Page, branch: Organization) -> None:
    """The plan and the progress come by themselves: the page loads again until they are there."""
    page.goto(f"/imports/new/?org={branch.pk}")
    page.set_input_files("input[type=file]", ROSTER)
    presses(page, "核对名单")
    button = page.get_by_role("button", name="导入 30 人")
    expect(button).to_be_visible(timeout=PATIENCE)
    button.click()
    expect(page.get_by_role("link", name="查看团员列表")).to_be_visible(timeout=PATIENCE)
    assert Member.objects.filter(branch=branch).count() == 30


def narrows_the_list(page: Page, branch: Organization) -> None:
    """Filter, all columns, several chosen for one act."""
    page.goto(f"/members/?branch={branch.pk}")
    sees(page, "团员列表")
    expect(page.get_by_text("共 30 人")).to_be_visible()
    page.get_by_label("姓名或拼音首字母").fill("王帆")
    presses(page, "查询")
    expect(page.get_by_text("共 1 人")).to_be_visible()
    page.get_by_label("选择王帆").check()
    presses(page, "生成重置密码验证码")
    sees(page, "批量重置密码")


def enters_for_the_first_time(page: Page) -> None:
    signs_in(page, MEMBER, MEMBER[-8:])
    sees(page, "首次登录")
    page.get_by_label("姓名").fill("王帆")
    page.locator("#id_new_password").fill(OWN)
    page.locator("#id_repeat_password").fill(OWN)
    presses(page, "设置密码并登录")
    sees(page, "王帆")


def asks_for_a_transfer(page: Page) -> None:
    """The target by the links of the picker."""
    page.goto("/me/transfer/new/")
    page.fill("#picker_q", "2023级2班")
    presses(page, "查找")
    page.get_by_role("link", name=f"选择{NEIGHBOUR}").click()
    page.get_by_label("转接原因").select_option("其他")
    presses(page, "发起转接")
    expect(page.get_by_text("已发起").first).to_be_visible()


def decides_in_the_inbox(page: Page) -> None:
    """From the item to the case, and there the one act that both sides' superior has."""
    page.goto("/desk/inbox/")
    sees(page, "操作中心")
    page.locator("[data-inbox-item]", has_text="王帆").click()
    page.locator("[data-inbox-detail] a.btn-primary").click()
    sees(page, "王帆的组织关系转接")
    presses(page, "同意并立即转入")
    expect(page.get_by_text("转接已完成")).to_be_visible()
