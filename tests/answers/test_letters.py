"""关系转接 on paper, and what to mind: the two sides run side by side, offline alone only for 涉密 (S1, S8)."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from members.models import Member
from tests import makers
from tests.answers.people import agrees, enrols, here, picks, plant_school, studies
from tests.answers.visitor import Visitor
from transfers.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(country) -> SimpleNamespace:
    """A high school class with its secretary, and one who leaves it for the university."""
    return plant_school(country)


# -- S1: on paper ----------------------------------------------------------------------------------------


def sent_to_class1(cast, country, school) -> Visitor:
    """The student is on the way to the class and the old side has agreed; its committee at the case."""
    student = enrols(school, country, country.class1)
    agrees(school.secretary, "孔新生")
    return here(school.office).opens(student.path)


def code_on(sheet: Visitor) -> str:
    return sheet.page.select_one(".letter-check .code").get_text()


def checks(code: str) -> Visitor:
    return Visitor().opens("/letters/").fills("查验码", code).presses("查验")


def test_s1_a_letter_to_the_colleges_committee_comes_back_with_its_receipt_under_its_number(
    cast, country, school
):
    office = sent_to_class1(cast, country, school)
    office.follows("开具介绍信").sees(
        f"由“{school.committee.full_name}”开给“{country.college.full_name}”", "90 天内有效"
    )
    office.presses("开具介绍信").sees(
        "已开具介绍信第 000001 号", f"致“{country.college.full_name}”", "已开具"
    )
    letter = office.path

    office.follows("打印页面")
    parts = [each["aria-label"] for each in office.page.select(".letter-part")]
    assert parts == ["团组织关系介绍信（存根）", "团组织关系介绍信", "团组织关系介绍信（回执）"]
    office.sees("第 000001 号", "孔新生 同志", f"{country.college.full_name}：")
    code = code_on(office)
    checks(code).sees("有效", school.committee.full_name, country.college.full_name).sees_not("孔新生")

    agrees(cast.class1_admin, "孔新生", "同意转入")
    office.opens(letter).sees("回执已返回", "班一丽", "对方在网上接收，自动填写")
    assert office.heading == "介绍信第 000001 号 回执已返回"
    checks(code).sees("已使用").sees_not("孔新生")
    office.follows("介绍信登记簿").fills("编号", "1").presses("查询").sees("第 000001 号", "回执已返回")


def test_s1_the_person_reads_and_prints_the_own_letter(cast, country, school):
    office = sent_to_class1(cast, country, school).follows("开具介绍信").presses("开具介绍信")
    student = here(school.student).follows("关系转接").follows("查看全部")
    student.follows("第 000001 号").follows("打印页面").sees("团组织关系介绍信（回执）")
    assert office.status == 200


def test_s1_another_addressee_is_refused(cast, country, school):
    office = sent_to_class1(cast, country, school).follows("开具介绍信")
    office.page.select_one("[name=addressee]")["value"] = str(country.university.pk)
    office.presses("开具介绍信").sees(f"这次转接的介绍信只能开给“{country.college.full_name}”")
    assert Letter.objects.count() == 0


def test_s1_there_is_no_letter_before_the_old_side_has_agreed(cast, country, school):
    student = enrols(school, country, country.class1)
    office = here(school.office).opens(student.path)
    assert office.offers("开具介绍信") is False


def test_s1_a_number_is_never_used_again(cast, country, school):
    office = sent_to_class1(cast, country, school).follows("开具介绍信").presses("开具介绍信")
    office.follows("换开").fills("换开原因", "遗失").presses("换开")
    office.sees("已换开为介绍信第 000002 号，第 000001 号已作废。")
    office.follows("作废").fills("作废原因", "写错").presses("作废").sees("编号不再使用")
    office.follows("查看这次转接").follows("开具介绍信").presses("开具介绍信").sees("第 000003 号")
    office.follows("介绍信登记簿").sees("第 000001 号", "第 000002 号", "第 000003 号")
    office.fills("状态", "作废").presses("查询").sees("第 000001 号", "第 000002 号").sees_not("第 000003 号")


def test_s1_after_ninety_days_it_is_expired_and_can_be_issued_again(cast, country, school):
    office = sent_to_class1(cast, country, school).follows("开具介绍信").presses("开具介绍信")
    letter, code = office.path, code_on(office.follows("打印页面"))
    with time_machine.travel(timezone.now() + timedelta(days=90), tick=True):
        checks(code).sees("有效").sees_not("已过期")
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=True):
        checks(code).sees("已过期")
        late = here(school.office).opens(letter).sees("已过有效期。网上转接不受影响")
        late.follows("换开").fills("换开原因", "过期").presses("换开").sees("第 000002 号")


def test_s1_a_receipt_on_paper_is_kept_where_nobody_answers_online(cast, country):
    company = makers.make_admin(country.company, "齐公司")
    person = here(cast.worker.account).follows("关系转接").follows("办理转入")
    person.follows("转往系统外").fills("系统外的去向", "北京市").fills("接收单位的名称", "北京机器厂团委")
    person.fills("转接原因", "工作调动").presses("发起转接")
    agrees(cast.workshop_admin, "孔令工").sees("转接已完成")
    office = here(company).opens(person.path).follows("开具介绍信").presses("开具介绍信")
    office.follows("登记回执").fills("经办人", "京经办").presses("登记回执")
    office.sees("已登记介绍信第 000001 号的回执", "收到纸质回执后登记", "京经办", "北京机器厂团委")


# -- S8: what to mind -----------------------------------------------------------------------------------


def test_s8_online_waits_for_no_letter_no_receipt_and_no_paper(cast, country, school):
    student = here(school.student)
    student.follows("我的团员档案").sees("未登记", "没有登记入团证明").follows("关系转接").follows("办理转入")
    picks(student, country.corps, country.university, country.college, country.class1)
    studies(student).presses("发起转接")
    agrees(school.secretary, "孔新生").sees("缺材料不影响线上转接")
    case = agrees(cast.class1_admin, "孔新生", "同意转入").sees("转接已完成")
    assert Letter.objects.count() == 0

    # The papers arrive, and the letter is written, when all is done: the two run side by side.
    case.fills("入团志愿书", "已到").fills("团员证", "缺").fills("转入接收日期", "2026-10-01")
    case.presses("登记材料").sees("已登记 1 人的 2 份材料")
    office = here(school.office).opens(case.path).follows("开具介绍信").presses("开具介绍信")
    office.sees("回执已返回")


def test_s8_offline_alone_moves_nobody(cast, country, school):
    office = sent_to_class1(cast, country, school).follows("开具介绍信").presses("开具介绍信")
    assert office.offers("登记回执") is False
    office.opens(f"{office.path}receipt/").sees("对方在网上同意转入时自动填写回执，不用手工登记。")
    assert Member.objects.get(account=school.student).branch == school.branch


def test_s8_only_for_secret_units_nobody_answers_online_and_the_province_decides(cast, country):
    person = here(cast.member.account).follows("关系转接").follows("办理转入")
    person.follows("转往系统外").fills("系统外的去向", "北京市").fills("接收单位的名称", "某部")
    person.fills("转接原因", "参军入伍或转入涉密单位").presses("发起转接")
    person.sees("参军入伍或转入涉密单位的去向是“涉密单位”")
    person.fills("系统外的去向", "涉密单位").presses("发起转接").sees("已发起：待转出审批")

    name = cast.member.account.name
    agrees(cast.class1_admin, name).sees("已同意转出")
    office = here(cast.college_admin).opens(person.path).follows("开具介绍信").presses("开具介绍信")
    agrees(cast.corps_admin, name, "同意转入").sees("转接已完成")
    office.opens(office.path).follows("登记回执").fills("经办人", "军经办").presses("登记回执")
    office.sees("回执已返回", "系统外单位").sees_not("某部")
    assert Member.objects.filter(account=cast.member.account).exists() is False


def test_s8_a_place_outside_the_system_is_done_when_the_old_side_has_agreed(cast, country):
    person = here(cast.member.account).follows("关系转接").follows("办理转入")
    person.follows("转往系统外").fills("系统外的去向", "广东省").fills("接收单位的名称", "广州机器厂团委")
    person.fills("转接原因", "居住地变更").presses("发起转接")
    agrees(cast.class1_admin, cast.member.account.name).sees(
        "转接已完成", "的团籍已转到“广东省：广州机器厂团委”"
    )
    assert Member.objects.filter(account=cast.member.account).exists() is False
