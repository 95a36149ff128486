"""Administrators: two and no third, persons already registered, changes (Q21–Q24)."""

from __future__ import annotations

import pytest

from members.models import Member
from orgs.enums import Category
from orgs.models import Organization, Seat
from tests import makers
from tests.answers.people import OFFICE, agrees, gives, here, picks
from tests.answers.registering import fills_in, issues, types_code
from tests.answers.registering import picks as chooses_organization
from tests.answers.visitor import Visitor

pytestmark = pytest.mark.django_db


def office(visitor: Visitor, title: str) -> Visitor:
    """A post with its particulars."""
    return gives(visitor, {"团内职务": title, **OFFICE})


def administrators(organization: Organization) -> list[str]:
    """Who sits, in the order of the seats."""
    seats = Seat.objects.filter(organization=organization).order_by("number")
    return list(seats.values_list("post__account__name", flat=True))


def branch_of(account) -> Organization:
    return Member.objects.get(account=account).branch


def cadre(branch: Organization, name: str, title: str = "副书记"):
    """A member of the branch with a post."""
    account = makers.make_member(branch, name).account
    makers.make_post(account, branch, title)
    return account


def decides(account, about: str, words: str = "同意") -> Visitor:
    """An administrator opens what waits in 操作中心 and answers."""
    return here(account).follows("操作中心").follows(about).presses(words)


def answers(account, words: str = "同意") -> Visitor:
    """A person opens what waits on the own page and answers."""
    visitor = here(account).opens("/me/inbox/")
    (waiting,) = visitor.page.select("ul.next a[href]")
    return visitor.opens(waiting["href"]).presses(words)


def appoints(head: Visitor, member: Member, title: str) -> Visitor:
    """登记职务 of a member, from 团干部列表."""
    head.follows("团干部列表").follows("添加团干部").fills("本团支部的团员", str(member.pk))
    return office(head, title).presses("登记职务").sees(f"{member.account.name}已登记为")


def adds(visitor: Visitor, who: str, words: str) -> Visitor:
    """添加管理员 among the cadres, from the page of seats."""
    return visitor.follows("添加管理员").chooses(who).presses(words)


# -- Q21: two, a third refused --------------------------------------------------------------------------


def test_q21_a_second_is_added_among_the_cadres_and_a_third_is_refused(cast, country):
    for name, title in (("班副书", "副书记"), ("班组织", "组织委员")):
        cadre(country.class1, name, title)
    head = here(cast.class1_admin).follows("管理员变更").sees("最多两名管理员", "还可以有一名管理员")
    adds(head, "班副书（副书记）", "发出申请").sees("申请已发出。办结之前管理员不变。")
    assert administrators(country.class1) == ["班一丽"]
    decides(cast.college_admin, "2023级1班团支部")
    assert administrators(country.class1) == ["班一丽", "班副书"]

    head.follows("管理员变更").sees("班一丽", "班副书")
    assert head.offers("添加管理员") is False
    head.opens(f"/seats/{country.class1.pk}/add/")
    head.sees("“2023级1班团支部”已有两名管理员", "请选择由新的管理员接替其中一人")
    assert administrators(country.class1) == ["班一丽", "班副书"]


def test_q21_by_code_too_there_is_no_third(cast, country):
    college = here(cast.college_admin)
    code = issues(college, "2023级1班团支部")
    page = types_code(chooses_organization(Visitor(), country.class1.full_name, "副书记"), code)
    fills_in(page, makers.number_of()).presses("完成注册").sees("注册完成")
    assert len(administrators(country.class1)) == 2
    college.follows("下级组织管理").opens(f"/codes/{country.class1.pk}/").sees("已有两名管理员")
    assert college.offers("分配注册码") is False


def test_q21_an_addition_that_waited_is_refused_once_both_seats_are_taken(cast, country):
    cadre(country.class1, "班副书")
    cadre(country.class1, "班组织", "组织委员")
    head = here(cast.class1_admin).follows("管理员变更")
    adds(head, "班副书（副书记）", "发出申请")
    college = here(cast.college_admin).opens(f"/seats/{country.class1.pk}/")
    college.sees("有一项管理员变更正在办理")
    assert college.offers("添加管理员") is False
    college.opens(f"/seats/{country.class1.pk}/add/").chooses("班组织（组织委员）").presses("确认变更")
    college.opens(head.path).presses("同意").sees("已有两名管理员")
    assert administrators(country.class1) == ["班一丽", "班组织"]


# -- Q22, Q23: designated, and registered already --------------------------------------------------------


def test_q22_nobody_registers_twice_and_the_page_says_what_to_do_instead(cast, country):
    """With a code in hand: a cadre, a member, and a member of another branch hear three different ways on."""
    deputy = cadre(country.class1, "班副书")
    code = issues(here(cast.college_admin), "2023级1班团支部")
    for account, said in (
        (deputy, "您已是“2023级1班团支部”的团干部"),
        (cast.classmate.account, "您已是本团支部的团员"),
        (cast.worker.account, "您的团籍在其他团支部。请先把组织关系转接到本团支部"),
    ):
        page = types_code(chooses_organization(Visitor(), country.class1.full_name), code)
        fills_in(page, account.id_number, 姓名=account.name).presses("完成注册")
        page.sees("身份证已注册", said)
    assert administrators(country.class1) == ["班一丽"]


def test_q22_for_a_committee_the_page_names_the_invitation(cast, country):
    code = issues(here(cast.university_admin), "石河子大学医学院团委")
    page = types_code(chooses_organization(Visitor(), country.college.full_name), code)
    person = cast.member.account
    fills_in(page, person.id_number, 姓名=person.name, league=False).presses("完成注册")
    page.sees("身份证已注册", "不需要转出。请由“石河子大学医学院团委”的管理员邀请您担任职务")


def test_q23_in_the_organisation_as_cadre(cast, country):
    """→ 管理员变更."""
    cadre(country.class1, "班副书")
    adds(here(cast.class1_admin).follows("管理员变更"), "班副书（副书记）", "发出申请")
    decides(cast.college_admin, "2023级1班团支部")
    assert administrators(country.class1) == ["班一丽", "班副书"]


def test_q23_as_plain_member_of_the_branch(cast, country):
    """→ a post, then 管理员变更; before the post there is nobody to choose."""
    head = here(cast.class1_admin).follows("管理员变更").follows("添加管理员").sees("没有可以选择的团干部")
    head.follows("从本团支部的团员中任命").fills("本团支部的团员", str(cast.member.pk))
    office(head, "宣传委员").presses("登记职务")
    adds(head.follows("管理员变更"), f"{cast.member.account.name}（宣传委员）", "发出申请")
    decides(cast.college_admin, "2023级1班团支部")
    assert administrators(country.class1) == ["班一丽", cast.member.account.name]


def test_q23_elsewhere_for_a_branch(cast, country):
    """→ the transfer, a post, 管理员变更; a branch invites nobody."""
    person = cast.worker.account
    head = here(cast.class1_admin)
    head.opens(f"/cadres/of/{country.class1.pk}/invite/").sees(
        "团支部不能邀请已注册的人员，请办理组织关系转接"
    )
    moving = here(person).follows("关系转接").follows("办理转入")
    picks(moving, country.corps, country.university, country.college, country.class1)
    moving.fills("转接原因", "工作调动").presses("发起转接")
    agrees(cast.workshop_admin, person.name)
    agrees(cast.class1_admin, person.name, "同意转入").sees("转接已完成")
    appoints(head.opens("/"), Member.objects.get(account=person), "副书记")
    adds(head.follows("管理员变更"), "孔令工（副书记）", "发出申请")
    decides(cast.college_admin, "2023级1班团支部")
    assert administrators(country.class1) == ["班一丽", "孔令工"]


def invites(visitor: Visitor, account, title: str) -> Visitor:
    """姓名 and ID, then the post."""
    visitor.fills("姓名", account.name).fills("身份证号码", account.id_number).presses("查找")
    return office(visitor, title).presses("发出邀请").sees(f"邀请已发出，等{account.name}在操作中心答复。")


def test_q23_elsewhere_for_a_committee_with_an_administrator(cast, country):
    """→ 邀请 by the own administrator, accepted in 操作中心, then 管理员变更; the 团籍 stays."""
    person = cast.worker.account
    college = here(cast.college_admin).follows("团干部列表").follows("邀请已注册的人")
    invites(college, person, "副书记")
    assert administrators(country.college) == ["易学园"]
    answers(person)
    assert administrators(country.college) == ["易学园"]
    adds(college.follows("管理员变更"), "孔令工（副书记）", "发出申请")
    decides(cast.university_admin, "石河子大学医学院团委")
    assert administrators(country.college) == ["易学园", "孔令工"]
    assert branch_of(person) == country.workshop


@pytest.mark.parametrize(
    ("category", "short_name"),
    [
        (Category.COMMITTEE, "石河子大学文学院团委"),
        pytest.param(Category.WORK_COMMITTEE, "石河子大学后勤团工委", marks=pytest.mark.prove),
        pytest.param(Category.GENERAL_BRANCH, "研究生团总支", marks=pytest.mark.prove),
    ],
)
def test_q23_while_it_has_none_the_direct_superior_invites_and_acceptance_brings_the_seat(
    cast, country, category, short_name
):
    new = makers.make_org(country.university, short_name, category)
    university = here(cast.university_admin).follows("下级组织管理").follows(short_name)
    invites(university.follows("邀请"), cast.worker.account, "副书记")
    answers(cast.worker.account)
    assert administrators(new) == ["孔令工"]
    assert branch_of(cast.worker.account) == country.workshop
    here(cast.worker.account).sees(short_name)


def test_q23_for_a_leading_body_alike(cast, country):
    county = makers.make_org(country.zibo, "团邹平县委", Category.LEADING_BODY)
    zibo = here(cast.zibo_admin).follows("下级组织管理").follows("团邹平县委")
    invites(zibo.follows("邀请"), cast.member.account, "副书记")
    answers(cast.member.account)
    assert administrators(county) == [cast.member.account.name]
    assert branch_of(cast.member.account) == country.class1


def test_q23_the_superior_invites_only_while_there_is_no_administrator(cast, country):
    university = here(cast.university_admin).follows("下级组织管理").follows("石河子大学医学院团委")
    assert university.offers("邀请") is False
    university.opens(f"/cadres/of/{country.college.pk}/invite/").sees("邀请由本组织的管理员办理")
    assert university.status == 403


def test_q23_name_and_number_must_both_agree(cast):
    college = here(cast.college_admin).follows("团干部列表").follows("邀请已注册的人")
    college.fills("姓名", "孔令功").fills("身份证号码", cast.worker.account.id_number).presses("查找")
    college.sees("没有找到姓名和身份证号码都相符的账号")


def test_q23_whoever_is_invited_may_say_no(cast, country):
    college = here(cast.college_admin).follows("团干部列表").follows("邀请已注册的人")
    invites(college, cast.worker.account, "副书记")
    visitor = here(cast.worker.account).opens("/me/inbox/")
    visitor.follows("加入邀请").fills("退回原因", "没有时间").presses("退回")
    college.opens(college.path).sees("已退回", "没有时间")
    assert administrators(country.college) == ["易学园"]


# -- Q24: changing ---------------------------------------------------------------------------------------


def test_q24_in_the_own_organisation_the_superior_approves(cast, country):
    cadre(country.class1, "班副书")
    makers.seating.take_seat(
        makers.make_post(cast.classmate.account, country.class1, "组织委员"), actor=makers.SYSTEM
    )
    head = here(cast.class1_admin).follows("管理员变更").follows("变更：欧阳小明")
    head.sees("交接清单").chooses("班副书（副书记）").presses("发出申请")
    head.sees("申请已发出。办结之前管理员不变。")
    assert administrators(country.class1) == ["班一丽", "欧阳小明"]
    decides(cast.college_admin, "2023级1班团支部")
    assert administrators(country.class1) == ["班一丽", "班副书"]
    here(cast.classmate.account).sees_not("管理员首页")


def test_q24_sent_back_nothing_changes(cast, country):
    cadre(country.class1, "班副书")
    head = here(cast.class1_admin).follows("管理员变更")
    adds(head, "班副书（副书记）", "发出申请")
    college = here(cast.college_admin).opens(head.path).fills("退回原因", "请先开会选举").presses("退回")
    assert college.status == 200
    head.opens(head.path).sees("已退回", "请先开会选举")
    assert administrators(country.class1) == ["班一丽"]


def test_q24_of_a_direct_subordinate_at_once(cast, country):
    cadre(country.class1, "班副书")
    college = here(cast.college_admin).follows("下级组织管理").follows("查看2023级1班团支部")
    college.follows("管理员变更").follows("变更：班一丽").chooses("班副书（副书记）").presses("确认变更")
    college.sees("“2023级1班团支部”的管理员已变更，马上生效。", "交接清单")
    assert administrators(country.class1) == ["班副书"]


def test_q24_whoever_stands_higher_is_not_asked_and_not_offered_it(cast, country):
    university = here(cast.university_admin).opens(f"/orgs/{country.class1.pk}/")
    assert university.page.select(f"main a[href='/seats/{country.class1.pk}/']") == []
    university.opens(f"/seats/{country.class1.pk}/").sees("管理员由本组织或其直接上级变更")
    assert university.offers("添加管理员") is False


def test_q24_handing_over_the_own_seat_asks_the_successor_first(cast, country):
    deputy = cadre(country.class1, "班副书")
    head = here(cast.class1_admin).follows("管理员变更").follows("移交或卸任")
    head.chooses("班副书（副书记）")
    confirmed(head).presses("发出申请").sees("申请已发出")
    answers(deputy)
    assert administrators(country.class1) == ["班一丽"]
    decides(cast.college_admin, "2023级1班团支部")
    assert administrators(country.class1) == ["班副书"]


def confirmed(visitor: Visitor) -> Visitor:
    """The own password, where it is asked for."""
    return visitor.fills("登录密码", makers.PASSWORD) if visitor.page.select("#id_password") else visitor


def test_q24_the_last_one_finds_a_successor_or_the_superior_decides(cast, country):
    cadre(country.class1, "班副书")
    head = here(cast.class1_admin).follows("管理员变更").follows("移交或卸任")
    head.sees_not("不指定接替的人，席位空出")
    college = here(cast.college_admin).opens(f"/seats/{country.class1.pk}/").follows("变更：班一丽")
    college.chooses("不指定接替的人，席位空出").presses("确认变更").sees("管理员已变更")
    assert administrators(country.class1) == []
    # The superior then acts for it, and the branch's people see who does.
    college.opens(f"/members/{cast.member.pk}/edit/").fills("QQ", "10001").presses("保存").sees("已修改")
    here(cast.member.account).sees("2023级1班团支部的事项")


def test_q24_the_last_member_of_a_branch_and_a_branch_of_graduates_need_no_successor(cast, country):
    alone = makers.make_org(country.college, "2023级3班团支部")
    graduates = makers.make_org(country.college, "2022级1班团支部", Category.GRADUATE_BRANCH)
    makers.make_member(graduates, "毕业生甲")
    for organization, name in ((alone, "独一人"), (graduates, "毕业班长")):
        head = here(makers.make_admin(organization, name)).follows("管理员变更").follows("移交或卸任")
        head.chooses("不指定接替的人，席位空出")
        confirmed(head).presses("发出申请").sees("申请已发出")
        decides(cast.college_admin, organization.short_name)
        assert administrators(organization) == []
