"""Plan → fix → run → undo in a real browser: nobody is left who should not be there, and nobody lost who was touched."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accounts.models import Account
from members.models import BatchState, ImportBatch, Member
from members.roster.check import BRANCH_COLUMN
from tests.makers import PASSWORD
from tests.members.roster.sheets import person, roster
from tests.members.roster.undoing import everything

from .person import PATIENCE, Person
from .worker import worker

pytestmark = pytest.mark.django_db(transaction=True)

FILE = "2023级1班名单.xlsx"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def arrive(browser, live_server, cast):
    """Somebody opens a browser and signs in."""

    def arrive(account: Account, width: int) -> Person:
        somebody = Person(browser, live_server.url, width)
        somebody.signs_in(account.id_number, PASSWORD)
        somebody.sees("管理员首页")
        return somebody

    return arrive


@pytest.mark.parametrize("width", [1366, pytest.param(360, marks=pytest.mark.prove)])
def test_a_class_takes_its_import_back(arrive, cast, country, width):
    people = [person("新同学"), person("错手机", 手机号码="123"), person("后来人")]
    with worker():
        secretary = arrive(cast.class1_admin, width)
        before = everything()
        upload(secretary, roster(*people))
        fix_the_phone(secretary)
        run(secretary, "导入 3 人")
        assert Member.objects.filter(branch=country.class1).count() == 6
        undo(secretary, "撤销 3 人")
        secretary.page.get_by_role("link", name="查看团员列表").click()
        secretary.sees("团员列表")
        expect(secretary.page.get_by_text("新同学")).to_have_count(0)
    assert everything() == before


@pytest.mark.parametrize("width", [1366, pytest.param(360, marks=pytest.mark.prove)])
def test_a_committee_takes_its_import_back_but_for_whom_somebody_touched(arrive, cast, country, width):
    named = [country.class1.full_name, country.class2.full_name, f"{country.class2.full_name[:-5]}团总支部"]
    people = [
        person(name, **{BRANCH_COLUMN: branch})
        for name, branch in zip(("新一班", "新二班", "写错的"), named, strict=True)
    ]
    with worker():
        college = arrive(cast.college_admin, width)
        upload(college, roster(*people, columns=tuple(people[0])))
        take_the_nearest_name(college, country.class2.full_name)
        run(college, "导入 3 人")
        Account.objects.filter(name="新一班").update(wechat="xin-yi-ban")
        undo(college, "撤销 2 人", stays="新一班")
    assert sorted(Account.objects.filter(name__in=("新一班", "新二班", "写错的")).values_list("name")) == [
        ("新一班",)
    ]
    see_who_stayed(college)


def upload(somebody: Person, raw: bytes) -> None:
    """Choose the file; the plan stands, its faults first."""
    page = somebody.page
    page.goto("/imports/new/")
    somebody.sees("导入名单")
    page.set_input_files("input[type=file]", {"name": FILE, "mimeType": EXCEL, "buffer": raw})
    somebody.presses("核对名单")
    expect(page.get_by_role("link", name="错误 1")).to_be_visible(timeout=PATIENCE)
    somebody.sees(FILE)


def fix_the_phone(somebody: Person) -> None:
    """The faulty cell is put right in its row."""
    page = somebody.page
    page.get_by_label("第 3 行的手机号码").fill("13912345678")
    page.get_by_role("button", name="保存第 3 行").click()
    expect(page.get_by_text("已改正，现在是“新增”。")).to_be_visible(timeout=PATIENCE)
    somebody.sees(FILE)


def take_the_nearest_name(somebody: Person, name: str) -> None:
    """The organisation that was meant is one press away."""
    page = somebody.page
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text("的所在团支部已改正")).to_be_visible(timeout=PATIENCE)
    somebody.sees(FILE)


def run(somebody: Person, words: str) -> None:
    """One button says what it will do; then the people are in the list."""
    page = somebody.page
    page.get_by_role("button", name=words, exact=True).click()
    expect(page.get_by_text("已导入 3 人")).to_be_visible(timeout=PATIENCE)
    somebody.sees(FILE)
    page.get_by_role("link", name="查看团员列表").click()
    somebody.sees("团员列表")
    page.goto(f"/imports/{ImportBatch.objects.latest('pk').pk}/")


def undo(somebody: Person, words: str, stays: str = "") -> None:
    """The way back says in numbers what it does and who stays."""
    page = somebody.page
    page.get_by_role("link", name="撤销这次导入").click()
    somebody.sees("撤销导入")
    if stays:
        expect(page.get_by_role("link", name=stays)).to_be_visible()
    somebody.presses(words)
    expect(page.get_by_text("撤销了这次导入")).to_be_visible(timeout=PATIENCE)
    somebody.sees(FILE)
    assert ImportBatch.objects.latest("pk").state == BatchState.UNDONE


def see_who_stayed(somebody: Person) -> None:
    """Those who stayed lead to the person; the history says that the import was undone."""
    page = somebody.page
    expect(page.get_by_text("资料已修改：微信")).to_be_visible()
    page.get_by_role("link", name="新一班").click()
    somebody.sees("新一班")
    page.goto("/imports/")
    somebody.sees("导入名单")
    expect(page.get_by_text("撤销 2 人，保留 1")).to_be_visible()
