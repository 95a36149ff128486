"""共青团员注册 in a real browser: applied for, returned, corrected, approved, and the first sign-in."""

import pytest
from playwright.sync_api import expect

from accounts import idcard
from members.models import Application, Member
from tests import makers

from .person import Person

pytestmark = pytest.mark.django_db(transaction=True)
NAME, PASSWORD = "古丽娜·阿不都", "Hong-qi9-Piao"


@pytest.fixture(params=[360, pytest.param(1366, marks=pytest.mark.prove)])
def width(request) -> int:
    return request.param


@pytest.fixture
def applicant(browser, live_server, width) -> Person:
    return Person(browser, live_server.url, width)


@pytest.fixture
def administrator(browser, live_server, cast, width) -> Person:
    """The branch's administrator, signed in."""
    someone = Person(browser, live_server.url, width)
    someone.signs_in(cast.class1_admin.id_number, makers.PASSWORD)
    return someone


def fills_in(page, number: str) -> None:
    page.fill("#id_name", NAME)
    page.fill("#id_number", number)
    page.fill("#id_phone", "163 0000 0055")
    page.select_option("#id_ethnicity", "维吾尔族")
    page.get_by_label("共青团员", exact=True).check()
    page.select_option("#id_education", "本科（在读）")
    page.select_option("[name=joined_year]", "2021")
    page.select_option("[name=joined_month]", "5")
    page.fill("#id_league_number", "202165000077")


def applies(applicant: Person, number: str) -> str:
    """By keyboard from the picker to the 受理号."""
    page = applicant.page
    page.goto("/register/")
    applicant.sees("注册")
    page.get_by_role("link", name="共青团员注册").click()
    applicant.sees("共青团员注册")
    page.locator("#picker_q").press_sequentially("2023级1班")
    expect(page.locator("[data-picker-row]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="个人资料")).to_be_visible()
    applicant.sees("共青团员注册")
    applicant.presses("提交申请")
    expect(page.get_by_text("请填写姓名").first).to_be_visible()
    applicant.complaints.clear()  # the answer 422
    fills_in(page, number)
    page.check("#id_consent")
    applicant.answers_the_captcha()
    applicant.presses("提交申请")
    expect(page.get_by_text("申请已提交")).to_be_visible()
    applicant.sees("共青团员注册")
    return page.locator(".code-big").inner_text()


def looks(applicant: Person, number: str, receipt: str) -> None:
    page = applicant.page
    page.goto("/register/state/")
    applicant.sees("查看注册申请")
    page.fill("#id_number", number)
    page.fill("#id_receipt", receipt.lower())
    applicant.answers_the_captcha()
    applicant.presses("查看")
    applicant.sees("共青团员注册申请")


def opens(administrator: Person) -> None:
    """From the inbox to the application."""
    page = administrator.page
    page.goto("/desk/inbox/?item=applications")
    administrator.sees("操作中心")
    page.get_by_role("link", name="查看注册申请").click()
    administrator.sees("注册申请")
    page.get_by_role("link", name=NAME).click()
    administrator.sees(f"{NAME}的共青团员注册申请")


def test_from_the_picker_to_the_first_sign_in(applicant, administrator, country):
    number = makers.number_of()
    receipt = applies(applicant, number)
    looks(applicant, number, receipt)
    expect(applicant.page.get_by_text("正在等待审批")).to_be_visible()

    opens(administrator)
    page = administrator.page
    page.select_option("#id_reason", "facts")
    page.fill("#id_remark", "入团年月应为2022-05，编号也请改。")
    administrator.presses("退回")
    expect(page.get_by_text("已退回。申请人凭")).to_be_visible()
    administrator.sees(f"{NAME}的共青团员注册申请")

    looks(applicant, number, receipt)
    expect(applicant.page.get_by_text("入团年月应为2022-05")).to_be_visible()
    applicant.presses("更正后重新提交")
    applicant.sees("更正注册申请")
    page = applicant.page
    assert (page.input_value("#id_name"), page.input_value("#id_number")) == (NAME, "")
    page.select_option("[name=joined_year]", "2022")
    page.fill("#id_league_number", "202265000077")
    applicant.presses("重新提交")
    expect(page.get_by_text("申请已重新提交，受理号不变")).to_be_visible()

    opens(administrator)
    expect(administrator.page.get_by_text("上次退回")).to_be_visible()
    administrator.presses("同意")
    expect(administrator.page.get_by_text("初始密码是身份证号码后八位")).to_be_visible()
    assert Member.objects.get(account__name=NAME).branch == country.class1

    looks(applicant, number, receipt)
    applicant.page.get_by_role("link", name="去登录").click()
    applicant.signs_in(number, idcard.initial_password(number))
    page = applicant.page
    page.fill("#id_name", NAME)
    page.fill("#id_new_password", PASSWORD)
    page.fill("#id_repeat_password", PASSWORD)
    page.locator("form button.btn-primary").click()
    applicant.sees(NAME)
    assert Application.objects.get().state == "approved"
