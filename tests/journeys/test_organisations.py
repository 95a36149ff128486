"""A country built in a real browser: from an empty system to universities, a move, a deletion, and nobody lost."""

from __future__ import annotations

import io
import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from members.models import Act, Member, Membership
from orgs.enums import Category
from orgs.models import Organization
from tests import makers
from zhtj.audit.seal import seal_all

from .person import Person

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "Xin-mi6-ma"
SUBORDINATES = (
    ("组织简称", "组织类别", "上级组织简称"),
    ("石河子大学团委", "团委", ""),
    ("塔里木大学团委", "团委", ""),
    ("石河子大学医学院团委", "团委", "石河子大学团委"),
    ("2023级1班团支部", "团支部", "石河子大学医学院团委"),
    ("2023级2班团支部", "团支部", "石河子大学医学院团委"),
)
CORPS = "新疆生产建设兵团"
SHIHEZI, TARIM = f"{CORPS}石河子大学团委", f"{CORPS}塔里木大学团委"
COLLEGE = f"{CORPS}石河子大学石河子大学医学院团委"
PENDING = f"{CORPS}塔里木大学石河子大学医学院待接转团支部"


@pytest.mark.parametrize("width", [1366, pytest.param(360, marks=pytest.mark.prove)])
def test_a_country_is_built_changed_and_kept_whole(browser, live_server, db, width):
    def arrive() -> Person:
        return Person(browser, live_server.url, width)

    centre, corps, shihezi, tarim, college = (arrive() for _ in range(5))
    begin(centre)
    register(corps, "兵团省", f"共青团{CORPS}委员会", province_singly(centre))
    universities_by_batch(corps)
    codes = codes_in_bulk(corps)
    register(shihezi, "石大校", SHIHEZI, codes[SHIHEZI])
    register(tarim, "塔大校", TARIM, codes[TARIM])
    complete(shihezi)
    change_with_approval(shihezi, corps)
    register(college, "医学院", COLLEGE, one_code(shihezi, "石河子大学医学院团委"))
    classes()
    relocate(college, shihezi, tarim)
    delete_a_class(college)
    assign_elsewhere(college)
    everything_fits()


def begin(centre: Person) -> None:
    """The topmost organisation from the shell; its administrator comes in with the code printed there."""
    said, number = StringIO(), makers.number_of(date(1980, 5, 20))
    call_command(
        "bootstrap",
        root="团中央",
        category="团的领导机关",
        admin_name="中央首任",
        admin_id=number,
        stdout=said,
    )
    code = re.search("重置密码验证码：(.{8})", said.getvalue())
    assert code
    page = centre.page
    page.goto("/login/")
    page.get_by_role("link", name="忘记密码").click()
    centre.sees("忘记密码")
    page.fill("#id_number", number)
    page.fill("#id_code", code.group(1).lower())
    set_password(page)
    centre.answers_the_captcha()
    centre.presses("设置新密码并登录")
    centre.sees("管理员首页")


def set_password(page: Page) -> None:
    page.fill("#id_new_password", PASSWORD)
    page.fill("#id_repeat_password", PASSWORD)


def province_singly(centre: Person) -> str:
    """One subordinate by hand, then its code."""
    page = centre.page
    page.get_by_role("main").get_by_role("link", name="创建下级组织").first.click()
    centre.sees("创建下级组织")
    page.get_by_role("link", name="单个创建").click()
    centre.sees("创建下级组织")
    page.get_by_label("团的领导机关").check()
    choose(page, "level", "省级")
    page.locator("#id_short_name").fill("新疆生产建设兵团团委")
    expect(page.get_by_text(f"共青团{CORPS}委员会")).to_be_visible()
    centre.presses("创建组织")
    centre.sees("下级组织管理")
    page.get_by_role("link", name="分配注册码").first.click()
    return give_code(centre)


def choose(page: Page, name: str, words: str) -> None:
    """A choice that is a list or, up to five, radios."""
    field = page.locator(f"select[name={name}]")
    if field.count():
        field.select_option(words)
    else:
        page.get_by_label(words, exact=True).check()


def give_code(superior: Person) -> str:
    superior.sees("管理员注册码")
    superior.presses("分配注册码")
    superior.sees("管理员注册码")
    return superior.page.locator(".code-big").inner_text().replace(" ", "")


def one_code(superior: Person, short_name: str) -> str:
    page = superior.page
    page.goto("/desk/subordinates/")
    superior.sees("下级组织管理")
    page.locator("tbody tr", has_text=short_name).get_by_role("link", name="注册码").click()
    return give_code(superior)


def register(newcomer: Person, name: str, full_name: str, code: str) -> None:
    """As 书记 of an organisation that has no branch's 团籍, found by its name."""
    page = newcomer.page
    page.goto("/register/admin/")
    page.locator("#picker_q").press_sequentially(full_name)
    page.locator("[data-picker-row]", has_text=full_name).first.click()
    choose(page, "title", "书记")
    newcomer.presses("下一步：填写注册码")
    page.get_by_label("管理员注册码").fill(code)
    newcomer.presses("下一步")
    newcomer.sees("管理员注册")
    page.get_by_label("姓名").fill(name)
    page.locator("#id_number").fill(makers.number_of(date(1985, 3, 9)))
    page.get_by_label("手机号码").fill("13800000009")
    choose(page, "ethnicity", "汉族")
    page.get_by_label("中共党员").check()
    choose(page, "education", "硕士")
    page.locator("[name=since_year]").select_option("2024")
    page.locator("[name=since_month]").select_option("9")
    page.get_by_label("专职").check()
    page.get_by_label("否", exact=True).check()
    set_password(page)
    newcomer.presses("完成注册")
    newcomer.sees("管理员首页")


def universities_by_batch(corps: Person) -> None:
    """Two universities, a college and its classes from one workbook."""
    page = corps.page
    page.get_by_role("main").get_by_role("link", name="创建下级组织").first.click()
    corps.sees("创建下级组织")
    book, raw = Workbook(), io.BytesIO()
    for row in SUBORDINATES:
        book.active.append(row)
    book.save(raw)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files(
        "input[type=file]", {"name": "下级组织.xlsx", "mimeType": kind, "buffer": raw.getvalue()}
    )
    corps.presses("核对表格")
    expect(page.get_by_text(COLLEGE, exact=True).first).to_be_visible()
    corps.sees("创建下级组织")
    corps.presses("创建 5 个组织")
    corps.sees("下级组织管理")


def codes_in_bulk(corps: Person) -> dict[str, str]:
    """The codes of both universities, read from the downloaded workbook by 全称."""
    page = corps.page
    corps.presses("为全部 2 个组织导出注册码")
    corps.sees("批量导出注册码")
    with page.expect_download() as download:
        corps.presses("导出 Excel")
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    rows = list(sheet.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[0] == "组织全称")
    assert rows[head] == ("组织全称", "组织类别", "管理员注册码", "有效期至", "状态")
    codes = {row[0]: row[2] for row in rows[head + 1 :] if row[2]}
    assert sorted(codes) == sorted([SHIHEZI, TARIM])
    return codes


def complete(shihezi: Person) -> None:
    """The first completion needs nobody's word."""
    page = shihezi.page
    page.goto("/orgs/info/")
    shihezi.sees("组织信息")
    page.get_by_role("link", name="完善信息").click()
    shihezi.sees("编辑组织信息")
    choose(page, "industry", "教育")
    for field in ("admin_quota", "admin_staff", "career_quota", "career_staff"):
        page.locator(f"#id_{field}").fill("0")
    shihezi.presses("保存")
    shihezi.sees("组织信息 已完善")


def change_with_approval(shihezi: Person, corps: Person) -> None:
    """Afterwards a change waits for the province, which approves it in its inbox."""
    page = shihezi.page
    page.get_by_role("link", name="申请修改").click()
    shihezi.sees("编辑组织信息")
    page.locator("#id_contact_phone").fill("0993-2057000")
    shihezi.presses("发出修改申请")
    shihezi.sees("组织信息变更")
    approve_in_inbox(corps, "石河子大学团委")
    page.goto("/orgs/info/")
    expect(page.get_by_role("main").get_by_text("0993-2057000")).to_be_visible()


def approve_in_inbox(decider: Person, words: str) -> None:
    """Opens the item that speaks of it and says 同意."""
    page = decider.page
    page.goto("/desk/inbox/")
    decider.sees("操作中心")
    page.locator("[data-inbox-item]", has_text=words).first.click()
    decider.sees("操作中心")
    page.locator("[data-inbox-detail]").get_by_role("button", name="同意", exact=True).click()
    decider.sees("操作中心")


def classes() -> None:
    """Two members in the first class; an administrator and two members in the second."""
    first, second = (Organization.objects.get(short_name=f"2023级{at}班团支部") for at in "12")
    makers.make_member(first, "甲一")
    makers.make_member(first, "甲二")
    makers.make_admin(second, "乙书记")
    makers.make_member(second, "乙一")
    makers.make_member(second, "乙二")


def relocate(college: Person, shihezi: Person, tarim: Person) -> None:
    """The college goes over to the other university; both have their word, and every 全称 follows."""
    page = college.page
    page.goto("/orgs/relocate/")
    college.sees("申请组织迁移")
    page.locator("#picker_q").press_sequentially("塔里木大学")
    page.locator("[data-picker-row]", has_text=TARIM).first.click()
    expect(page.get_by_text(f"{CORPS}塔里木大学石河子大学医学院2023级1班团支部")).to_be_visible()
    college.sees("申请组织迁移")
    page.get_by_label("迁移原因").fill("学院整体调整")
    college.presses("发出迁移申请")
    college.sees("组织迁移")
    approve_in_inbox(shihezi, "石河子大学医学院团委")
    assert Organization.objects.filter(full_name=COLLEGE).exists()
    approve_in_inbox(tarim, "石河子大学医学院团委")
    page.reload()
    college.sees("组织迁移 已完成")


def delete_a_class(college: Person) -> None:
    """The second class is deleted; its three members wait in the 待接转团支部."""
    page = college.page
    page.goto("/desk/subordinates/")
    page.get_by_role("link", name="2023级2班团支部").first.click()
    college.sees("2023级2班团支部")
    page.get_by_role("link", name="删除组织").click()
    expect(page.get_by_text("3 名团员转入")).to_be_visible()
    college.sees("删除组织")
    confirm_deletion(college, "2023级2班团支部")
    expect(page.get_by_text("3 名团员在待接转团支部等待转接")).to_be_visible()


def confirm_deletion(college: Person, short_name: str) -> None:
    page = college.page
    page.locator("#id_typed").fill(short_name)
    if page.locator("#id_password").count():
        page.locator("#id_password").fill(PASSWORD)
    college.presses("删除组织")
    college.sees("石河子大学医学院团委 团委")


def assign_elsewhere(college: Person) -> None:
    """From the inbox to the list, everybody into the first class, and the empty 待接转团支部 goes."""
    page = college.page
    page.goto("/desk/inbox/")
    page.locator("[data-inbox-item]", has_text="待接转团支部").first.click()
    college.sees("操作中心")
    page.get_by_role("link", name="分配团员").click()
    college.sees("团员列表")
    expect(page.get_by_text("共 3 人")).to_be_visible()
    for box in page.get_by_role("checkbox", name=re.compile("^选择乙")).all():
        box.check()
    college.sees("团员列表")
    page.locator("[data-bulk-bar]").get_by_role("button", name="分配到团支部").click()
    college.sees("分配到团支部")
    choose(page, "branch", "2023级1班团支部")
    college.presses("下一步：核对 3 人")
    college.sees("分配到团支部")
    college.presses("分配 3 人")
    college.sees("团员列表")
    expect(page.get_by_text("已把 3 名团员分配到")).to_be_visible()
    page.get_by_role("link", name="删除空的待接转团支部").click()
    college.sees("删除组织")
    confirm_deletion(college, "待接转团支部")


def everything_fits() -> None:
    """Nobody is lost, the tree and the record are whole."""
    first = Organization.objects.get(short_name="2023级1班团支部")
    assert first.full_name == f"{CORPS}塔里木大学石河子大学医学院2023级1班团支部"
    assert sorted(Member.objects.filter(branch=first).values_list("account__name", flat=True)) == sorted(
        ["甲一", "甲二", "乙书记", "乙一", "乙二"]
    )
    ledger = Membership.objects.filter(account__name="乙一").order_by("started_at")
    assert list(ledger.values_list("begun_by", flat=True)) == [Act.ENTRY, Act.CLOSING, Act.PLACING]
    gone = Organization.objects.exclude(deleted_at=None)
    assert sorted(gone.values_list("category", flat=True)) == [Category.BRANCH, Category.PENDING_BRANCH]
    assert gone.filter(full_name=PENDING).exists()
    seal_all()
    call_command("verify_tree", stdout=StringIO())
    call_command("verify_audit", stdout=StringIO())
