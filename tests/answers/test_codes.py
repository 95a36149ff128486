"""管理员注册码 and 管理员注册, as users walk them: M5, M6, M8, Q5, Q6, Q7, Q8."""

import io
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from orgs import scope
from regcodes import codes
from tests import makers
from tests.makers import PASSWORD

from .registering import fills_in, issues, picks, registers, shown, types_code
from .visitor import Visitor

pytestmark = pytest.mark.django_db
CLASS = "2019级新生临时团支部"
FULL = f"新疆生产建设兵团石河子大学石河子大学医学院{CLASS}"
COLLEGE = "新疆生产建设兵团石河子大学石河子大学医学院团委"


@pytest.fixture
def code(country, cast):
    """What the college has given to the class."""
    return codes.issue(country.freshmen, actor=scope.scope_of(cast.college_admin)).code


@pytest.fixture
def clock(time_machine):
    """`clock(day, hour, minute)`: that moment, in Shanghai, so many days after the day of issue, 2026-11-02."""

    def move(day: int, hour: int = 10, minute: int = 0, second: int = 0) -> None:
        moment = datetime(2026, 11, 2, hour, minute, second) + timedelta(days=day)
        time_machine.move_to(timezone.make_aware(moment), tick=False)

    move(0)
    return move


def cells(visitor):
    book = load_workbook(io.BytesIO(visitor.response.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


# -- M5, Q5: where and how -------------------------------------------------------------------------


def test_m5_organisation_and_post_then_code_then_personal_data_and_done(country, code):
    visitor, number = Visitor(), makers.number_of()
    registers(visitor, FULL, code, number)
    assert visitor.heading == "管理员首页"
    visitor.sees(f"注册完成。您现在是“{FULL}”的管理员。")
    visitor.follows("团干部列表").sees("新管理", "书记", "管理员")
    visitor.follows("团员列表").sees("新管理", CLASS)
    again = Visitor().signs_in(number)
    assert again.heading == "管理员首页"


def test_m5_the_province_stands_first_and_levels_lead_down(country, code):
    visitor = Visitor().opens("/").follows("注册").follows("管理员注册")
    names = [each.find(string=True) for each in visitor.page.select(".picker-name")]
    assert names == ["共青团新疆生产建设兵团委员会", "共青团山东省委员会"]
    visitor.follows("共青团新疆生产建设兵团委员会").follows("新疆生产建设兵团石河子大学团委").follows(COLLEGE)
    visitor.follows(f"选择{FULL}").fills("团内职务", "宣传委员").presses("下一步：填写注册码")
    types_code(visitor, code).sees(FULL, "宣传委员")


def test_m5_in_a_committee_post_and_seat_come_without_a_membership(country, cast):
    given = codes.issue(country.company, actor=scope.scope_of(cast.zibo_admin)).code
    name, visitor = country.company.full_name, Visitor()
    types_code(picks(visitor, name, "副书记"), given).sees_not("入团年月", "发展团员编号")
    visitor.sees("姓名", "身份证号码", "手机号码", "民族", "政治面貌", "学历", "任现职年月", "团干部性质")
    fills_in(visitor, makers.number_of(), league=False).presses("完成注册")
    assert visitor.heading == "管理员首页"
    visitor.follows("个人中心").sees("团干部", "没有团籍")


def test_q5_the_sign_in_page_leads_to_it_and_the_code_alone_tells_the_organisation(code):
    visitor = Visitor().opens("/").follows("注册").follows("先输入注册码")
    types_code(visitor, code).sees(FULL).fills("团内职务", "组织委员").presses("下一步")
    fills_in(visitor, makers.number_of()).presses("完成注册")
    assert visitor.heading == "管理员首页"


def test_q5_somebody_with_an_account_but_no_membership_signs_in_first(cast, code):
    visitor = Visitor().signs_in(cast.outsider).opens("/register/").follows("管理员注册")
    visitor.fills("按名称或拼音首字母查找", CLASS).presses("查找").follows(f"选择{FULL}")
    visitor.fills("团内职务", "书记").presses("下一步：填写注册码")
    types_code(visitor, code).sees("您已登录，账号和密码不变").sees_not("登录密码", "身份证号码")
    visitor.fills("入团年月", "2020-05").fills("发展团员编号", "202065990001").fills("任现职年月", "2024-09")
    visitor.chooses("兼职").chooses("否").presses("完成注册")
    assert visitor.heading == "管理员首页"


# -- Q6: what to mind ------------------------------------------------------------------------------


def test_q6_age_and_weak_password_are_refused_at_their_fields_and_nothing_else_is_lost(code):
    visitor = types_code(picks(Visitor(), FULL), code)
    weak = {"登录密码": "kuaile", "再次填写密码": "kuaile"}
    number = makers.number_of()  # born in May 2006
    fills_in(visitor, number, 入团年月="2019-04", 发展团员编号="201965990001", **weak).presses("完成注册")
    visitor.sees("入团时12岁11个月，应满13周岁", "密码没有达到要求“8至32个字符”")
    assert (visitor.value("姓名"), visitor.value("登录密码")) == ("新管理", "")
    visitor.fills("入团年月", "2019-05").fills("登录密码", PASSWORD).fills("再次填写密码", PASSWORD)
    assert visitor.presses("完成注册").heading == "管理员首页"


def test_q6_an_organisation_has_one_secretary(country, cast):
    given = codes.issue(country.class1, actor=scope.scope_of(cast.college_admin)).code
    visitor = registers(Visitor(), country.class1.full_name, given, makers.number_of())
    visitor.sees("“2023级1班团支部”已有书记，每个组织只有一名书记")


def test_q6_whoever_has_a_membership_hears_the_way_on(cast, code):
    visitor = types_code(picks(Visitor(), FULL), code)
    fills_in(visitor, cast.worker.account.id_number, 姓名="孔令工").presses("完成注册")
    visitor.sees("身份证已注册", "请先把组织关系转接到本团支部")
    assert (visitor.offers("登录"), visitor.offers("申请组织关系转接")) == (True, True)


# -- M6, Q8: refused codes and limits --------------------------------------------------------------


def test_m6_another_organisation_is_refused(country, code):
    types_code(picks(Visitor(), country.class2.full_name), code).sees(
        "管理员注册码错误：这个注册码不属于您选择的组织"
    )


def test_m6_a_wrong_case_is_refused_and_the_right_one_goes_on(code):
    visitor = types_code(picks(Visitor(), FULL), code.swapcase())
    visitor.sees("管理员注册码错误：字母大小写不对")
    assert types_code(visitor, f"{code[:4]} {code[4:]}").sees("个人资料").status == 200


def test_m6_the_last_minute_of_day_20_still_works(clock, code):
    clock(20, 23, 59, 59)
    assert registers(Visitor(), FULL, code, makers.number_of()).heading == "管理员首页"


def test_m6_after_day_20_it_is_refused_even_to_whoever_had_begun(clock, code):
    clock(20, 23, 59, 59)
    visitor = fills_in(types_code(picks(Visitor(), FULL), code), makers.number_of())
    clock(21, 0, 0)
    said = "管理员注册码错误：这个注册码已过期（有效期至 2026-11-22 24:00）"
    visitor.presses("完成注册").sees(said, f"请联系“{COLLEGE}”的管理员重新分配")
    types_code(picks(Visitor(), FULL), code).sees(said)


def test_m6_whoever_holds_no_real_code_hears_the_three_causes_in_one_message(country, code):
    visitor = types_code(picks(Visitor(), FULL), "Xx00Yy11")
    visitor.sees("管理员注册码错误", "组织选错或注册码输错", "字母大小写不对", "注册码已过有效期")


def test_m6_too_many_attempts_wait_and_never_void_the_code(clock, code):
    visitor = picks(Visitor(), FULL)
    for _ in range(10):
        types_code(visitor, "Xx00Yy11")
    types_code(visitor, code).sees("注册码输错次数过多", "注册码没有作废")
    clock(0, 10, 16)
    types_code(visitor, code).sees("个人资料")


def test_q8_a_used_code_is_refused_and_registers_nobody_else(code):
    registers(Visitor(), FULL, code, makers.number_of())
    types_code(picks(Visitor(), FULL, "副书记"), code).sees("管理员注册码错误：这个注册码已经使用过")


def test_q8_a_seat_filled_otherwise_voids_its_code(country, code):
    makers.make_admin(country.freshmen, "另一人")
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # as at the end of the transaction that fills the seat
    types_code(picks(Visitor(), FULL, "副书记"), code).sees("管理员注册码错误：这个注册码已作废")


def test_q8_two_administrators_and_no_code_for_a_third(country, cast, code):
    registers(Visitor(), FULL, code, makers.number_of())
    college = Visitor().signs_in(cast.college_admin)
    second = issues(college, CLASS)
    college.sees("第二名管理员")
    types_code(picks(visitor := Visitor(), FULL, "副书记"), second)
    fills_in(visitor, makers.number_of(), 姓名="第二人", 发展团员编号="202065990002").presses("完成注册")
    assert visitor.heading == "管理员首页"
    college.follows("下级组织管理").sees("新管理、第二人", "名额已满")
    assert college.offers(f"注册码：{CLASS}") is False
    college.opens(f"/codes/{country.freshmen.pk}/").sees("已有两名管理员，不能再分配注册码")
    assert college.offers("分配注册码") is False


def test_q8_only_the_direct_superior_gives_codes(country, cast):
    university = Visitor().signs_in(cast.university_admin).follows("下级组织管理")
    assert (university.offers("注册码：石河子大学医学院团委"), CLASS in university.text) == (True, False)
    assert university.opens(f"/codes/{country.freshmen.pk}/").status == 403
    university.sees("管理员注册码由直接上级分配", f"请联系“{COLLEGE}”的管理员")
    assert Visitor().signs_in(cast.class2_admin).offers("下级组织管理") is False


# -- M8, Q7: making codes --------------------------------------------------------------------------


def test_m8_singly_from_the_list_of_direct_subordinates(clock, cast):
    college = Visitor().signs_in(cast.college_admin)
    code = issues(college, CLASS)
    college.sees(FULL, "有效期至", "2026-11-22 24:00")
    assert re.fullmatch("[A-Za-z0-9]{4} [A-Za-z0-9]{4}", code)
    assert (
        shown(college.follows("下级组织管理").sees("有效（至 2026-11-22）").follows(f"注册码：{CLASS}"))
        == code
    )


def test_m8_as_excel_valid_codes_stay_and_missing_ones_are_made(clock, country, cast, code):
    makers.make_admin(country.class2, "第二人", title="副书记")
    college = Visitor().signs_in(cast.college_admin).follows("下级组织管理")
    college.presses("为全部 3 个组织导出注册码").sees("选中 3 个直属下级组织", "还有效的注册码保留不变")
    head, *rows = cells(college.presses("导出 Excel"))
    found = {row[0]: row[1:4] for row in rows}
    assert head[:4] == ["组织全称", "组织类别", "管理员注册码", "有效期至"]
    assert found[FULL] == ["团支部", code, "2026-11-22 24:00"]
    assert found[country.class2.full_name][1:] == ["", ""]
    assert (len(found[country.class1.full_name][1]), country.workshop.full_name in found) == (8, False)


def test_m8_a_code_that_went_astray_is_replaced_after_a_question(cast, code):
    college = Visitor().signs_in(cast.college_admin).follows("下级组织管理").follows(f"注册码：{CLASS}")
    college.follows("重新分配").sees("立即作废").presses("重新分配")
    assert shown(college) != code
    types_code(visitor := picks(Visitor(), FULL), code).sees("管理员注册码错误：这个注册码已作废")
    types_code(visitor, shown(college)).sees("个人资料")


def test_q7_ticked_subordinates_get_slips_to_cut_and_hand_out(country, cast):
    college = Visitor().signs_in(cast.college_admin).follows("下级组织管理")
    college.chooses(f"选择{CLASS}").chooses("选择2023级1班团支部").presses("批量导出注册码")
    college.sees("选中 2 个直属下级组织").presses("打印凭条").sees(FULL, country.class1.full_name)
    assert college.page.select(".code-big")[0].get_text() != college.page.select(".code-big")[1].get_text()
    given = college.page.find("section", attrs={"aria-label": CLASS}).select_one(".code-big").get_text()
    assert registers(Visitor(), FULL, given, makers.number_of()).heading == "管理员首页"


def test_q7_the_list_of_codes_says_who_gave_and_who_used_them(cast, code):
    registers(Visitor(), FULL, code, makers.number_of())
    college = Visitor().signs_in(cast.college_admin).follows("管理员注册码")
    college.sees(CLASS, "已使用", "易学园", "新管理")
