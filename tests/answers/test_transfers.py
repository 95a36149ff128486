"""关系转接 online, party members too, and whom to call (S6, S7, S9)."""

from __future__ import annotations

import io
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from members.models import Member
from orgs.enums import Category
from orgs.models import Organization
from tests import makers
from tests.answers.people import agrees, arrives, asks, enrols, here, picks, plant_school, studies
from transfers import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(country) -> SimpleNamespace:
    """A high school class with its secretary, and one who leaves it for the university."""
    return plant_school(country)


def branch_of(account) -> Organization:
    return Member.objects.get(account=account).branch


# -- S7: online ------------------------------------------------------------------------------------------


def test_s7_from_the_first_sign_in_to_the_class(cast, country, school):
    newcomer = makers.make_member(school.branch, "孔初来", password=None).account
    student = arrives(newcomer.id_number, "孔初来")
    student.follows("关系转接").sees("没有正在办理的转接").follows("办理转入")
    assert student.heading == "办理转入"
    picks(student, country.corps, country.university, country.college, country.class1)
    studies(student).presses("发起转接").sees("已发起：待转出审批", "您不用做什么：等“高三1班团支部”同意转出")

    agrees(school.secretary, "孔初来").sees("已同意转出，接下来等转入方同意。")
    student.follows("关系转接").sees("等“2023级1班团支部”同意转入")
    agrees(cast.class1_admin, "孔初来", "同意转入").sees(
        f"转接已完成，孔初来的团籍已转到“{country.class1.full_name}”。"
    )
    student.follows("个人首页").sees(country.class1.full_name)
    student.follows("我的经历").sees(country.class1.full_name, school.branch.full_name)
    student.follows("关系转接").sees("以前的转接", "已完成", "升学")


def test_s7_the_reason_asks_for_destination_school_and_address(country, school):
    student = here(school.student).follows("关系转接").follows("办理转入")
    picks(student, country.corps, country.university, country.college, country.class1)
    student.fills("转接原因", "升学").presses("发起转接")
    student.sees("请填写毕业去向。", "请填写学校名称。", "请填写学校地址。")


def test_s7_the_old_branchs_administrator_does_it(cast, country, school):
    head = here(school.secretary).follows("团员列表").chooses("选择孔新生").presses("办理转出")
    picks(head, country.corps, country.university, country.college, country.class1)
    studies(head).presses("下一步：核对").sees("为 1 人一起发起转出").presses("发起 1 人")
    head.sees("已发起，每人一件转接", "待转入审批")
    agrees(cast.class1_admin, "孔新生", "同意转入").sees("转接已完成")
    assert branch_of(school.student) == country.class1


def test_s7_the_new_branchs_administrator_asks_and_sees_nothing_of_the_branch_before_consent(
    cast, country, school
):
    head = here(cast.class1_admin).follows("组织关系转接").follows("办理转入")
    head.fills("姓名", "孔新生").fills("身份证号码", school.student.id_number)
    head.fills("转接原因", "转学").presses("请对方同意转出")
    head.sees("已请孔新生的团支部同意转出", "对方同意前不显示").sees_not("高三1班", "淄博第一中学")
    agrees(school.secretary, "孔新生").sees("转接已完成")
    head.opens(head.path).sees(school.branch.full_name)
    assert branch_of(school.student) == country.class1


def test_s7_newcomers_come_to_the_provisional_branch_and_the_college_gives_them_their_class(
    cast, country, school
):
    student = enrols(school, country, country.freshmen)
    agrees(school.secretary, "孔新生")
    agrees(cast.college_admin, "孔新生", "同意转入").sees("转接已完成")

    college = here(cast.college_admin)
    college.opens(f"/members/?branch={country.freshmen.pk}").chooses("选择孔新生").presses("分配到团支部")
    college.fills("分配到哪个团支部", "2023级1班团支部").presses("下一步：核对 1 人").presses("分配 1 人")
    college.sees("已把 1 名团员分配到")
    student.follows("个人首页").sees(country.class1.full_name)


def test_s7_whoever_knows_only_the_college_asks_it_and_it_assigns_a_branch(cast, country, school):
    student = enrols(school, country)
    agrees(school.secretary, "孔新生")
    college = agrees(cast.college_admin, "孔新生", "同意转入").sees("已同意转入，请为其分配团支部。")
    student.follows("关系转接").sees("“石河子大学医学院团委”已经同意，正在为您分配团支部")
    college.fills("分配到哪个团支部", "2023级2班团支部").presses("分配到这个团支部").sees("转接已完成")
    assert branch_of(school.student) == country.class2


def test_s7_where_both_branches_have_one_superior_it_decides_both_sides_at_once(cast, country):
    asks(cast.member.account, country.corps, country.university, country.college, country.class2)
    agrees(cast.college_admin, cast.member.account.name, "同意并立即转入").sees("转接已完成")
    assert branch_of(cast.member.account) == country.class2


def test_s7_the_direct_superior_may_speak_for_either_side_but_one_person_for_one_side_only(
    cast, country, school
):
    makers.seating.take_seat(makers.make_post(school.office, country.college, "副书记"), actor=makers.SYSTEM)
    enrols(school, country, country.class1)
    both = here(school.office)
    both.presses("淄博第一中学团委")
    both.follows("组织关系转接").follows("孔新生").presses("同意转出").sees("已同意转出")
    case = both.path
    both.presses("石河子大学医学院团委").opens(case)
    assert both.offers("同意转入") is False
    agrees(cast.college_admin, "孔新生", "同意转入").sees("转接已完成")


def test_s7_a_case_sent_back_says_why_and_is_sent_again_as_it_was_filled_in(cast, country, school):
    student = enrols(school, country, country.class1)
    head = here(school.secretary).follows("组织关系转接").follows("孔新生")
    head.presses("退回").sees("请选择退回原因。")
    head.fills("退回原因", "组织手续未办完").fills("说明情况", "请先交清团费。").presses("退回")
    head.sees("已退回")
    student.follows("关系转接").sees("转接被退回", "组织手续未办完：请先交清团费。", "高班长")
    student.follows("修改后重新发起")
    assert student.value("学校名称") == "石河子大学医学院"
    student.presses("发起转接").sees("已发起：待转出审批")


def test_s7_silence_lapses_after_ten_days_with_two_reminders_and_moves_nobody(cast, country, school):
    student = enrols(school, country, country.class1)
    now = timezone.now()
    assert [clock.tick(now + timedelta(days=day)) for day in (2, 3, 7, 9, 10)] == [
        (0, 0),
        (1, 0),
        (1, 0),
        (0, 0),
        (0, 1),
    ]
    here(school.secretary).follows("操作中心").sees("孔新生的组织关系转接已等待3天")
    student.follows("关系转接").sees("转接已失效，您的团籍没有变动").follows("修改后重新发起")
    assert student.value("转接原因") == "升学"
    assert branch_of(school.student) == school.branch


def test_s7_the_person_may_remind_and_take_it_back(cast, country):
    person = asks(cast.member.account, country.shandong, country.zibo, country.company, country.workshop)
    person.follows("关系转接").presses("提醒办理方").sees("已提醒")
    assert person.offers("提醒办理方") is False
    person.follows("关系转接").presses("撤回").sees("已撤回，团籍没有变动")
    assert branch_of(cast.member.account) == country.class1


def test_s7_only_branches_and_committees_are_offered_as_target(cast, country):
    makers.make_org(country.college, "2019级毕业生团支部", Category.GRADUATE_BRANCH)
    makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    person = here(cast.member.account).follows("关系转接").follows("办理转入")
    assert person.offers(f"选择{country.corps.full_name}") is False
    for each in (country.corps, country.university, country.college):
        person.follows(f"{each.full_name}{each.get_category_display()}")
    assert person.offers(f"选择{country.class2.full_name}") is True
    person.sees_not("2019级毕业生团支部", "待接转团支部")
    person.opens(f"/me/transfer/new/?organization={country.corps.pk}")
    person.sees("团的领导机关不能作为转入组织")


def test_s7_one_case_at_a_time_and_the_only_administrator_hands_over_first(cast, country):
    person = asks(cast.member.account, country.shandong, country.zibo, country.company, country.workshop)
    person.opens("/me/transfer/new/").sees("正在办理组织关系转接，请等它办结，或先撤回。")
    head = here(cast.class1_admin).follows("个人中心").follows("关系转接")
    head.sees("仅有的管理员，请先办理管理员变更，再转接。")
    assert head.offers("办理转入") is False


# -- S6: party members ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["中共党员", pytest.param("中共预备党员", marks=pytest.mark.prove)])
def test_s6_a_party_member_below_28_transfers_like_everybody(cast, country, status):
    party = makers.make_member(
        country.workshop,
        "党小明",
        number=makers.number_of(date(2000, 3, 3)),
        political_status=status,
    ).account
    asks(party, country.corps, country.university, country.college, country.class1)
    agrees(cast.workshop_admin, "党小明")
    agrees(cast.class1_admin, "党小明", "同意转入").sees("转接已完成")
    here(party).follows("我的资料").sees(country.class1.full_name, status)


# -- S9: whom to call -----------------------------------------------------------------------------------


@pytest.fixture
def numbers(country):
    """The committee, the university and the province have given phone and address."""
    facts = {
        country.college: ("0993-2057001", "石河子市北二路59号"),
        country.university: ("0993-2058000", "石河子市北四路221号"),
        country.corps: ("0991-2890000", "乌鲁木齐市光明路196号"),
    }
    for each, (phone, address) in facts.items():
        Organization.objects.filter(pk=each.pk).update(contact_phone=phone, address=address)
    return facts


def test_s9_a_member_finds_the_card_of_every_superior_of_the_branch(cast, country, numbers):
    person = here(cast.member.account).sees("有疑问请找", "组织名片")
    cards = {
        card.select_one("strong").get_text(): [each.get_text() for each in card.select("dd")]
        for card in person.page.select("#ask li")
    }
    assert cards == {
        "2023级1班团支部": ["班一丽"],
        "石河子大学医学院团委": ["易学园", "0993-2057001", "石河子市北二路59号"],
        "石河子大学团委": ["石大河", "0993-2058000", "石河子市北四路221号"],
        "新疆生产建设兵团团委": ["兵建国", "0991-2890000", "乌鲁木齐市光明路196号"],
        "团中央": ["钟央"],
    }


def test_s9_the_card_never_shows_the_secretarys_mobile(cast, country, numbers):
    person = here(cast.member.account)
    assert cast.class1_admin.phone not in person.response.content.decode()
    assert "联系电话" not in person.page.select("#ask li")[0].get_text()


def test_s9_the_organisation_fills_in_its_number_and_its_members_see_it(cast, country):
    college = here(cast.college_admin).follows("组织信息").follows("完善信息")
    college.fills("联系电话", "0993-2057001").fills("通讯地址", "石河子市北二路59号")
    college.fills("所属行业类别", "教育")
    for label in ("行政编制数", "行政编制实际配备数", "事业编制数", "事业编制实际配备数"):
        college.fills(label, "0")
    college.presses("保存")
    here(cast.member.account).sees("0993-2057001", "石河子市北二路59号")


def test_s9_a_committees_list_of_its_subordinates_prints_and_exports(cast, country, numbers):
    university = here(cast.university_admin).follows("下级组织管理").follows("组织名片")
    university.sees("石河子大学医学院团委", "易学园", "0993-2057001", "石河子市北二路59号")
    assert university.page.select_one("main [data-print]").get_text(strip=True) == "打印"
    raw = university.presses("导出").response.content
    rows = list(load_workbook(io.BytesIO(raw)).active.iter_rows(values_only=True))
    assert rows[:2] == [
        ("组织全称", "组织类别", "负责人", "联系电话", "通讯地址"),
        (country.college.full_name, "团委", "易学园", "0993-2057001", "石河子市北二路59号"),
    ]


def test_s9_the_chain_above_sees_the_card_and_a_neighbour_does_not(cast, country, numbers):
    corps = here(cast.corps_admin).opens(f"/orgs/{country.college.pk}/").sees("0993-2057001", "易学园")
    assert corps.status == 200
    assert here(cast.zibo_admin).opens(f"/orgs/{country.college.pk}/").status == 404
