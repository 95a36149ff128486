"""From an empty database to the first imported roster, by `bootstrap` and the links of the first steps alone."""

from __future__ import annotations

import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from members.models import Member
from orgs.models import Organization
from regcodes.models import RegistrationCode
from tests import makers
from tests.answers.importing import BRANCH, listed, person, worked
from tests.answers.people import NEW
from tests.answers.sheets import table
from tests.answers.visitor import Visitor

pytestmark = pytest.mark.django_db

CLASS_30 = Path(__file__).parents[2] / "rosters" / "class_30.xls"
HEADERS = ("组织简称", "组织类别", "上级组织简称")
TREES = {
    "团中央": (
        ("新疆生产建设兵团团委", "团的领导机关", ""),
        ("石河子大学团委", "团委", "新疆生产建设兵团团委"),
        ("2026级1班团支部", "团支部", "石河子大学团委"),
    ),
    "石河子大学团委": (
        ("石河子大学医学院团委", "团委", ""),
        ("2026级1班团支部", "团支部", "石河子大学医学院团委"),
    ),
    "淄博机械公司团委": (("装配车间团支部", "团支部", ""),),
}


def bootstrapped(root: str, category: str, number: str, title: str = "书记") -> str:
    """The code that the command prints."""
    out = StringIO()
    call_command(
        "bootstrap",
        root=root,
        category=category,
        admin_name="首任者",
        admin_id=number,
        admin_title=title,
        stdout=out,
    )
    found = re.search("重置密码验证码：(.{8})", out.getvalue())
    assert found
    return found.group(1)


def comes_in(number: str, code: str) -> Visitor:
    """As the command says: 登录 → 忘记密码 → the code and a password; then 管理员首页."""
    visitor = Visitor().opens("/").follows("忘记密码")
    visitor.fills("身份证号码", number).fills("重置密码验证码", code)
    visitor.fills("新密码", NEW).fills("再次填写新密码", NEW).answers_the_captcha()
    return visitor.presses("设置新密码并登录")


def completes(visitor: Visitor, *, leading: bool) -> None:
    """完善组织信息: the fields of the category; the 书记 is known but for the phone."""
    visitor.follows("完善信息")
    if leading:
        visitor.fills("联系电话", "010-85212000").fills("电子邮箱", "tw@example.org.cn")
    else:
        visitor.fills("所属行业类别", "教育")
    for label in ("行政编制数", "行政编制实际配备数", "事业编制数", "事业编制实际配备数"):
        visitor.fills(label, "0")
    visitor.fills("书记手机号码", "13800000001").presses("保存")
    visitor.follows("管理员首页")


def creates(visitor: Visitor, root: str) -> None:
    """创建下级组织: all levels by one file."""
    visitor.follows("创建下级组织", near="开始使用").attaches(
        "下级组织表格", "下级组织.xlsx", table(HEADERS, *TREES[root])
    )
    visitor.presses("核对表格").presses(f"创建 {len(TREES[root])} 个组织").follows("管理员首页")


def hands_out(visitor: Visitor) -> None:
    """分配注册码 for the one direct subordinate."""
    visitor.follows("分配注册码").presses("分配注册码").follows("管理员首页")


def imports(visitor: Visitor, raw: bytes, name: str, people: int) -> None:
    """导入名单: checked, confirmed, carried out."""
    visitor.attaches("名单文件", name, raw).presses("核对名单")
    worked(worked(visitor).presses(f"导入 {people} 人")).sees(f"已导入 {people} 人")
    visitor.follows("管理员首页")


@pytest.mark.parametrize(
    ("root", "category", "steps"),
    [
        ("团中央", "团的领导机关", (16, 14)),
        pytest.param("石河子大学团委", "团委", (16, 13), marks=pytest.mark.prove),
        pytest.param("淄博机械公司团委", "团委", (16, 13), marks=pytest.mark.prove),
    ],
)
def test_a_root_comes_to_a_living_tree_and_its_first_roster(root, category, steps):
    number = makers.number_of(date(1985, 5, 20))
    visitor = comes_in(number, bootstrapped(root, category, number))
    assert visitor.heading == "管理员首页"
    visitor.sees("开始使用", "已完成 0 / 4")
    completes(visitor, leading=root == "团中央")
    visitor.sees("已完成 1 / 4")
    creates(visitor, root)
    visitor.sees("已完成 2 / 4")
    hands_out(visitor)
    visitor.sees("已完成 3 / 4")
    branch = Organization.objects.get(short_name=TREES[root][-1][0])
    people = [person(name, **{BRANCH: branch.full_name}) for name in ("赵新生", "钱新生")]
    imports(visitor.follows("导入名单", near="开始使用"), listed(*people), "名单.xlsx", 2)
    visitor.sees_not("开始使用").sees("等您办理")
    assert (Member.objects.filter(branch=branch).count(), RegistrationCode.objects.count()) == (2, 1)
    assert (visitor.clicks, visitor.fields) == steps


def test_a_single_branch_comes_to_its_first_member_signed_in():
    number = makers.number_of(date(2003, 5, 20))
    visitor = comes_in(number, bootstrapped("淄博机械公司团支部", "团支部", number, "组织委员"))
    visitor.follows("完善信息").fills("所属行业类别", "教育").fills("书记姓名", "华桂珍")
    visitor.fills("书记身份证号码", "370399200703258322").fills("书记手机号码", "13800000001")
    visitor.presses("保存").follows("管理员首页")
    visitor.sees("已完成 1 / 3")
    imports(visitor, CLASS_30.read_bytes(), "class_30.xls", 30)
    visitor.sees("已完成 2 / 3", "请团员登录").follows("查看还没有登录的团员")
    assert visitor.heading == "团员列表"
    member = Member.objects.exclude(account__posts__seat__isnull=False).first()
    type(member.account).objects.filter(pk=member.account_id).update(
        password=makers.hashed(NEW), sign_in_state="set"
    )
    visitor.follows("管理员首页").sees_not("开始使用").sees("名团员还没有登录过")
