"""组织关系转接 in a real browser: from high school to the class, a graduating class in one act, a case sent back and put right."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.models import Account
from members.models import Member
from orgs.enums import Category
from tests import makers
from transfers.models import Transfer

from .person import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[360, pytest.param(1366, marks=pytest.mark.prove)])
def width(request) -> int:
    return request.param


@pytest.fixture
def at_a_browser(browser, live_server, width):
    """`at_a_browser(account)`: somebody signed in already, the door is another journey's."""

    def sit_down(account: Account) -> Person:
        client = Client()
        client.force_login(account)
        someone = Person(browser, live_server.url, width)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
        someone.page.context.add_cookies([cookie])
        return someone

    return sit_down


def asks(student: Person, words: str, **facts: str) -> None:
    """办理转入 from the own page: the target by the picker, then the reason."""
    page = student.page
    page.goto("/me/transfer/")
    student.sees("关系转接")
    page.get_by_role("link", name="办理转入").first.click()
    student.sees("办理转入")
    page.locator("#picker_q").press_sequentially(words)
    expect(page.locator("[data-picker-row]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    gives_the_reason(student, **facts)


def gives_the_reason(student: Person, reason: str = "", **facts: str) -> None:
    page = student.page
    expect(page.get_by_label("转接原因")).to_be_visible()
    student.sees("办理转入")
    if reason:
        page.select_option("#id_reason", reason)
    for label, text in facts.items():
        page.get_by_label(label).fill(text)
    student.presses("发起转接")


def opens(someone: Person, name: str) -> None:
    """From the list of cases that wait here to the case."""
    someone.page.goto("/transfers/")
    someone.sees("组织关系转接")
    someone.page.get_by_role("link", name=name).click()
    someone.sees(f"{name}的组织关系转接")


def agrees(someone: Person, name: str, words: str, answer: str) -> None:
    opens(someone, name)
    someone.presses(words)
    expect(someone.page.get_by_text(answer)).to_be_visible()
    someone.sees(f"{name}的组织关系转接")


def test_from_high_school_to_the_freshmen_and_on_to_the_class(at_a_browser, country, cast):
    school = makers.make_org(country.zibo, "淄博第一中学团委", Category.COMMITTEE)
    leaving = makers.make_org(school, "高三1班团支部")
    head = makers.make_admin(leaving, "高班长")
    person = makers.make_member(leaving, "孔新生").account
    student, secretary, college = (at_a_browser(each) for each in (person, head, cast.college_admin))

    study = {"毕业去向": "升学", "学校名称": "石河子大学医学院", "学校地址": "石河子市北二路"}
    asks(student, "2019级新生临时", reason="升学", **study)
    expect(student.page.get_by_text("已发起：待转出审批")).to_be_visible()
    student.sees("您的组织关系转接")
    expect(student.page.get_by_text("您不用做什么：等“高三1班团支部”同意转出")).to_be_visible()

    agrees(secretary, "孔新生", "同意转出", "已同意转出，接下来等转入方同意。")
    agrees(college, "孔新生", "同意转入", "转接已完成")
    assert Member.objects.get(account=person).branch == country.freshmen

    page = college.page
    page.goto(f"/members/?branch={country.freshmen.pk}")
    college.sees("团员列表")
    page.get_by_label("选择孔新生").check()
    page.get_by_role("button", name="分配到团支部").click()
    college.sees("分配到团支部")
    page.select_option("#id_branch", label="2023级1班团支部")
    college.presses("下一步：核对 1 人")
    college.sees("分配到团支部")
    college.presses("分配 1 人")
    expect(page.get_by_text("已把 1 名团员分配到")).to_be_visible()

    student.page.goto("/me/transfer/")
    student.sees("关系转接")
    rows = student.page.get_by_role("table", name="以前的转接").get_by_role("row")
    expect(rows).to_have_count(3)
    assert Member.objects.get(account=person).branch == country.class1


def test_a_graduating_class_of_sixty_in_one_act(at_a_browser, country, cast):
    names = [f"毕业{first}{second}" for first in "甲乙丙丁戊己" for second in "子丑寅卯辰巳午未申酉"]
    people = [makers.make_member(country.class1, name).account for name in names]
    head = at_a_browser(cast.class1_admin)
    page = head.page
    page.goto("/transfers/many/")
    head.sees("批量办理转出")
    page.fill("#id_pasted", "\n".join(f"{each.name}\t{each.id_number}" for each in people))
    head.presses("下一步")
    head.sees("批量办理转出：60 人")
    page.locator("#picker_q").press_sequentially("淄博机械公司团委")
    row = page.locator("[data-picker-row]").filter(has_text="淄博机械公司团委").first
    expect(row).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("转接原因")).to_be_visible()
    head.sees("批量办理转出：60 人")
    page.select_option("#id_reason", "已落实工作单位（工作单位有团组织）")
    page.get_by_label("单位名称").fill("淄博机械公司")
    page.get_by_label("单位地址").fill("淄博市张店区")
    head.presses("下一步：核对")
    head.sees("核对批量转出")
    head.presses("发起 60 人")
    head.sees("一起发起的转接")
    cases = Transfer.objects.filter(target=country.company, state="in")
    assert cases.count() == 60
    assert Member.objects.filter(held="transfer").count() == 60


def test_a_case_sent_back_is_put_right_and_accepted(at_a_browser, country, cast):
    person = cast.member.account
    student, secretary, workshop = (
        at_a_browser(each) for each in (person, cast.class1_admin, cast.workshop_admin)
    )
    asks(student, "装配车间", reason="工作调动")
    expect(student.page.get_by_text("已发起：待转出审批")).to_be_visible()

    opens(secretary, person.name)
    secretary.page.select_option("#return_code", "档案材料不齐")
    secretary.page.get_by_label("说明情况").fill("缺入团志愿书，请补交后再办。")
    secretary.presses("退回")
    expect(secretary.page.get_by_text("已退回，本人和发起方可以看到原因")).to_be_visible()
    secretary.sees(f"{person.name}的组织关系转接")

    page = student.page
    page.goto("/me/transfer/")
    student.sees("关系转接")
    expect(page.get_by_text("转接被退回：原因写在“办理经过”中")).to_be_visible()
    expect(page.get_by_text("档案材料不齐：缺入团志愿书，请补交后再办。")).to_be_visible()
    page.get_by_role("link", name="修改后重新发起").click()
    expect(page.get_by_label("转接原因")).to_have_value("工作调动")
    page.get_by_label("备注").fill("志愿书已交")
    student.presses("发起转接")
    expect(page.get_by_text("已发起：待转出审批")).to_be_visible()

    agrees(secretary, person.name, "同意转出", "已同意转出，接下来等转入方同意。")
    agrees(workshop, person.name, "同意转入", "转接已完成")
    assert Member.objects.get(account=person).branch == country.workshop
    page.goto("/me/transfer/")
    student.sees("关系转接")
