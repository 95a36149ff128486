"""个人信息修改: by the person, the own administrator, the direct superior's (Q39)."""

from __future__ import annotations

import pytest

from members.models import Member
from tests import makers
from tests.answers.people import here
from tests.answers.visitor import Visitor
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def asks(account, **facts: str) -> Visitor:
    """修改资料 by the person."""
    visitor = here(account)
    if visitor.offers("个人中心"):
        visitor.follows("个人中心")
    visitor.follows("我的资料").follows("修改资料")
    for label, value in facts.items():
        visitor.fills(label, value)
    return visitor.presses("提交修改申请").sees("已提交，同意后生效。")


def waiting(account, words: str) -> Visitor:
    """An administrator at what waits."""
    return here(account).follows("操作中心").follows(words)


def lines(visitor: Visitor) -> dict[str, tuple[str, str]]:
    """原来 and 改为 of every field, as the page shows them."""
    return {
        row.select_one("th").get_text(strip=True): tuple(
            each.get_text(strip=True) for each in row.select("td")[:2]
        )
        for row in visitor.page.select("table tbody tr")
        if row.select("td[data-label=改为]")
    }


def test_q39_the_person_asks_and_the_branchs_administrator_agrees_field_by_field(cast):
    person = cast.member.account
    own = asks(person, 学历="硕士（在读）", QQ="10001", 职业="学生")
    assert here(person).follows("我的资料").sees("本科（在读）", "正在办理").status == 200

    head = waiting(cast.class1_admin, person.name).opens(own.path)
    assert lines(head) == {
        "学历": ("本科（在读）", "硕士（在读）"),
        "QQ": ("", "10001"),
        "职业": ("", "学生"),
    }
    head.leaves("职业：学生").presses("同意勾选的项目").sees("没有勾选的项目要写明退回的原因")
    head.leaves("职业：学生").fills("没有勾选的项目的退回原因", "不用填写").presses("同意勾选的项目")
    own.opens(own.path).sees("不用填写")
    here(person).follows("我的资料").sees("硕士（在读）", "10001")
    assert Member.objects.get(account=person).account.occupation == ""


def test_q39_the_direct_superior_may_agree_too_and_nobody_to_the_own(cast):
    own = asks(cast.class1_admin, 职业="教师")
    assert own.offers("同意勾选的项目") is False
    head = here(cast.college_admin).opens(own.path).presses("同意勾选的项目")
    assert head.status == 200
    here(cast.class1_admin).follows("个人中心").follows("我的资料").sees("教师")


def test_q39_joining_month_number_and_posts_are_asked_for_apart(cast):
    own = here(cast.member.account).follows("我的资料").follows("修改资料")
    asked = {each["name"] for each in own.page.select("main form [name]")}
    assert asked.isdisjoint({"joined_year", "joined_0", "league_number", "title", "name", "number"})
    own.follows("我的资料").follows("申请更正：入团年月")
    own.fills("入团年月", "2020-09").fills("哪里不对，以什么为准", "入团志愿书上是九月").presses(
        "提交申请"
    ).sees("已提交")
    here(cast.class1_admin).opens(own.path).presses("同意")
    here(cast.member.account).follows("我的资料").sees("2020-09")


def test_q39_a_request_can_be_taken_back(cast):
    own = asks(cast.member.account, QQ="10001").presses("撤回申请")
    here(cast.member.account).follows("我的申请").sees("已撤回")
    assert own.status == 200


def edits(account, name: str) -> Visitor:
    """修改资料 of somebody, from 团员列表."""
    return here(account).follows("团员列表").follows(name).follows("修改资料")


@pytest.mark.parametrize("role", ["class1_admin", "college_admin"], ids=["own", "superior"])
def test_q39_the_own_and_the_direct_superiors_administrator_change_at_once(cast, role):
    name = cast.member.account.name
    edits(getattr(cast, role), name).fills("QQ", "10001").presses("保存").sees(
        f"已修改{name}的资料。", "10001"
    )
    here(cast.member.account).follows("我的资料").sees("10001")


def test_q39_a_higher_superior_changes_nothing(cast):
    university = here(cast.university_admin).follows("团员列表").follows(cast.member.account.name)
    assert university.offers("修改资料") is False
    university.opens(f"{university.path}edit/")
    assert university.status == 403


def test_q39_name_and_id_only_by_the_direct_superior_with_a_reason_that_is_logged(cast):
    person, number = cast.member.account, makers.number_of()
    head = here(cast.class1_admin).follows("团员列表").follows(person.name)
    assert head.offers("更正姓名或身份证号码") is False
    head.opens(f"{head.path}correct/")
    assert head.status == 403

    college = (
        here(cast.college_admin).follows("团员列表").follows(person.name).follows("更正姓名或身份证号码")
    )
    college.fills("姓名", "古丽努尔·麦麦提").fills("身份证号码", number).presses("更正")
    college.sees("请填写更正原因。")
    college.fills("更正原因", "对照身份证").presses("更正").sees("已更正，本人会收到通知。")
    assert AuditEntry.objects.filter(detail__reason="对照身份证").exists()
    college.follows("操作记录").sees("对照身份证")
    own = Visitor().signs_in(number)  # the password is what it was
    own.sees("古丽努尔·麦麦提").follows("操作中心").sees("更正")
