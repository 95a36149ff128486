"""A list of the school's own making in a real browser: columns mapped once, cells put right by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from members.models import HeaderName
from members.rules import COLUMNS, NUMBER
from tests.makers import PASSWORD
from tests.members.roster.sheets import person, roster

from .person import PATIENCE, Person
from .worker import worker

pytestmark = pytest.mark.django_db(transaction=True)

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OWN = ("序号", *("本人代码" if each == NUMBER else each for each in COLUMNS))


def upload(somebody: Person, name: str, *people: dict[str, str]) -> None:
    """Send a list whose ID numbers stand under a header of its own."""
    raw = roster(*({**each, "本人代码": each[NUMBER]} for each in people), columns=OWN)
    somebody.page.goto("/imports/new/")
    somebody.page.set_input_files("input[type=file]", {"name": name, "mimeType": EXCEL, "buffer": raw})
    somebody.presses("核对名单")


@pytest.mark.parametrize("width", [1366, pytest.param(360, marks=pytest.mark.prove)])
def test_columns_are_mapped_once_and_cells_put_right_by_keyboard(browser, live_server, cast, country, width):
    with worker():
        secretary = Person(browser, live_server.url, width)
        secretary.signs_in(cast.class1_admin.id_number, PASSWORD)
        secretary.sees("管理员首页")
        page = secretary.page
        upload(secretary, "花名册.xlsx", person("新同学"))
        expect(page.get_by_text("没有认出“身份证号码”列")).to_be_visible(timeout=PATIENCE)
        secretary.sees("花名册.xlsx")
        page.get_by_label("“本人代码”对应的列").select_option(NUMBER)
        secretary.presses("继续核对")
        expect(page.get_by_role("button", name="导入 1 人")).to_be_visible(timeout=PATIENCE)
        assert HeaderName.objects.get(organization=country.class1).header == "本人代码"

        wrong = [person("错手机", 手机号码="1"), person("错民族", 民族="火星族"), person("好同学")]
        upload(secretary, "下一份.xlsx", *wrong)
        expect(page.get_by_text("按本组织上次的对应读取")).to_be_visible(timeout=PATIENCE)
        secretary.sees("下一份.xlsx")
        page.get_by_label("第 2 行的手机号码").fill("13912345678")
        page.keyboard.press("Enter")
        expect(page.get_by_label("第 3 行的民族")).to_be_focused(timeout=PATIENCE)
        page.keyboard.type("回族")
        page.keyboard.press("Enter")
        expect(page.get_by_text("已改正，现在是“新增”。")).to_have_count(2, timeout=PATIENCE)
        expect(page.get_by_role("button", name="导入 3 人")).to_be_visible()
        assert page.url.endswith("/")
        secretary.sees("下一份.xlsx")

        page.get_by_role("link", name="更改或忘记").click()
        secretary.sees("记住的表头")
        page.get_by_role("button", name="忘记“本人代码”").click()
        expect(page.get_by_text("没有记住的表头")).to_be_visible()
