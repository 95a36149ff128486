"""Adding and importing members by branch and committee, and branches of cadres only (Q26, Q27, Q37, Q38)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from tests import makers
from tests.answers.importing import (
    BRANCH,
    POST,
    at_desk,
    enters,
    imports,
    listed,
    person,
    row,
    uploads,
    worked,
)
from tests.answers.sheets import filled, rows_of
from tests.answers.visitor import Visitor

pytestmark = pytest.mark.django_db

# -- Q26, Q27: adding and importing, the ways of the branch and of the committee -------------------------


def test_q26_a_branch_adds_a_member_who_signs_in_with_the_last_eight(branch):
    number = makers.number_of()
    enters(branch, name="赵新生", 身份证号码=number).presses("添加团员")
    branch.sees("已添加赵新生，初始密码是身份证号码后八位")
    branch.follows("团员列表").sees("赵新生")
    Visitor().signs_in(number, number[-8:]).sees("核对姓名，设置新密码")


def test_q26_the_next_member_is_added_at_once(branch):
    enters(branch, name="赵新生").presses("添加并继续下一名").sees("已添加赵新生")
    assert (branch.heading, branch.value("姓名")) == ("添加团员", "")


def test_q26_a_committee_adds_into_its_direct_branches_from_the_home_page(college, country):
    assert college.offers("添加团员团干部") is True
    college.follows("添加团员团干部")
    offered = [each.get_text() for each in college.page.select("[name=branch] option")]
    assert offered == ["请选择", "2023级1班团支部", "2023级2班团支部", "2019级新生临时团支部"]
    enters(college, name="赵新生").fills("所在团支部", "2023级2班团支部").presses("添加团员")
    college.sees("已添加赵新生", country.class2.full_name)


def test_q26_a_member_is_added_as_cadre_at_once(branch):
    enters(branch, name="赵新生").chooses("是", near="是否团干部").fills("团内职务", "宣传委员")
    branch.fills("任现职年月", "2024-09").chooses("兼职").chooses("否", near="是否同级党委")
    branch.presses("添加团员").sees("已添加赵新生", "宣传委员")


def test_q26_higher_superiors_add_nobody_one_by_one(cast):
    university = at_desk(cast.university_admin).follows("添加团员")
    university.sees("没有可以添加团员的团支部", "团员由所在团支部或其直接上级逐条添加")
    corps = at_desk(cast.corps_admin)
    assert (corps.offers("添加团员"), corps.offers("导入名单")) == (False, False)


def test_q27_a_branch_imports_its_list(branch):
    imports(branch, listed(person("赵新生"), person("钱新生")), 2).follows("查看团员列表").sees(
        "赵新生", "钱新生"
    )


@pytest.mark.parametrize("who", ["college", "university"])
def test_q27_a_committee_imports_into_any_branch_below(cast, country, who):
    rows = [
        person("赵新生", **{BRANCH: country.class1.full_name}),
        person("钱新生", **{BRANCH: country.class2.full_name}),
    ]
    visitor = imports(at_desk(getattr(cast, f"{who}_admin")), listed(*rows), 2)
    assert row(visitor.follows("新增"), "钱新生").count(country.class2.full_name) >= 1
    Visitor().signs_in(cast.class2_admin).follows("管理中心").follows("团员列表").sees("钱新生").sees_not(
        "赵新生"
    )


def test_q27_good_rows_go_in_and_bad_rows_come_back_with_the_reason(branch):
    uploads(branch, listed(person("赵新生"), person("错手机", 手机号码="123")))
    back = rows_of(branch.presses("下载错误名单").response.content)
    head = next(at for at, each in enumerate(back) if "姓名" in [str(cell).rstrip("*") for cell in each])
    assert back[head][-1] == "原因"
    assert [each[0] for each in back[head + 1 :]] == ["错手机"]
    assert "手机号码" in back[head + 1][-1]
    plan = branch.path.removesuffix("errors/")
    worked(branch.opens(plan).presses("导入 1 人")).sees("已导入 1 人")


def test_q27_nothing_is_written_before_the_button_and_the_import_can_be_undone(branch):
    uploads(branch, listed(person("赵新生")))
    branch.follows("团员列表").sees_not("赵新生").follows("导入名单").follows("名单.xlsx")
    worked(branch.presses("导入 1 人")).follows("撤销这次导入")
    branch.presses("撤销 1 人")
    worked(branch).follows("团员列表").sees_not("赵新生")


def test_q27_a_branch_has_one_secretary(branch):
    heads = [person(name, **{**POST, "团内职务": "书记"}) for name in ("赵书记", "钱书记")]
    uploads(branch, listed(*heads, person("孙新生")))
    assert "本支部已有书记：班一丽请先变更原书记的职务，或改填其他职务" in row(branch, "赵书记")
    assert "书记只能有一名" in row(branch, "钱书记")
    branch.fills("第 2 行的团内职务", "副书记").presses("保存第 2 行")
    assert branch.offers("导入 2 人") is True


# -- Q37: at the level of a committee ----------------------------------------------------------------------


def test_q37_members_must_land_in_a_branch(college, country):
    college.follows("添加团员")
    assert [each.get_text() for each in college.page.select("[name=branch] option")][0] == "请选择"
    college.presses("添加团员").sees("请选择团支部")
    uploads(college, listed(person("赵新生", **{BRANCH: country.college.full_name})))
    assert "团员必须落在团支部" in row(college, "赵新生")


def test_q37_the_template_of_a_branch_says_so(college):
    uploads(college, listed(person("赵新生")))
    college.sees("没有“所在团支部全称”一列")


def fills_cadre(visitor, cells):
    for label in ("姓名", "身份证号码", "手机号码", "民族", "学历", "团内职务", "任现职年月"):
        visitor.fills(label, cells[label])
    return visitor.chooses(cells["政治面貌"]).chooses("兼职").chooses("否", near="是否同级党委")


def test_q37_the_committees_own_cadre_is_entered_without_a_branch_or_number(college, country):
    college.follows("添加团干部")
    assert college.page.select("main [name=branch], main [name=league_number]") == []
    cadre = person("团委人", born=date(1990, 5, 20), 政治面貌="群众", 团内职务="副书记", 任现职年月="2024-09")
    fills_cadre(college, cadre).presses("添加团干部").sees("团委人已登记为石河子大学医学院团委副书记")
    college.follows("团员列表").sees_not("团委人")
    college.follows("团干部列表").sees("团委人")


def test_q37_the_committees_cadres_are_imported_on_their_own_template(college):
    college.follows("团干部列表").follows("导入团干部")
    back = college.path
    template = college.follows("下载模板").response.content
    assert BRANCH not in [str(each).rstrip("*") for each in rows_of(template)[1]]
    cadre = person("团委人", born=date(1990, 5, 20), 入团年月="", 团内职务="副书记")
    cadre |= {"任现职年月": "2024-09", "团干部性质": "专职", "是否同级党委（支部）成员": "否"}
    wanted = {column: cadre[column] for column in cadre if column != "发展团员编号"}
    raw = filled(template, [wanted], headers_in=2)
    worked(college.opens(back).attaches("名单文件", "团干部.xlsx", raw).presses("核对名单"))
    worked(college.presses("导入 1 人")).sees("已导入 1 人")
    college.follows("团干部列表").sees("团委人")
    uploads(college, raw, "放错.xlsx").sees("这是本级团干部的模板，不是团员团干部导入模板")
    members = listed(person("赵新生"))
    worked(college.opens(back).attaches("名单文件", "放错.xlsx", members).presses("核对名单"))
    college.sees("这是团员团干部导入模板，不是本级团干部的模板")


# -- Q38: nobody under 28 ----------------------------------------------------------------------------------


def test_q38_a_branch_of_cadres_only_over_28_keeps_their_memberships(country):
    company = at_desk(makers.make_admin(country.company, "司管理"))
    hall = makers.make_org(country.company, "机关团支部")
    old = {"入团年月": "2010-05", "发展团员编号": "", **POST}
    first = person("甲干部", born=date(1992, 5, 20), **old, **{BRANCH: hall.full_name})
    second = person(
        "乙干部", born=date(1985, 5, 20), **{**old, "入团年月": "2000-05"}, **{BRANCH: hall.full_name}
    )
    without = person(
        "无职务", born=date(1992, 5, 20), 入团年月="2010-05", 发展团员编号="", **{BRANCH: hall.full_name}
    )
    uploads(company, listed(first, second, without))
    assert "已满28周岁" in row(company, "无职务")
    worked(company.presses("导入 2 人")).sees("已导入 2 人")
    company.follows("下级组织管理").follows("机关团支部").sees("团员2", "团干部2")
    own = Visitor().signs_in(
        makers.make_admin(hall, "丙干部", title="副书记", number=makers.number_of(date(1990, 5, 20)))
    )
    own.follows("管理中心").follows("团员列表").sees("甲干部", "乙干部")
    own.opens("/removals/overage/").sees("没有需要办理超龄离团的团员")


def test_q38_a_cadre_over_28_is_added_by_the_form_too(branch):
    today = timezone.localdate()
    cells = person(
        "老干部", born=today.replace(year=today.year - 40), 入团年月="2003-05", 发展团员编号="", **POST
    )
    branch.follows("添加团员")
    for label in ("姓名", "身份证号码", "手机号码", "民族", "学历", "入团年月"):
        branch.fills(label, cells[label])
    branch.chooses("共青团员").presses("添加团员").sees("已满28周岁（现40周岁），且没有团内职务")
    branch.chooses("是", near="是否团干部").fills("团内职务", "组织委员").fills("任现职年月", "2024-09")
    branch.chooses("兼职").chooses("否", near="是否同级党委").presses("添加团员").sees("已添加老干部")
