"""At the door, as users walk it: M1, M2, M3, M4, M7, Q1, Q2, Q3."""

from datetime import date

import pytest

from orgs import scope
from regcodes import codes
from tests import makers
from tests.makers import PASSWORD, number_of
from tests.zhtj.test_browsers import CAN, CANNOT

from .registering import fills_in, picks, types_code
from .visitor import Visitor

pytestmark = pytest.mark.django_db
CLASS = "新疆生产建设兵团石河子大学石河子大学医学院2019级新生临时团支部"
ENDING_IN_X = next(
    each for each in map(number_of, [date(2006, 5, 1 + day) for day in range(30)] * 9) if each[-1] == "X"
)
WRONG = "身份证或密码错误"


@pytest.fixture
def at_personal_data(country, cast):
    """`at_personal_data()`: somebody before the last step of 管理员注册 in a branch."""
    code = codes.issue(country.freshmen, actor=scope.scope_of(cast.college_admin)).code
    return lambda: types_code(picks(Visitor(), CLASS), code)


def area(visitor):
    """Which part of the product the bar names."""
    return visitor.page.select_one(".bar-area").get_text()


def alert(visitor):
    """The message above the form of the sign-in page."""
    return "".join(visitor.page.select_one(".note-error").get_text().split()).partition("怎样办：")[0]


# -- M1, Q1: browser and address -------------------------------------------------------------------


def test_m1_chrome_edge_360_qq_firefox_and_safari_open_the_product():
    for name, agent in CAN.items():
        visitor = Visitor()
        visitor.client.defaults["HTTP_USER_AGENT"] = agent
        assert (name, visitor.opens("/").heading) == (name, "登录")
        assert visitor.page.select_one("meta[name=renderer]")["content"] == "webkit"  # 极速模式 by itself


def test_m1_internet_explorer_reads_which_browsers_can():
    for agent in CANNOT.values():
        visitor = Visitor()
        visitor.client.defaults["HTTP_USER_AGENT"] = agent
        assert visitor.opens("/").heading == "请换一个浏览器"
        visitor.sees("Chrome、Edge，86 版以上", "极速模式", "Firefox，78 版以上", "Safari，14 版以上")
        visitor.sees("选择“极速模式”").follows("帮助：用什么浏览器")
        assert (visitor.heading, visitor.page.select("main script")) == ("用什么浏览器", [])


def test_q1_the_root_address_leads_to_the_sign_in_page():
    visitor = Visitor().opens("/")
    assert (visitor.path.partition("?")[0], visitor.heading) == ("/login/", "登录")


def test_q1_an_address_inside_goes_on_after_signing_in(cast):
    visitor = Visitor().opens("/settings/password/")
    assert visitor.heading == "登录"
    visitor.fills("身份证号码", cast.member.account.id_number).fills("密码", PASSWORD)
    assert visitor.answers_the_captcha().presses("登录").heading == "修改密码"


# -- M2, Q2: signing in ----------------------------------------------------------------------------


def test_m2_number_password_and_captcha_open_the_personal_centre(cast):
    visitor = Visitor().opens("/")
    visitor.fills("身份证号码", cast.member.account.id_number).fills("密码", PASSWORD)
    visitor.answers_the_captcha().presses("登录")
    assert (visitor.heading, area(visitor)) == ("古丽努尔·买买提江", "个人中心")


def test_m2_the_captcha_is_asked_from_the_first_time_on_and_each_serves_once(cast):
    visitor = Visitor().opens("/").fills("身份证号码", cast.member.account.id_number).fills("密码", PASSWORD)
    visitor.fills("验证码", "99").presses("登录").sees("验证码不对或已过期，请按新的算式填写")
    assert (visitor.value("身份证号码"), visitor.value("密码")) == (cast.member.account.id_number, "")
    visitor.fills("密码", PASSWORD).answers_the_captcha().presses("登录")
    assert area(visitor) == "个人中心"


def test_m2_who_cannot_read_the_picture_reads_the_sum_in_words(cast):
    assert Visitor().opens("/").follows("看不清？文字题").heading.endswith("等于多少？")


def test_q2_a_small_x_and_blanks_do_not_matter(country):
    makers.make_member(country.class1, "艾克斯", number=ENDING_IN_X)
    typed = f" {ENDING_IN_X[:6]} {ENDING_IN_X[6:].lower()}"
    assert area(Visitor().signs_in(typed)) == "个人中心"


def test_q2_an_administrator_finds_both_areas(cast):
    visitor = Visitor().signs_in(cast.college_admin)
    assert (visitor.heading, area(visitor), area(visitor.follows("个人中心"))) == (
        "管理员首页",
        "管理中心",
        "个人中心",
    )


def test_q2_after_half_an_hour_one_signs_in_again_and_what_was_typed_goes_on(cast, clock):
    visitor = Visitor().signs_in(cast.member.account).follows("我的资料").follows("修改资料")
    visitor.fills("学历", "硕士（在读）")
    clock(minutes=31)
    visitor.presses("提交修改申请").sees("您的登录已超时，请重新登录。", "您刚才填写的内容已保留")
    visitor.fills("身份证号码", cast.member.account.id_number).fills("密码", PASSWORD)
    visitor.answers_the_captcha().presses("登录").presses("继续提交").sees("硕士（在读）")


# -- M3, Q3: when it fails -------------------------------------------------------------------------


def test_m3_one_message_names_the_three_causes_whatever_was_wrong(country, cast):
    number, never = (
        cast.classmate.account.id_number,
        makers.make_member(country.class1, "没登过", password=None),
    )
    typo = number[:-2] + str((int(number[-2]) + 1) % 10) + number[-1]
    tries = [
        (number_of(), PASSWORD),  # not registered
        (typo, PASSWORD),  # a wrong ID that nobody can have
        (cast.worker.account.id_number, "Bie-ren8-mi"),  # a wrong ID that is somebody else's
        (number, "Wang-ji9-le"),  # a wrong password
        (never.account.id_number, "Wang-ji9-le"),  # an account that was never used
    ]
    said = {alert(Visitor().signs_in(*each)) for each in tries}
    assert said == {f"{WRONG}常见原因：身份证号码未在系统中登记、号码填写有误、密码填写有误，请逐项核对。"}


def test_q3_the_help_beside_the_message_says_what_to_do():
    visitor = Visitor().signs_in(number_of(), PASSWORD).sees(WRONG)
    assert visitor.follows("登录失败怎么办").sees("没有登记", "身份证号码填错了", "密码填错了").status == 200


def test_q3_five_failures_wait_alike_for_every_number_but_not_on_a_known_device(cast, clock):
    number, stranger, own = (
        cast.member.account.id_number,
        number_of(),
        Visitor().signs_in(cast.member.account),
    )
    own.presses("退出登录")
    visitor, said = Visitor(), set()
    for each in (number, stranger):
        for _ in range(5):
            assert WRONG in alert(visitor.signs_in(each, "Wang-ji9-le"))
        said.add(alert(visitor.signs_in(each)))  # the right password waits as well
    assert said == {
        "这个身份证号码登录失败次数过多，请在09:15之后再试。忘记密码的，可以用重置密码验证码设新密码，不用等待。"
    }
    assert area(own.signs_in(number)) == "个人中心"
    clock(minutes=15)
    assert area(visitor.signs_in(number)) == "个人中心"


def test_q3_an_address_waits_only_when_very_many_numbers_failed_there(cast, clock, settings):
    settings.ADDRESS_IDS = 2
    for _ in range(3):
        assert WRONG in alert(Visitor().signs_in(number_of()))
    assert alert(Visitor().signs_in(cast.member.account)).startswith(
        "您所在的网络登录失败次数过多，请在09:11之后再试。"
    )
    clock(minutes=11)
    assert area(Visitor().signs_in(cast.member.account)) == "个人中心"


# -- M4: registering -------------------------------------------------------------------------------


def test_m4_the_registration_page_offers_three_kinds(db):
    for words in ("共青团员注册", "团干部注册", "管理员注册"):
        visitor = Visitor().opens("/").follows("注册").follows(words)
        assert (visitor.status, visitor.heading) == (200, words)


def test_m4_whoever_an_administrator_entered_just_signs_in(country, cast):
    secretary, number = Visitor().signs_in(cast.class1_admin).follows("添加团员"), number_of()
    secretary.fills("姓名", "新来的").fills("身份证号码", number).fills("手机号码", "13800000009")
    secretary.fills("民族", "汉族").chooses("共青团员").fills("学历", "本科（在读）").fills(
        "入团年月", "2020-05"
    )
    secretary.fills("发展团员编号", "202065990001").presses("添加团员").sees(
        "已添加新来的，初始密码是身份证号码后八位。"
    )
    visitor = Visitor().opens("/").follows("注册").sees("管理员已经录入的人不用注册").follows("去登录")
    visitor.fills("身份证号码", number).fills("密码", number[-8:]).answers_the_captcha().presses("登录")
    visitor.fills("姓名", "新来的").fills("新密码", PASSWORD).fills("再次填写新密码", PASSWORD)
    assert area(visitor.presses("设置密码并登录")) == "个人中心"


def test_m4_whoever_has_a_membership_is_told_instead_of_registered_twice(cast):
    visitor = Visitor().signs_in(cast.member.account).opens("/register/member/")
    visitor.sees("身份证已注册", "申请组织关系转接")


# -- M7: personal data -----------------------------------------------------------------------------


def test_m7_thirteen_years_and_twelve_before_september_2016_by_month(at_personal_data):
    visitor = at_personal_data()
    cases = [
        (date(2006, 5, 31), "2019-04", "应满13周岁"),
        (date(2006, 5, 31), "2019-05", ""),  # the birth month counts as reached
        (date(2004, 8, 31), "2016-07", "应满12周岁"),
        (date(2004, 8, 31), "2016-08", ""),
        (date(2004, 8, 1), "2016-09", "应满13周岁"),
        (date(2003, 9, 30), "2016-09", ""),
        (date(1960, 3, 1), "1976-05", ""),  # there is no upper limit
    ]
    for born, joined, said in cases:
        fills_in(visitor, number_of(born), 学历="", 入团年月=joined, 发展团员编号=f"{joined[:4]}65990001")
        visitor.presses("完成注册").sees("请选择学历")
        assert (born, joined, "应满" in visitor.text, said in visitor.text) == (
            born,
            joined,
            bool(said),
            True,
        )


def test_m7_a_weak_password_is_refused_with_the_rules_and_a_good_one_taken(at_personal_data):
    visitor = at_personal_data().sees("8至32个字符", "大写字母、小写字母、数字、符号中至少三类")
    fills_in(visitor, number_of(), 登录密码="tuanyuan", 再次填写密码="tuanyuan").presses("完成注册")
    visitor.sees("密码没有达到要求“大写字母、小写字母、数字、符号中至少三类”，请换一个密码")
    assert [each.find(string=True) for each in visitor.page.select("[data-password-rules] .is-bad")] == [
        "大写字母、小写字母、数字、符号中至少三类"
    ]
    visitor.fills("登录密码", PASSWORD).fills("再次填写密码", PASSWORD).presses("完成注册")
    assert visitor.heading == "管理员首页"


def test_m7_whoever_is_sixty_registers_too(at_personal_data):
    visitor = fills_in(at_personal_data(), number_of(date(1966, 3, 1)), 入团年月="1981-05", 发展团员编号="")
    assert visitor.presses("完成注册").heading == "管理员首页"


def test_m7_a_branch_asks_for_all_that_a_member_must_have(at_personal_data):
    visitor = at_personal_data().presses("完成注册")
    for label in ("姓名", "身份证号码", "手机号码"):
        visitor.sees(f"请填写{label}")
    for label in (
        "民族",
        "政治面貌",
        "学历",
        "入团年月",
        "任现职年月",
        "团干部性质",
        "是否同级党委（支部）成员",
    ):
        visitor.sees(f"请选择{label}")
