"""How one comes to belong somewhere: the five ways in, leading bodies and committees (Q4, Q25, Q40, Q41)."""

from __future__ import annotations

from datetime import date

import pytest

from members.models import Member
from orgs.enums import Category
from tests import makers
from tests.answers.importing import imports, listed
from tests.answers.importing import person as row_of
from tests.answers.people import OFFICE, PERSON, arrives, gives, here, picks
from tests.answers.registering import fills_in, issues, types_code
from tests.answers.registering import picks as chooses_organization
from tests.answers.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def number() -> str:
    """Of somebody the system does not know yet."""
    return makers.number_of()


def registers(organization, code: str, number: str, title: str, **facts) -> Visitor:
    """管理员注册, the whole way."""
    page = types_code(chooses_organization(Visitor(), organization.full_name, title), code)
    return fills_in(page, number, **facts).presses("完成注册")


# -- Q4: five ways, each ending with an account and a place -----------------------------------------------


def test_q4_one_as_administrator_by_code(cast, country, number):
    code = issues(here(cast.college_admin), "2019级新生临时团支部")
    new = registers(country.freshmen, code, number, "书记", 姓名="新管理")
    new.sees(f"注册完成。您现在是“{country.freshmen.full_name}”的管理员。")
    new.follows("个人中心").sees(country.freshmen.full_name)
    assert new.heading == "新管理"


@pytest.mark.parametrize(
    ("kind", "title"), [("共青团员注册", ""), ("团干部注册", "宣传委员")], ids=["member", "cadre"]
)
def test_q4_two_by_applying_and_the_account_begins_with_the_approval(cast, country, number, kind, title):
    new = Visitor().opens("/").follows("注册").follows(kind)
    picks(new, country.corps, country.university, country.college, country.class1)
    gives(new, {"姓名": "申请人", "身份证号码": number, **PERSON, "团内职务": title, **OFFICE})
    new.chooses("我同意提交；未满14周岁的，已取得监护人同意").answers_the_captcha().presses("提交申请")
    new.sees("申请已提交", "受理号", country.class1.full_name)
    Visitor().signs_in(number, number[-8:]).sees("身份证或密码错误")

    head = here(cast.class1_admin).follows("注册申请").follows("申请人").presses("同意")
    assert head.status == 200
    person = arrives(number, "申请人").sees(country.class1.full_name)
    person.follows("我的资料").sees(title or "申请人")


def test_q4_three_entered_by_an_administrator(cast, country, number):
    head = here(cast.class1_admin).follows("添加团员")
    gives(head, {"姓名": "赵新生", "身份证号码": number, **PERSON}).presses("添加团员").sees("已添加赵新生")
    arrives(number, "赵新生").sees(country.class1.full_name)


def test_q4_four_imported(cast, country, number):
    imports(here(cast.class1_admin), listed(row_of("钱新生", 身份证号码=number)), 1)
    arrives(number, "钱新生").sees(country.class1.full_name)


def test_q4_five_registered_as_secretary_with_the_information(cast, country, number):
    head = here(cast.class1_admin).follows("组织信息").follows("完善信息")
    head.fills("书记姓名", "孙书记").fills("书记身份证号码", number).fills("书记手机号码", "13800138000")
    head.fills("所属行业类别", "教育").presses("保存")
    person = arrives(number, "孙书记")
    person.follows("我的资料").sees(country.class1.full_name, "书记")


def test_q4_nobody_with_a_membership_comes_in_twice_and_an_account_without_one_gets_it(cast, country):
    head = here(cast.class1_admin).follows("添加团员")
    worker = cast.worker.account
    gives(head, {"姓名": worker.name, "身份证号码": worker.id_number, **PERSON}).presses("添加团员")
    head.sees("身份证已注册：团籍在另一个团支部，请办理组织关系转接")
    assert head.offers("办理转入") is True
    head.follows("添加团员")
    known = cast.outsider
    gives(head, {"姓名": known.name, "身份证号码": known.id_number, **PERSON}).presses("添加团员")
    head.sees(f"已添加{known.name}")
    Visitor().signs_in(known).sees(country.class1.full_name)  # with the password of before


# -- Q25: the 团籍 of a leading body's administrators ------------------------------------------------------


def test_q25_there_is_none_in_the_leading_body(cast, country, number):
    county = makers.make_org(country.zibo, "团邹平县委", Category.LEADING_BODY)
    code = issues(here(cast.zibo_admin), "团邹平县委")
    new = registers(county, code, number, "书记", 姓名="县书记", league=False, 政治面貌="中共党员")
    new.sees("注册完成").follows("团员列表").sees("还没有团员")
    new.follows("个人中心").sees("团干部，没有团籍")
    here(cast.zibo_admin).follows("团员列表").sees_not("县书记", "齐淄博")


def test_q25_and_gets_one_by_joining_a_branch(cast, country):
    zibo = cast.zibo_admin
    head = here(cast.workshop_admin).follows("添加团员")
    gives(head, {"姓名": zibo.name, "身份证号码": zibo.id_number, **PERSON}).presses("添加团员")
    head.sees("已添加齐淄博")
    own = Visitor().signs_in(zibo)  # account and password are what they were
    own.follows("个人中心").sees(country.workshop.full_name).follows("我的资料").sees("团淄博市委", "书记")
    own.follows("管理中心").follows("管理员变更").sees("齐淄博")


def test_q25_beyond_28_a_post_keeps_the_way_into_a_branch_open(cast, country):
    elder = makers.make_admin(
        country.shandong, "鲁省委", number=makers.number_of(date(1990, 4, 4)), political_status="中共党员"
    )
    head = here(cast.workshop_admin).follows("添加团员")
    facts = {**PERSON, "政治面貌": "中共党员", "入团年月": "2004-05", "发展团员编号": ""}
    gives(head, {"姓名": "鲁省委", "身份证号码": elder.id_number, **facts}).presses("添加团员").sees(
        "已添加鲁省委"
    )
    assert Member.objects.get(account=elder).branch == country.workshop


# -- Q40, Q41: joining a leading body, a committee ---------------------------------------------------------


def enters_cadre(account, number: str, **changes: str) -> Visitor:
    """添加团干部 by the body's administrator."""
    head = here(account).follows("团干部列表").follows("添加团干部")
    facts = {"姓名": "周新人", "身份证号码": number, **PERSON, "团内职务": "副书记", **OFFICE, **changes}
    return gives(head, facts).presses("添加团干部")


def joins_by_invitation(account, person, *, title: str) -> Visitor:
    """Invited by the body's administrator; the person accepts in 操作中心."""
    head = here(account).follows("团干部列表").follows("邀请已注册的人")
    head.fills("姓名", person.name).fills("身份证号码", person.id_number).presses("查找")
    gives(head, {"团内职务": title, **OFFICE}).presses("发出邀请")
    own = here(person).follows("操作中心").follows("加入邀请")
    own.sees(title, "同意后您即担任这项职务，团籍留在原来的团支部。").presses("同意")
    return here(person).follows("我的资料")


def test_q40_somebody_new_is_entered_in_the_leading_body(cast, number):
    enters_cadre(cast.zibo_admin, number).sees("周新人已登记为团淄博市委副书记")
    arrives(number, "周新人").sees("没有团籍").follows("我的资料").sees("团淄博市委", "副书记")


def test_q40_or_registers_by_code_as_its_administrator(cast, country, number):
    county = makers.make_org(country.zibo, "团邹平县委", Category.LEADING_BODY)
    code = issues(here(cast.zibo_admin), "团邹平县委")
    registers(county, code, number, "副书记", league=False).sees("注册完成", "的管理员")


def test_q40_somebody_registered_is_invited_accepts_and_keeps_the_membership(cast, country):
    person = cast.member.account
    own = joins_by_invitation(cast.zibo_admin, person, title="干事")
    own.sees("团淄博市委", "干事", country.class1.full_name)
    assert Member.objects.get(account=person).branch == country.class1


def test_q41_somebody_new_is_entered_in_the_committee(cast, number):
    enters_cadre(cast.college_admin, number).sees("周新人已登记为石河子大学医学院团委副书记")
    arrives(number, "周新人").follows("我的资料").sees("石河子大学医学院团委", "副书记")


def test_q41_or_registers_by_code_as_its_administrator(cast, country, number):
    code = issues(here(cast.university_admin), "石河子大学医学院团委")
    registers(country.college, code, number, "副书记", league=False).sees("注册完成", "的管理员")


def test_q41_somebody_registered_cannot_be_entered_and_is_invited_instead(cast, country):
    person = cast.worker.account
    head = enters_cadre(cast.college_admin, person.id_number, 姓名=person.name)
    head.sees("身份证已注册：团籍在团支部，不需要转出；请邀请其担任职务")
    assert head.offers("邀请担任职务") is True
    own = joins_by_invitation(cast.college_admin, person, title="干事")
    own.sees("石河子大学医学院团委", "干事", country.workshop.full_name)
    assert Member.objects.get(account=person).branch == country.workshop
