"""What an organisation keeps for ever, who changes the rest, and what becomes of a deleted branch (Q16–Q20)."""

from __future__ import annotations

from datetime import date

import pytest

from orgs.enums import Category
from tests import makers
from tests.answers.importing import at_desk
from tests.answers.sheets import table
from tests.answers.visitor import Visitor
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

COLLEGE = "新疆生产建设兵团石河子大学石河子大学医学院"
STAFF = ("行政编制数", "行政编制实际配备数", "事业编制数", "事业编制实际配备数")
HEAD = ("书记姓名", "书记身份证号码", "书记手机号码")


def page_of(visitor: Visitor, *names: str) -> Visitor:
    """From 下级组织管理 down to an organisation's page, by the short names on the way."""
    visitor.follows("下级组织管理")
    for name in names:
        visitor.follows(name)
    return visitor


# -- Q16, Q17: the category is fixed, everything else is changed ---------------------------------------


@pytest.mark.parametrize(
    ("name", "category", "asked"),
    [
        ("团潍坊市委", Category.LEADING_BODY, ("联系电话", "电子邮箱", *STAFF)),
        ("甲团委", Category.COMMITTEE, ("所属行业类别", *STAFF)),
        ("甲团工委", Category.WORK_COMMITTEE, ("所属行业类别", *STAFF)),
        ("甲团总支", Category.GENERAL_BRANCH, ("所属行业类别", *STAFF)),
        ("甲团支部", Category.BRANCH, ("所属行业类别",)),
    ],
)
def test_q16_each_category_is_shown_and_asks_for_its_own_information(country, name, category, asked):
    organization = makers.make_org(country.shandong, name, category)
    own = at_desk(makers.make_admin(organization, "钱管理", title="副书记")).follows("组织信息")
    needed = (*HEAD, *asked)
    own.sees(f"组织类别{category.label}", f"还缺 {len(needed)} 项：{'、'.join(needed)}。")
    own.follows("完善信息").sees(f"组织类别“{category.label}”创建后不能更改")
    assert own.page.select("main [name=category], main [name=level]") == []


def test_q16_a_file_does_not_change_the_category_either(college):
    college.follows("创建下级组织")
    raw = table(("组织简称", "组织类别"), ("2023级1班团支部", "团总支"))
    college.attaches("下级组织表格", "下级组织.xlsx", raw).presses("核对表格")
    college.sees("简称应以“团总支”结尾")


INFORMATION = {
    "组织简称": "2023级临床1班团支部",
    "书记姓名": "书新任",
    "书记手机号码": "13700000007",
    "用途": "流动团员",
    "所属行业类别": "教育",
    "联系电话": "0993-2057000",
    "通讯地址": "石河子市北二路59号",
    "邮编": "832000",
    "成立时间": "2023-09-01",
    "换届时间": "2026-09-01",
    "学校机构编号": "4165010759",
}


def test_q17_everything_else_of_a_branch_is_changed(college, country):
    number = makers.number_of(date(2005, 3, 1))
    college.follows("下级组织管理").follows("编辑2023级1班团支部").fills("书记身份证号码", number)
    for label, value in INFORMATION.items():
        college.fills(label, value)
    college.presses("保存").sees(f"已保存“{COLLEGE}2023级临床1班团支部”的信息，马上生效")
    page_of(college, "2023级临床1班团支部")
    shown = {label: value for label, value in INFORMATION.items() if not label.startswith("书记")}
    college.sees("书新任书记", *(label + value for label, value in shown.items()))


def test_q17_a_leading_body_and_a_committee_change_their_own_fields(cast, country):
    centre = at_desk(cast.centre_admin).follows("组织信息").follows("完善信息")
    for at, label in enumerate(STAFF):
        centre.fills(label, str(at))
    centre.fills("联系电话", "010-85212345").fills("电子邮箱", "tzy@example.org.cn").presses("保存")
    centre.sees("已完善", "电子邮箱tzy@example.org.cn", "行政编制数0", "事业编制实际配备数3")
    university = at_desk(cast.university_admin).follows("下级组织管理").follows("编辑石河子大学医学院团委")
    for label in STAFF:
        university.fills(label, "0")
    university.fills("所属行业类别", "卫生和社会工作").presses("保存").sees("马上生效")
    university.sees("所属行业类别卫生和社会工作", "事业编制数0")


def test_q17_a_new_secretary_gets_an_account_and_the_former_one_keeps_the_seat(college, cast):
    number = makers.number_of(date(2005, 3, 1))
    college.follows("下级组织管理").follows("编辑2023级1班团支部")
    college.fills("书记姓名", "书新任").fills("书记身份证号码", number).fills("书记手机号码", "13700000007")
    college.presses("保存").sees("已为书记书新任建立账号", "原书记班一丽仍是管理员，团内职务改为“其他”")
    page_of(college, "2023级1班团支部").sees("书新任书记", "班一丽其他")
    new = Visitor().signs_in(number, number[-8:])
    new.sees("核对姓名，设置新密码")


def test_q17_changing_the_post_changes_the_secretary_of_the_information(branch, cast, country):
    branch.follows("团干部列表").follows("修改班一丽").fills("团内职务", "副书记").chooses("否").presses(
        "保存"
    )
    branch.follows("组织信息").sees("还缺 4 项：书记姓名、书记身份证号码、书记手机号码、所属行业类别")


def test_q17_one_person_is_secretary_of_several(college, cast):
    for name in ("2023级1班团支部", "2023级2班团支部"):
        college.follows("下级组织管理").follows(f"编辑{name}").fills("书记姓名", "古丽努尔·买买提江")
        college.fills("书记身份证号码", cast.member.account.id_number).presses("保存").sees("已保存")
        page_of(college, name).sees("古丽努尔·买买提江书记")


# -- Q18: by whom, and from when ------------------------------------------------------------------------


def complete(branch: Visitor) -> Visitor:
    """The first completion by the own administrator."""
    return branch.follows("组织信息").follows("完善信息").fills("所属行业类别", "教育").presses("保存")


def asked(branch: Visitor) -> Visitor:
    """A change after that, sent off."""
    complete(branch).follows("组织信息").follows("申请修改")
    return branch.fills("通讯地址", "北二路59号").presses("发出修改申请")


def test_q18_the_first_completion_holds_at_once(branch):
    complete(branch).sees("马上生效", "已完善", "所属行业类别教育")


def test_q18_a_change_by_the_own_administrator_holds_once_the_superior_approves(branch, college):
    asked(branch).sees("修改申请已发出", "石河子大学医学院团委")
    branch.follows("组织信息").sees_not("北二路59号").sees("一项修改正在等直接上级审核")
    college.follows("操作中心").sees("组织信息变更", "通讯地址", "北二路59号").presses("同意")
    branch.follows("组织信息").sees("通讯地址北二路59号").sees_not("正在等直接上级审核")


def test_q18_the_superior_sends_it_back_with_a_reason(branch, college):
    asked(branch)
    college.follows("操作中心").fills("退回原因", "请写到门牌号").presses("退回")
    branch.follows("组织信息").sees_not("北二路59号")
    assert branch.offers("申请修改") is True
    branch.follows("个人中心").follows("我的申请").follows("组织信息变更").sees("已退回", "请写到门牌号")


def test_q18_one_request_waits_at_a_time_until_it_is_withdrawn(branch):
    asked(branch)
    branch.follows("组织信息")
    assert branch.offers("申请修改") is False
    branch.opens("/orgs/info/edit/").sees("组织信息变更").presses("撤回申请").follows("组织信息")
    assert branch.offers("申请修改") is True


def test_q18_a_change_by_the_direct_superior_holds_at_once(branch, college):
    complete(branch)
    college.follows("下级组织管理").follows("编辑2023级1班团支部").fills("通讯地址", "北二路59号").presses(
        "保存"
    )
    branch.follows("组织信息").sees("通讯地址北二路59号")


def test_q18_a_higher_superior_sees_and_changes_nothing(cast, country):
    university = page_of(at_desk(cast.university_admin), "石河子大学医学院团委", "2023级1班团支部")
    university.sees("组织信息由直接上级修改")
    assert university.offers("编辑") is False
    university.opens(f"/orgs/{country.class1.pk}/edit/").sees("组织信息由直接上级修改")
    assert university.status == 403


def test_q18_the_topmost_organisation_changes_its_own_at_once(cast):
    centre = (
        at_desk(cast.centre_admin).follows("组织信息").follows("完善信息").fills("联系电话", "010-85212345")
    )
    for label in STAFF:
        centre.fills(label, "0")
    centre.fills("电子邮箱", "tzy@example.org.cn").presses("保存")
    centre.follows("编辑").fills("通讯地址", "前门东大街10号").presses("保存").sees(
        "马上生效", "通讯地址前门东大街10号"
    )


def test_q18_whoever_acts_for_a_superior_without_administrator_decides(branch, cast, country):
    country.college.seats.all().delete()
    asked(branch)
    at_desk(cast.university_admin).follows("操作中心").sees("北二路59号").presses("同意")
    branch.follows("组织信息").sees("通讯地址北二路59号")


# -- Q19, Q20: 待接转团支部 -------------------------------------------------------------------------------


def closed(visitor: Visitor, *names: str) -> Visitor:
    """删除组织 as its page asks for it."""
    page_of(visitor, *names).follows("删除组织")
    return visitor.fills(f"请输入“{names[-1]}”以确认", names[-1]).presses("删除组织")


def test_q19_deleting_a_branch_with_members_makes_one_below_the_same_superior(college, cast, country):
    page_of(college, "2023级1班团支部").follows("删除组织")
    college.sees(
        "3 名团员转入", "待接转团支部（现在建立）", "1 名管理员失去管理权限，账号保留", "1 个团内职务终止"
    )
    college.fills("请输入“2023级1班团支部”以确认", "2023级1班团支部").presses("删除组织")
    college.sees("3 名团员在待接转团支部等待转接").follows("查看团员")
    college.sees("古丽努尔·买买提江", "欧阳小明", "班一丽")
    former = Visitor().signs_in(cast.class1_admin)
    assert former.offers("管理中心") is False
    Visitor().signs_in(cast.member.account).follows("我的资料").sees(f"{COLLEGE}待接转团支部")


def test_q19_a_second_deletion_uses_the_same_one(college, country):
    closed(college, "2023级1班团支部")
    page_of(college, "2023级2班团支部").follows("删除组织").sees("1 名团员转入").sees_not("现在建立")
    college.fills("请输入“2023级2班团支部”以确认", "2023级2班团支部").presses("删除组织")
    page_of(college, "待接转团支部").sees("团员4")
    college.follows("下级组织管理").sees("共 2 条")  # this one and the branch that stayed


def test_q19_an_empty_branch_leaves_none_behind(college):
    closed(college, "2019级新生临时团支部").sees("已删除").sees_not("等待转接")
    assert college.follows("下级组织管理").offers("查看待接转团支部") is False


def test_q19_what_has_subordinates_is_not_deleted_and_they_are_named(cast, country):
    university = page_of(at_desk(cast.university_admin), "石河子大学医学院团委")
    assert university.offers("删除组织") is False
    university.opens(f"/orgs/{country.college.pk}/close/")
    university.sees("还有下级组织：“2023级1班团支部”、“2023级2班团支部”、“2019级新生临时团支部”，共 3 个")


def test_q19_only_the_direct_superior_deletes_and_the_short_name_is_asked(cast, country, college):
    university = page_of(at_desk(cast.university_admin), "石河子大学医学院团委", "2023级1班团支部")
    assert university.offers("删除组织") is False
    university.opens(f"/orgs/{country.class1.pk}/close/").sees("组织由其直接上级删除")
    page_of(college, "2023级1班团支部").follows("删除组织")
    college.fills("请输入“2023级1班团支部”以确认", "2023级2班团支部").presses("删除组织").sees(
        "与组织简称不一致"
    )


def test_q19_open_requests_are_returned_and_codes_voided(branch, college, country):
    asked(branch)
    college.follows("下级组织管理").follows("注册码：2023级1班团支部").presses("分配注册码")
    page_of(college, "2023级1班团支部").follows("删除组织").sees(
        "1 个未使用的注册码作废", "1 个正在办理的申请退回"
    )
    college.fills("请输入“2023级1班团支部”以确认", "2023级1班团支部").presses("删除组织")
    college.follows("操作中心").sees_not("北二路59号")


def test_q19_it_is_taken_back_and_everybody_returns(college):
    closed(college, "2023级1班团支部")
    college.follows("已删除的组织").sees("还有 30 天可以撤销").follows("撤销2023级1班团支部")
    college.sees("3 名团员回到这个团支部").presses("恢复组织").sees("3 名团员回到这里")


def test_q19_the_history_of_its_members_keeps_it(college, cast):
    closed(college, "2023级1班团支部")
    Visitor().signs_in(cast.member.account).follows("我的经历").sees(f"{COLLEGE}2023级1班团支部")
    assert AuditEntry.objects.filter(verb="orgs.closed").count() == 1


@pytest.mark.parametrize(
    ("name", "category", "to_clear"),
    [
        ("团潍坊市委", Category.LEADING_BODY, True),
        ("甲团委", Category.COMMITTEE, False),
        ("甲团工委", Category.WORK_COMMITTEE, False),
        ("甲团总支", Category.GENERAL_BRANCH, False),
    ],
)
def test_q20_it_is_tolerated_but_below_a_leading_body(country, name, category, to_clear):
    superior = makers.make_org(country.shandong, name, category)
    makers.make_member(makers.make_org(superior, "乙团支部"), "赵团员")
    admin = at_desk(makers.make_admin(superior, "周管理"))
    closed(admin, "乙团支部").follows("管理员首页")
    assert ("清理1个待接转团支部" in admin.text) is to_clear


def test_q20_nobody_creates_renames_or_fills_it_by_hand(college, cast, country):
    closed(college, "2023级1班团支部")
    college.follows("创建下级组织").follows("单个创建").sees_not("待接转团支部")
    college.follows("批量创建")
    raw = table(("组织简称", "组织类别"), ("甲待接转团支部", "待接转团支部"))
    college.attaches("下级组织表格", "下级组织.xlsx", raw).presses("核对表格").sees("由系统建立")
    college.follows("下级组织管理")
    assert college.offers("编辑待接转团支部") is False
    college.follows("添加团员")
    choices = [each.get_text() for each in college.page.select("[name=branch] option")]
    assert choices == ["请选择", "2023级2班团支部", "2019级新生临时团支部"]


def test_q20_the_superior_places_its_members_and_deletes_it_once_it_is_empty(college, country):
    closed(college, "2023级1班团支部")
    page_of(college, "待接转团支部")
    assert college.offers("删除组织") is False
    path = college.path
    college.opens(f"{path}close/").sees("待接转团支部还有 3 名团员", "清空后再删除")
    college.opens(path).follows("分配团员").presses("全部分配到团支部").fills(
        "分配到哪个团支部", "2023级2班团支部"
    )
    college.presses("下一步").presses("分配 3 人").sees("3")
    closed(college, "待接转团支部").sees("已删除")
    assert college.follows("下级组织管理").offers("查看待接转团支部") is False
    page_of(college, "2023级2班团支部").sees("团员4")


def test_q20_its_members_can_leave_by_transfer_too(college, cast, country):
    closed(college, "2023级1班团支部").follows("查看团员")
    college.chooses("选择欧阳小明").presses("办理转出")
    college.fills("按名称或拼音首字母查找", "装配车间").presses("查找").follows(country.workshop.full_name)
    college.fills("转接原因", "转学").presses("下一步：核对").sees("欧阳小明", country.workshop.full_name)
    college.presses("发起 1 人").follows("组织关系转接").follows("转出中")
    college.sees("欧阳小明", country.workshop.full_name)
