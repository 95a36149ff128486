"""Creating subordinates, and their names (Q12–Q15)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest

from orgs.enums import Category
from orgs.models import Organization
from tests import makers
from tests.answers.sheets import filled, rows_of, table
from tests.answers.visitor import Visitor

pytestmark = pytest.mark.django_db

ROSTERS = Path(__file__).parents[1] / "rosters"
SHIHEZI = "新疆生产建设兵团石河子大学"
COLLEGE = f"{SHIHEZI}石河子大学医学院"


@pytest.fixture
def college(cast):
    """The college's administrator, signed in."""
    return Visitor().signs_in(cast.college_admin)


def creating(visitor: Visitor, short_name: str, category: str = "团支部") -> Visitor:
    """创建下级组织, singly, up to the button."""
    visitor.follows("管理中心").follows("创建下级组织").follows("单个创建")
    return visitor.chooses(category).fills("组织简称", short_name)


# -- Q12, Q13: creating direct subordinates ------------------------------------------------------------


def test_q12_a_direct_subordinate_is_created_by_its_short_name_and_category(college):
    creating(college, "2026级1班团支部").presses("创建组织")
    college.sees(f"已创建“{COLLEGE}2026级1班团支部”")
    assert college.heading == "下级组织管理"
    assert college.offers("查看2026级1班团支部")


def test_q12_nothing_but_the_two_is_asked_and_its_own_administrator_completes_the_rest(college, cast):
    creating(college, "2026级1班团支部")
    asked = {each["name"] for each in college.page.select("main form [name]")} - {
        "csrfmiddlewaretoken",
        "parent",
        "preview",
    }
    assert asked == {"category", "short_name"}
    college.presses("创建组织")
    made = Organization.objects.get(short_name="2026级1班团支部")
    own = Visitor().signs_in(makers.make_admin(made, "新管理", title="副书记"))
    own.follows("管理中心").follows("组织信息").sees("还缺 4 项").follows("完善信息")
    assert own.heading == "编辑组织信息"


@pytest.mark.parametrize(
    ("category", "offered"),
    [
        (Category.LEADING_BODY, ["团的领导机关", "团委", "团工委", "团总支", "团支部"]),
        (Category.COMMITTEE, ["团委", "团工委", "团总支", "团支部"]),
        (Category.WORK_COMMITTEE, ["团委", "团工委", "团总支", "团支部"]),
        (Category.GENERAL_BRANCH, ["团支部"]),
    ],
)
def test_q12_only_what_may_stand_below_is_offered(cast, country, category, offered):
    names = {
        Category.LEADING_BODY: "团潍坊市委",
        Category.COMMITTEE: "甲团委",
        Category.WORK_COMMITTEE: "甲团工委",
    }
    superior = makers.make_org(country.shandong, names.get(category, "甲团总支"), category)
    visitor = Visitor().signs_in(makers.make_admin(superior, "创管理"))
    visitor.follows("管理中心").follows("创建下级组织").follows("单个创建")
    assert [each.parent.get_text(strip=True) for each in visitor.page.select("[name=category]")] == offered


def test_q12_a_branch_has_no_subordinates(cast):
    branch = Visitor().signs_in(cast.class1_admin).follows("管理中心")
    assert branch.offers("创建下级组织") is False
    branch.opens("/orgs/create/").sees("团支部没有下级组织")
    assert branch.status == 403


def test_q12_whoever_stands_higher_creates_nothing_there(cast, country):
    visitor = Visitor().signs_in(cast.university_admin)
    visitor.follows("管理中心").follows("下级组织管理").follows("石河子大学医学院团委")
    assert visitor.offers("创建下级组织") is True  # in the menu, for the own subordinates
    assert visitor.page.select(f"main a[href*='parent={country.college.pk}']") == []
    visitor.opens(f"/orgs/create/one/?parent={country.college.pk}").sees("下级组织由其直接上级创建")
    assert visitor.status == 403


def plan_of(visitor: Visitor, raw: bytes) -> Visitor:
    """创建下级组织 by Excel, up to the plan."""
    visitor.follows("管理中心").follows("创建下级组织")
    return visitor.attaches("下级组织表格", "下级组织.xlsx", raw).presses("核对表格")


def test_q13_the_downloaded_template_filled_in_creates_many_at_once(college):
    college.follows("管理中心").follows("创建下级组织")
    assert college.page.select_one(".tabs [aria-current=page]").get_text() == "批量创建"
    template = college.follows("下载模板").response.content
    assert [str(each).rstrip("*") for each in rows_of(template)[0]] == [
        "组织简称",
        "组织类别",
        "上级组织简称",
    ]
    new = [{"组织简称": f"2026级{at}班团支部", "组织类别": "团支部"} for at in (1, 2, 3)]
    plan_of(college, filled(template, new)).sees("还没有写入任何数据", f"{COLLEGE}2026级3班团支部")
    assert Organization.objects.filter(short_name__startswith="2026级").exists() is False
    college.presses("创建 3 个组织").sees("下创建 3 个组织")
    assert [college.offers(f"查看2026级{at}班团支部") for at in (1, 2, 3)] == [True] * 3


def test_q13_a_list_as_schools_have_it_is_created_and_the_same_list_again_creates_nothing_twice(college):
    raw = (ROSTERS / "subordinates.xlsx").read_bytes()
    plan_of(college, raw).sees("已存在 2 行").presses("创建 20 个组织")
    again = plan_of(college, raw).sees("表格中的组织都已存在，不需要创建")
    assert again.page.select("main form[action='/orgs/create/confirm/']") == []


def test_q13_several_levels_come_from_one_file(cast):
    university = Visitor().signs_in(cast.university_admin)
    raw = table(
        ("组织简称", "组织类别", "上级组织简称"),
        ("农学院团委", "团委", ""),
        ("2026级1班团支部", "团支部", "农学院团委"),
    )
    plan_of(university, raw).presses("创建 2 个组织")
    assert (
        Organization.objects.get(full_name=f"{SHIHEZI}农学院2026级1班团支部").parent.short_name
        == "农学院团委"
    )


def test_q13_bad_rows_come_back_with_the_reason_and_the_good_ones_are_created(college):
    head = ("组织简称", "组织类别")
    raw = table(head, ("2026级1班团支部", "团支部"), ("药学系", "团总支"), ("团石河子市委", "团的领导机关"))
    plan_of(college, raw).sees("简称应以“团总支”结尾", "团委下不能有团的领导机关")
    back = rows_of(college.presses("下载错误行").response.content)
    assert [row[0] for row in back] == ["组织简称", "药学系", "团石河子市委"]
    assert back[0][2] == "原因"
    assert "简称应以“团总支”结尾" in back[1][2]
    plan_of(college, raw).presses("创建 1 个组织").sees("下创建 1 个组织", "下面标为错误的行没有创建")


def test_q13_the_level_of_a_leading_body_is_chosen_in_the_plan_and_fixed_then(cast):
    centre = Visitor().signs_in(cast.centre_admin)
    plan_of(centre, table(("组织简称", "组织类别"), ("团重庆市委", "团的领导机关")))
    level = "第 2 行 团重庆市委 的层级"
    assert centre.page.select_one("[name=level_2] [selected]").get_text() == "省级"
    centre.fills(level, "市级").presses("创建 1 个组织").follows("编辑团重庆市委")
    assert "level" not in {each.get("name") for each in centre.page.select("main form [name]")}
    centre.follows("下级组织管理").follows("查看团重庆市委")
    assert Organization.objects.get(short_name="团重庆市委").get_level_display() == "市级"


# -- Q14, Q15: names ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "category", "short_name", "full_name"),
    [
        ("centre", "团的领导机关", "团浙江省委", "共青团浙江省委员会"),
        ("shandong", "团的领导机关", "团潍坊市委", "共青团山东省潍坊市委员会"),
        ("zibo", "团的领导机关", "团邹平县委", "共青团山东省淄博市邹平县委员会"),
        ("centre", "团的领导机关", "中央金融团工委", "共青团中央金融工作委员会"),
        ("centre", "团的领导机关", "全国铁道团委", "共青团全国铁道委员会"),
        ("corps", "团委", "塔里木大学团委", "新疆生产建设兵团塔里木大学团委"),
        ("college", "团支部", "2017级2班团支部", f"{COLLEGE}2017级2班团支部"),
    ],
)
def test_q14_the_short_name_goes_in_and_the_full_name_comes_out(
    cast, country, who, category, short_name, full_name
):
    admin = getattr(cast, f"{who}_admin", None) or makers.make_admin(getattr(country, who), "鲁山东")
    visitor = creating(Visitor().signs_in(admin), short_name, category).presses("预览全称").sees(full_name)
    visitor.presses("创建组织").sees(f"已创建“{full_name}”").follows(f"查看{short_name}").sees(full_name)


def test_q15_the_documented_full_name(cast, country):
    assert country.centre.full_name == "中国共产主义青年团中央委员会"
    assert [country.shandong.full_name, country.zibo.full_name] == [
        "共青团山东省委员会",
        "共青团山东省淄博市委员会",
    ]
    visitor = Visitor().signs_in(cast.college_admin).follows("管理中心").follows("下级组织管理")
    visitor.follows("2019级新生临时团支部")
    visitor.sees("新疆生产建设兵团石河子大学石河子大学医学院2019级新生临时团支部")


PURPOSES = {
    "2026级新生临时团支部": "新生临时",
    "流动团员团支部": "流动团员",
    "学社衔接团支部": "学社衔接",
    "出国（境）学习团支部": "出国（境）学习",
    "青年教师团支部": "教师",
    "2026级1班团支部": "普通",
}


def test_q15_the_short_name_of_a_branch_says_its_purpose(college):
    rows = [(name, "团支部") for name in PURPOSES]
    plan_of(college, table(("组织简称", "组织类别"), *rows)).presses("创建 6 个组织")
    made = Organization.objects.filter(short_name__in=PURPOSES)
    assert {each.short_name: each.get_purpose_display() for each in made} == PURPOSES


@pytest.mark.parametrize(
    ("category", "wrong", "right", "said"),
    [
        ("团委", "药学院", "药学院团委", "简称应以“团委”结尾"),
        ("团工委", "东区团委", "东区团工委", "简称应以“团工委”结尾"),
        ("团总支", "药学系团支部", "药学系团总支", "简称应以“团总支”结尾"),
        ("团支部", "2026级1班", "2026级1班团支部", "简称应以“团支部”结尾"),
        ("团的领导机关", "邹平县", "团邹平县委", "简称应形如“团山东省委”"),
    ],
)
def test_q15_a_short_name_ends_as_its_category_does(cast, category, wrong, right, said):
    visitor = creating(Visitor().signs_in(cast.zibo_admin), wrong, category).presses("创建组织").sees(said)
    visitor.fills("组织简称", right).presses("创建组织").sees("已创建“")


def test_q15_a_short_name_is_unique_among_siblings(college):
    creating(college, "2023级1班团支部").presses("创建组织")
    college.sees(f"“{COLLEGE}团委”下已有“2023级1班团支部”", "请换一个")


def test_q15_a_full_name_is_unique_and_the_other_organisation_is_named(cast, country):
    visitor = creating(Visitor().signs_in(cast.university_admin), "石河子大学医学院2023级1班团支部")
    visitor.presses("创建组织").sees(
        f"组织全称会与已有的“{country.class1.full_name}”（团支部，上级是“{COLLEGE}团委”）相同"
    )


def test_q15_a_new_short_name_renames_all_below_and_the_former_name_still_finds(cast, country):
    university = Visitor().signs_in(cast.university_admin)
    university.follows("管理中心").follows("下级组织管理").follows("编辑石河子大学医学院团委")
    university.fills("组织简称", "医学部团委").presses("保存").sees(f"{SHIHEZI}医学部团委")
    Visitor().signs_in(cast.class1_admin).follows("管理中心").sees(f"{SHIHEZI}医学部2023级1班团支部")
    university.follows("下级组织管理").fills("简称、全称或拼音首字母", f"{COLLEGE}2023级1班团支部")
    university.presses("在全部下级中查找").sees("2023级1班团支部", "共 1 条")


def test_q15_neither_a_rename_nor_an_undo_repeats_a_name(college):
    college.follows("管理中心").follows("下级组织管理").follows("编辑2023级2班团支部")
    college.fills("组织简称", "2023级1班团支部").presses("保存").sees("下已有“2023级1班团支部”")
    college.follows("下级组织管理").follows("2019级新生临时团支部").follows("删除组织")
    college.fills("请输入“2019级新生临时团支部”以确认", "2019级新生临时团支部").presses("删除组织")
    undo = urljoin(college.path, str(college.page.find("a", string="撤销")["href"]))
    creating(college, "2019级新生临时团支部").presses("创建组织").sees("已创建“")
    college.follows("已删除的组织").sees("名称已被占用")
    assert college.offers("撤销2019级新生临时团支部") is False
    college.opens(undo).sees("下已有“2019级新生临时团支部”")
