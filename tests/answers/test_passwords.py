"""Passwords, as users walk them: Q9, Q10, Q11, Q28."""

from datetime import date

import pytest

from orgs import scope
from orgs.seating import take_seat
from regcodes import codes
from tests import makers
from tests.makers import PASSWORD, number_of

from .registering import picks, shown, types_code
from .visitor import Visitor

pytestmark = pytest.mark.django_db
NEW = "Xin-mi6-ma"
CLASS = "新疆生产建设兵团石河子大学石河子大学医学院2019级新生临时团支部"
ENDING_IN_X = next(each for each in map(number_of, [date(2006, 3, 1)] * 99) if each[-1] == "X")


@pytest.fixture
def newcomer(country):
    """Somebody just entered, whose ID ends in X."""
    return makers.make_member(
        country.class1, "Ali·买买提", password=None, number=ENDING_IN_X, phone="13815263748"
    )


def area(visitor):
    """Which part of the product the bar names."""
    return visitor.page.select_one(".bar-area").get_text()


def resets(administrator, name):
    """The key icon in 团员列表."""
    return shown(administrator.follows("团员列表").presses(f"重置密码：{name}"))


def uses(visitor, number, code, password=NEW):
    """忘记密码 with everything it asks."""
    visitor.opens("/").follows("忘记密码").fills("身份证号码", number).fills("重置密码验证码", code)
    visitor.fills("新密码", password).fills("再次填写新密码", password)
    return visitor.answers_the_captcha().presses("设置新密码并登录")


def changes(visitor, old, new, again=""):
    """修改密码 with everything it asks."""
    visitor.fills("原密码", old).fills("新密码", new).fills("再次填写新密码", again or new)
    return visitor.presses("修改密码")


def begins(visitor, name, password=NEW):
    """The page after the initial password."""
    visitor.fills("姓名", name).fills("新密码", password).fills("再次填写新密码", password)
    return visitor.presses("设置密码并登录")


# -- Q9: changing it -------------------------------------------------------------------------------


def test_q9_old_password_and_new_twice_under_system_settings(cast):
    account = cast.member.account
    visitor, elsewhere = Visitor().signs_in(account), Visitor().signs_in(account)
    headings = [each.get_text() for each in visitor.page.select(".side .menu-label")]
    assert "系统设置" in headings
    changes(visitor.follows("修改密码"), PASSWORD, NEW).sees("密码已修改。您在其他设备上的登录已经退出。")
    assert elsewhere.follows("个人首页").heading == "登录"
    elsewhere.signs_in(account).sees("身份证或密码错误")
    assert area(elsewhere.signs_in(account, NEW)) == "个人中心"


def test_q9_a_wrong_old_password_two_different_new_ones_and_the_same_again_are_refused(cast):
    visitor = Visitor().signs_in(cast.member.account).follows("修改密码")
    changes(visitor, "Wang-ji9-le", NEW).sees("原密码不对，请重新填写")
    changes(visitor, PASSWORD, NEW, f"{NEW}1").sees("两次填写的新密码不一样")
    changes(visitor, PASSWORD, PASSWORD).sees("密码没有达到要求“不是原来的密码”")


# -- Q10: forgotten --------------------------------------------------------------------------------


def test_q10_the_key_icon_gives_a_code_and_the_code_a_new_password_once(cast):
    account, secretary = cast.classmate.account, Visitor().signs_in(cast.class1_admin).follows("团员列表")
    assert secretary.page.select('button[formaction$="/reset-code/"] use[href$="#key"]') != []
    code = resets(secretary, "欧阳小明")
    secretary.sees("只显示这一次", "48小时，只能用一次")
    visitor = uses(Visitor(), account.id_number, code.lower()).sees("新密码已设置，您已登录")
    assert area(visitor) == "个人中心"
    assert area(Visitor().signs_in(account, NEW)) == "个人中心"
    uses(Visitor(), account.id_number, code, "Di-er8-ci").sees(
        "身份证号码或重置密码验证码错误", "已过期或已使用"
    )


def test_q10_the_last_moment_of_48_hours_works_and_the_next_does_not(cast, clock):
    secretary = Visitor().signs_in(cast.class1_admin)
    mine, late = resets(secretary, "欧阳小明"), resets(secretary, "古丽努尔·买买提江")
    clock(hours=47, minutes=59, seconds=59)
    uses(Visitor(), cast.classmate.account.id_number, mine).sees("新密码已设置，您已登录")
    clock(hours=48)
    uses(Visitor(), cast.member.account.id_number, late).sees("身份证号码或重置密码验证码错误")


def test_q10_a_new_code_replaces_the_old_one(cast):
    secretary = Visitor().signs_in(cast.class1_admin)
    old = resets(secretary, "欧阳小明")
    secretary.follows("团员列表").follows("重置密码：欧阳小明").sees("以前生成的验证码还有效，随即作废")
    new = shown(secretary.presses("生成验证码"))
    number = cast.classmate.account.id_number
    uses(Visitor(), cast.member.account.id_number, new).sees(
        "身份证号码或重置密码验证码错误"
    )  # one person's only
    uses(Visitor(), number, old).sees("身份证号码或重置密码验证码错误", "管理员又发了新的验证码")
    uses(Visitor(), number, new).sees("新密码已设置，您已登录")


def test_q10_the_direct_superior_gives_codes_too_and_for_many_at_once(cast):
    college = Visitor().signs_in(cast.college_admin).follows("团员列表")
    college.chooses("选择欧阳小明").chooses("选择古丽努尔·买买提江").presses("生成重置密码验证码")
    college.sees("为 2 人生成验证码").presses("生成 2 个验证码").sees("欧阳小明", "古丽努尔·买买提江")
    slip = college.page.find("section", attrs={"aria-label": "欧阳小明"}).select_one(".code-big").get_text()
    uses(Visitor(), cast.classmate.account.id_number, slip).sees("新密码已设置，您已登录")


def test_q10_a_cadre_gets_one_from_the_list_of_cadres(cast, country):
    makers.make_post(makers.make_account("齐干事"), country.college, "干事")
    college = Visitor().signs_in(cast.college_admin).follows("团干部列表").presses("重置密码：齐干事")
    assert len(shown(college).split()) == 2


def test_q10_neither_kind_of_code_does_for_the_other(cast, country):
    given = codes.issue(country.freshmen, actor=scope.scope_of(cast.college_admin)).code
    uses(Visitor(), cast.classmate.account.id_number, given).sees("身份证号码或重置密码验证码错误")
    code = resets(Visitor().signs_in(cast.class1_admin), "欧阳小明")
    types_code(picks(Visitor(), CLASS), code).sees("管理员注册码错误")


def test_q10_waiting_after_failures_never_blocks_a_right_code(cast, clock):
    number, code = cast.classmate.account.id_number, resets(Visitor().signs_in(cast.class1_admin), "欧阳小明")
    visitor = Visitor()
    for _ in range(5):
        visitor.signs_in(number, "Wang-ji9-le")
        uses(visitor, number, "ABCD2345")
    visitor.signs_in(number).sees("请在09:15之后再试", "不用等待")
    uses(visitor, number, "ABCD2345").sees("填错次数过多", "正确的验证码仍然有效")
    uses(visitor, number, code).sees("新密码已设置，您已登录")


def test_q10_whoever_manages_higher_up_is_reset_by_whoever_stands_above_every_seat(cast, country):
    person = makers.make_member(country.class1, "石副书")
    take_seat(makers.make_post(person.account, country.university, "副书记"), actor=makers.SYSTEM)
    secretary = Visitor().signs_in(cast.class1_admin).follows("团员列表")
    assert (secretary.offers("重置密码：石副书"), secretary.offers("重置密码：欧阳小明")) == (False, True)
    secretary.chooses("选择石副书").presses("生成重置密码验证码").sees("选中的人都不能由您生成验证码")
    secretary.sees("石河子大学团委")
    beside = Visitor().signs_in(cast.university_admin).follows("团干部列表").presses("重置密码：石副书")
    uses(Visitor(), person.account.id_number, shown(beside)).sees("新密码已设置")


# -- Q11: the rules --------------------------------------------------------------------------------

LENGTH, KINDS = "8至32个字符", "大写字母、小写字母、数字、符号中至少三类"
RUN = "没有四个相同或连续的字符（如1111、abcd、4321）"
OWN_NUMBER = number_of(date(2006, 5, 20), serial=832)
SIX, FIVE = OWN_NUMBER[6:12], OWN_NUMBER[6:11]
SIDES = [  # for each rule what just breaks it and what just keeps it
    (LENGTH, ["Kuai-l7", "Kuai-le7" * 4 + "A"], ["Kuai-le7", "Kuai-le7" * 4]),
    (KINDS, ["kuaileren7", "KUAILEREN7", "kuaile-ren", "Kuaileren"], ["Kuaileren7", "kuaile-7", "KUAILE-7", "Kuaile-ren"]),
    ("没有空格", ["Kuai le7-", "Kuai-le7 ", "Kuai\u3000le7"], ["Kuaile7-"]),
    (RUN, ["Kuai-1111", "Kuai-aAaA", "Kuai7abcd", "Kuai7aBcD", "Kuai-4321", "Kuai7----"], ["Kuai-111", "Kuai7abc", "Kuai-321", "Kuai-x7890"]),
    ("没有身份证号码中连续的六位", [f"Tuan-{SIX}"], [f"Tuan-{FIVE}x"]),
    ("不是常见密码", ["P@ssw0rd"], ["P@ssw0rt"]),
    ("只用英文字母、数字和半角符号", ["Kuai-le7团", "Kuai－le7A"], ["~!Kuaile7", "Kuaile{7}"]),
]  # fmt: skip


def test_q11_each_rule_stands_on_the_page_and_holds_on_both_sides(db):
    visitor = Visitor().opens("/").follows("忘记密码").sees(*(rule for rule, _, _ in SIDES))
    visitor.fills("身份证号码", OWN_NUMBER).fills("重置密码验证码", "ABCD2345")
    tries = [(each, [rule]) for rule, breaking, _ in SIDES for each in breaking]
    tries += [(each, []) for _, _, keeping in SIDES for each in keeping]
    for password, expected in tries:  # the captcha is left out: only the form is judged
        visitor.fills("新密码", password).fills("再次填写新密码", password).presses("设置新密码并登录")
        broken = [each.find(string=True) for each in visitor.page.select("[data-password-rules] .is-bad")]
        said = [rule for rule, _, _ in SIDES if f"密码没有达到要求“{rule}”，请换一个密码" in visitor.text]
        assert (password, broken, said) == (password, expected, expected)
        visitor.sees("请填写验证码")


def test_q11_nothing_of_the_phone_the_initial_or_the_previous_password(newcomer):
    number = newcomer.account.id_number
    first = Visitor().signs_in(number, number[-8:])
    begins(first, "Ali·买买提", number[-8:]).sees("密码没有达到要求", "不是初始密码")
    begins(first, "Ali·买买提", "Tuan-526374").sees("密码没有达到要求“没有手机号码中连续的六位”")
    assert area(begins(first, "Ali·买买提", "Tuan-52637x")) == "个人中心"
    again = first.follows("修改密码")
    changes(again, "Tuan-52637x", "Tuan-52637x").sees("密码没有达到要求“不是原来的密码”")
    changes(again, "Tuan-52637x", "Tuan-52637y").sees("密码已修改")


def test_q11_the_page_answers_while_one_types(cast):
    visitor = Visitor().signs_in(cast.member.account).follows("修改密码")
    assert visitor.page.select_one("[data-password-rules]")["data-check-url"] == "/password-check/"
    assert len(visitor.page.select("[data-password-rules] li")) == 10


# -- Q28: the initial one --------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [ENDING_IN_X[-8:], ENDING_IN_X[-8:].lower()], ids=["X", "x"])
def test_q28_the_last_eight_open_only_the_page_for_name_and_new_password(newcomer, typed):
    visitor = Visitor().signs_in(ENDING_IN_X, typed)
    assert visitor.heading == "首次登录：核对姓名，设置新密码"
    visitor.sees_not("Ali", "买买提", "2023级1班", ENDING_IN_X[:3])
    assert visitor.opens("/me/").heading == "登录"
    visitor.opens("/first/")
    assert area(begins(visitor, "ａＬＩ • 买买提")) == "个人中心"  # blanks, width, case, dot


def test_q28_it_works_until_it_is_changed_and_never_again(newcomer, clock):
    clock(days=400)
    begins(Visitor().signs_in(ENDING_IN_X, ENDING_IN_X[-8:]), "Ali·买买提")
    Visitor().signs_in(ENDING_IN_X, ENDING_IN_X[-8:]).sees("身份证或密码错误")
    assert area(Visitor().signs_in(ENDING_IN_X, NEW)) == "个人中心"


def test_q28_three_wrong_names_close_it_for_a_day_and_a_reset_code_opens_at_once(cast, newcomer, clock):
    visitor = Visitor().signs_in(ENDING_IN_X, ENDING_IN_X[-8:])
    begins(visitor, "Ali").sees("姓名与名册登记的不一致", "还可以试2次")
    begins(begins(visitor, "买买提"), "Ali买买提").sees("姓名填错3次，初始密码暂停24小时", "重置密码验证码")
    visitor.signs_in(ENDING_IN_X, ENDING_IN_X[-8:]).sees("身份证或密码错误")
    secretary = Visitor().signs_in(cast.class1_admin).follows("团员列表").sees("初始密码已暂停")
    uses(Visitor(), ENDING_IN_X, resets(secretary, "Ali·买买提")).sees("新密码已设置，您已登录")


def test_q28_after_the_day_it_opens_again(newcomer, clock):
    visitor = Visitor().signs_in(ENDING_IN_X, ENDING_IN_X[-8:])
    for _ in range(3):
        begins(visitor, "别的人")
    clock(hours=23, minutes=59)
    visitor.signs_in(ENDING_IN_X, ENDING_IN_X[-8:]).sees("身份证或密码错误")
    clock(hours=24)
    assert visitor.signs_in(ENDING_IN_X, ENDING_IN_X[-8:]).heading == "首次登录：核对姓名，设置新密码"


def test_q28_where_a_limit_is_set_the_list_marks_who_missed_it(cast, newcomer, settings, clock):
    settings.INITIAL_PASSWORD_DAYS = 30
    clock(days=31)
    Visitor().signs_in(ENDING_IN_X, ENDING_IN_X[-8:]).sees("身份证或密码错误")
    secretary = Visitor().signs_in(cast.class1_admin).follows("团员列表").sees("初始密码已失效")
    secretary.chooses("选择Ali·买买提").presses("生成重置密码验证码").presses("生成 1 个验证码")
    uses(Visitor(), ENDING_IN_X, shown(secretary)).sees("新密码已设置，您已登录")
