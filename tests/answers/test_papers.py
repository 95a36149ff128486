"""团员档案: the five papers, who holds them, the certificate in their place, a lost 团员证 (S2–S5)."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from tests import makers
from tests.answers.people import agrees, here, picks
from tests.answers.visitor import Visitor

pytestmark = pytest.mark.django_db

PAPERS = ["入团积极分子考察登记表", "团员信息登记表", "入团申请书", "入团志愿书", "团员证"]
TODAY = f"{date.today():%Y-%m-%d}"


def sheet_of(visitor: Visitor) -> dict[str, list[str]]:
    """The checklist as it stands on the page: state, holder, since."""
    return {
        row.select_one("th").get_text(strip=True): [each.get_text(strip=True) for each in row.select("td")]
        for row in visitor.page.select("#papers tbody tr")
    }


def opens_papers(account, name: str) -> Visitor:
    """An administrator at the checklist of one person."""
    return here(account).follows("团员档案").follows(name)


def marks(visitor: Visitor, states: dict[str, tuple[str, str]]) -> Visitor:
    """State and holder of some papers, saved."""
    for paper, (state, holder) in states.items():
        visitor.fills(f"{paper}：状态", state)
        if holder:
            visitor.fills(f"{paper}：存放", holder)
    return visitor.presses("保存档案")


# -- S2: what they are -----------------------------------------------------------------------------------


def test_s2_the_five_papers_as_a_checklist(cast):
    own = here(cast.member.account).follows("我的团员档案").sees("两表两书一证")
    assert list(sheet_of(own)) == PAPERS
    assert {state for state, *_ in sheet_of(own).values()} == {"未登记"}


def test_s2_each_is_present_missing_or_certified_and_the_person_sees_it(cast):
    name = cast.member.account.name
    head = opens_papers(cast.class1_admin, name)
    states = [each.get_text() for each in head.page.select("#id_admission-state option")]
    assert states == ["未登记", "有", "缺", "已出具证明"]
    marks(head, {"入团志愿书": ("有", "学籍档案"), "入团申请书": ("缺", "")}).sees(
        f"已保存{name}的团员档案", "1 项齐备"
    )
    own = here(cast.member.account).follows("我的团员档案")
    assert sheet_of(own)["入团志愿书"] == ["有", "学籍档案", TODAY]
    assert sheet_of(own)["入团申请书"] == ["缺", "", ""]
    assert sheet_of(own)["团员证"] == ["未登记", "", ""]


def test_s2_the_committee_sees_over_all_branches_who_lacks_what_and_marks_many(cast):
    marks(opens_papers(cast.class1_admin, cast.member.account.name), {"入团志愿书": ("缺", "")})
    college = here(cast.college_admin).follows("团员档案")
    college.fills("材料", "入团志愿书").fills("状态", "缺").presses("查询")
    assert [each.get_text() for each in college.page.select("tbody th a")] == [cast.member.account.name]
    college.follows("清空").chooses("选择欧阳小明").chooses("选择班二伟").chooses("入团申请书")
    college.fills("存放", "学院团委").presses("标记所选").sees("已标记 2 人的入团申请书。")


def test_s2_nobody_keeps_the_own_papers(cast):
    head = opens_papers(cast.class1_admin, "班一丽")
    assert head.offers("保存档案") is False


# -- S3: where they are ----------------------------------------------------------------------------------


def test_s3_the_checklist_says_who_holds_each_and_since_when(cast):
    head = opens_papers(cast.class1_admin, cast.member.account.name)
    holders = [each.get_text() for each in head.page.select("#id_card-holder option")][1:]
    assert holders == ["学籍档案", "邮寄", "本人携带", "学院团委"]
    for paper, holder in zip(PAPERS, [*holders, "学院团委"], strict=True):
        head.fills(f"{paper}：状态", "有").fills(f"{paper}：存放", holder)
        head.fills(f"{paper}：起始日期", "2026-09-01")
    head.fills("团员证：转入接收日期", "2026-09-10").presses("保存档案").sees("5 项齐备")
    own = here(cast.member.account).follows("我的团员档案")
    assert sheet_of(own) == {
        "入团积极分子考察登记表": ["有", "学籍档案", "2026-09-01"],
        "团员信息登记表": ["有", "邮寄", "2026-09-01"],
        "入团申请书": ["有", "本人携带", "2026-09-01"],
        "入团志愿书": ["有", "学院团委", "2026-09-01"],
        "团员证": ["有", "学院团委", "2026-09-01（转入接收 2026-09-10）"],
    }


def test_s3_a_paper_that_is_there_lies_somewhere_and_not_in_the_future(cast):
    head = opens_papers(cast.class1_admin, cast.member.account.name)
    head.fills("团员证：状态", "有").presses("保存档案").sees("材料在的，需要写明存放在哪里")
    head.fills("团员证：存放", "本人携带").fills("团员证：起始日期", "2099-01-01").presses("保存档案")
    head.sees("日期晚于今天")


def test_s3_who_receives_the_person_checks_the_papers_off(cast, country):
    person = cast.member.account
    marks(opens_papers(cast.class1_admin, person.name), {"入团志愿书": ("有", "邮寄")})
    student = here(person).follows("关系转接").follows("办理转入")
    picks(student, country.shandong, country.zibo, country.company, country.workshop)
    student.fills("转接原因", "工作调动").presses("发起转接")
    agrees(cast.class1_admin, person.name)
    target = here(cast.workshop_admin).follows("组织关系转接").follows(person.name).sees("未到（邮寄）")
    target.fills("入团志愿书", "已到").fills("团员证", "已到").fills("转入接收日期", "2026-10-09")
    target.presses("登记材料").sees("已登记 1 人的 2 份材料，本人可以看到。")
    own = here(person).follows("我的团员档案")
    assert sheet_of(own)["入团志愿书"] == ["有", "学院团委", "2026-10-09"]
    assert sheet_of(own)["团员证"] == ["有", "学院团委", "2026-10-09（转入接收 2026-10-09）"]


# -- S4: without them ------------------------------------------------------------------------------------


def certifies(visitor: Visitor, joined: str, number: str) -> Visitor:
    visitor.follows("登记证明").fills("入团时间", joined).fills("入团地点", "淄博市第一中学")
    visitor.fills("入团介绍人", "王一、李二").fills("发展团员编号", number)
    return (
        visitor.fills("出具证明的团组织", "淄博第一中学团委")
        .fills("出具日期", "2026-10-01")
        .presses("保存证明")
    )


def test_s4_a_certificate_of_the_committee_where_the_person_joined_stands_in(cast):
    head = opens_papers(cast.class1_admin, cast.member.account.name)
    marks(head, {"入团志愿书": ("已出具证明", "")}).sees("还没有登记入团证明，请先登记证明")
    head = opens_papers(cast.class1_admin, cast.member.account.name)
    certifies(head, "2020-05", "202037000001").sees("已登记入团证明，缺少的材料可以标记为“已出具证明”。")
    marks(head, {"入团志愿书": ("已出具证明", ""), "入团申请书": ("已出具证明", "")}).sees("2 项齐备")
    own = here(cast.member.account).follows("我的团员档案")
    own.sees("2020-05", "淄博市第一中学", "王一、李二", "202037000001", "淄博第一中学团委", "2026-10-01")
    assert [sheet_of(own)[paper][0] for paper in PAPERS] == [
        "未登记",
        "未登记",
        "已出具证明",
        "已出具证明",
        "未登记",
    ]


def test_s4_the_number_is_required_from_2016_01_and_not_before(cast, country):
    old = makers.make_member(
        country.class1,
        "旧同学",
        number=makers.number_of(date(1999, 1, 5)),
        joined=date(2015, 12, 1),
        member_number=None,
    )
    head = opens_papers(cast.class1_admin, old.account.name)
    certifies(head, "2016-01", "")
    assert head.heading.endswith("的入团证明")
    head.sees("缺发展团员编号：2016年及以后入团的必须填写")
    head.fills("入团时间", "2015-12").presses("保存证明").sees("已登记入团证明", "2016年前入团，没有编号")


def test_s4_the_transfer_does_not_wait_for_what_is_missing(cast, country):
    person = cast.member.account
    marks(opens_papers(cast.class1_admin, person.name), {"入团志愿书": ("缺", "")})
    student = here(person).follows("关系转接").follows("办理转入")
    picks(student, country.shandong, country.zibo, country.company, country.workshop)
    student.fills("转接原因", "其他").presses("发起转接").sees("已发起")
    agrees(cast.class1_admin, person.name)
    agrees(cast.workshop_admin, person.name, "同意转入").sees("转接已完成")


# -- S5: a lost 团员证 -----------------------------------------------------------------------------------


def loses_the_card(head: Visitor) -> Visitor:
    """The other four are there, the 团员证 is not."""
    there = dict.fromkeys(PAPERS[:4], ("有", "学籍档案"))
    return marks(head, {**there, "团员证": ("缺", "")})


def test_s5_a_lost_card_goes_on_the_colleges_list_and_the_university_reissues_in_one_go(cast):
    person = cast.member.account
    loses_the_card(opens_papers(cast.class1_admin, person.name))
    college = here(cast.college_admin).follows("团员档案").follows("补办团员证")
    college.sees(person.name, "石河子大学医学院团委", "待汇总", "补办名单由最上一级的团委汇总")
    assert college.offers("汇总 1 人") is False

    university = here(cast.university_admin).follows("团员档案").follows("补办团员证")
    university.sees("有 1 人等待汇总").presses("汇总 1 人").sees("已汇总 1 人")
    raw = university.presses("导出名单").response.content
    assert person.name in {cell.value for row in load_workbook(io.BytesIO(raw)).active for cell in row}
    university.follows("团员档案").follows("补办团员证")
    university.fills("补办日期", TODAY).presses("登记补办 1 人").sees("已登记补办 1 人的团员证")

    own = here(person).follows("操作中心").sees("您的团员证已补办，请到学院团委领取。")
    assert sheet_of(own.follows("我的团员档案"))["团员证"] == ["有", "学院团委", TODAY]


def test_s5_only_who_has_the_other_papers_is_on_the_list_and_who_finds_it_comes_off(cast):
    person = cast.member.account
    head = opens_papers(cast.class1_admin, person.name)
    marks(head, {"团员证": ("缺", "")})
    here(cast.college_admin).follows("团员档案").follows("补办团员证").sees_not(person.name)
    loses_the_card(head)
    here(cast.college_admin).follows("团员档案").follows("补办团员证").sees(person.name)
    marks(head, {"团员证": ("有", "本人携带")})
    here(cast.college_admin).follows("团员档案").follows("补办团员证").sees_not(person.name)


def test_s5_certified_papers_count_as_there(cast):
    head = opens_papers(cast.class1_admin, cast.member.account.name)
    certifies(head, "2020-05", "202037000001")
    loses_the_card(head)
    marks(head, {"入团志愿书": ("已出具证明", "")})
    here(cast.college_admin).follows("团员档案").follows("补办团员证").sees(cast.member.account.name)


def test_s5_it_does_not_block_the_transfer(cast, country):
    person = cast.member.account
    loses_the_card(opens_papers(cast.class1_admin, person.name))
    student = here(person).follows("关系转接").follows("办理转入")
    picks(student, country.corps, country.university, country.college, country.class2)
    student.fills("转接原因", "支部调整").presses("发起转接").sees("已发起")
    agrees(cast.college_admin, person.name, "同意并立即转入").sees("转接已完成")
