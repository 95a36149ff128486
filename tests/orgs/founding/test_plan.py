"""What happens to each row of a list of subordinates."""

import pytest

from orgs import scope, tree
from orgs.enums import Category
from orgs.founding.plan import Fate, plan
from tests import makers

from .sheets import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def settle(cast, country):
    """`settle(parent name, *rows)` gives the lines as that organisation's administrator sees them."""

    def settle(place, *rows, levels=None):
        actor = scope.scope_of(getattr(cast, f"{place}_admin"))
        return plan(getattr(country, place), upload(*rows), actor=actor, levels=levels or {})

    return settle


def fates(lines):
    return [line.fate for line in lines]


def test_new_and_existing_rows(settle):
    lines = settle("college", ("2023级1班团支部", "团支部"), ("研究生团总支", "团总支"))
    assert fates(lines) == [Fate.SAME, Fate.NEW]
    assert lines[1].full_name == "新疆生产建设兵团石河子大学石河子大学医学院研究生团总支"


def test_a_superior_may_be_a_row_of_the_file_wherever_it_stands(settle):
    lines = settle(
        "college",
        ("2025级硕士团支部", "团支部", "研究生团总支"),
        ("研究生团总支", "团总支"),
        ("2025级博士团支部", "团支部", "研究生团总支"),
    )
    assert fates(lines) == [Fate.NEW] * 3
    assert lines[0].full_name == "新疆生产建设兵团石河子大学石河子大学医学院研究生2025级硕士团支部"


def test_below_an_existing_row_with_administrators_nothing_is_created(settle, cast, country):
    lines = settle(
        "university", ("石河子大学医学院团委", "团委"), ("新团支部", "团支部", "石河子大学医学院团委")
    )
    assert fates(lines) == [Fate.SAME, Fate.ERROR]
    assert lines[1].faults[0].column == "上级组织简称"


def test_what_exists_there_is_known_all_the_same(settle):
    rows = (("石河子大学医学院团委", "团委"), ("2023级1班团支部", "团支部", "石河子大学医学院团委"))
    assert fates(settle("university", *rows)) == [Fate.SAME, Fate.SAME]


def test_below_a_vacant_subordinate_the_superior_creates(settle, country):
    makers.make_org(country.college, "护理系团总支", Category.GENERAL_BRANCH)
    assert fates(settle("college", ("护理1班团支部", "团支部", "护理系团总支"))) == [Fate.NEW]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (("", "团支部"), "组织简称", "组织简称未填写"),
        (("2023级3班", "团支部"), "组织简称", "简称应以“团支部”结尾"),
        (("甲团支部", ""), "组织类别", "组织类别未填写"),
        (("甲团支部", "支部"), "组织类别", "没有这个组织类别"),
        (("待接转团支部", "待接转团支部"), "组织类别", "由系统建立"),
        (("团甲县委", "团的领导机关"), "组织类别", "下不能有团的领导机关"),
        (("甲团支部", "团支部", "乙团委"), "上级组织简称", "上级组织不存在"),
        (("2023级1班团委", "团委", "2023级1班团支部"), "组织类别", "团支部没有下级组织"),
        (("2023级1班团总支", "团支部"), "组织简称", "简称应以“团支部”结尾"),
        (("字" * 61 + "团支部", "团支部"), "组织简称", "超过60个字"),
    ],
)
def test_faults_name_column_and_remedy(settle, row, column, words):
    line = settle("college", row)[0]
    assert (line.fate, line.faults[0].column, words in line.faults[0].message) == (Fate.ERROR, column, True)


def test_every_fault_of_a_row_is_reported(settle):
    line = settle("college", ("", "支部", "乙团委"))[0]
    assert [fault.column for fault in line.faults] == ["组织简称", "组织类别", "上级组织简称"]


def test_the_second_of_two_equal_rows_is_an_error(settle):
    lines = settle("college", ("甲团支部", "团支部"), ("甲团支部", "团支部"))
    assert (fates(lines), lines[1].faults[0].message) == (
        [Fate.NEW, Fate.ERROR],
        "与第 2 行重复，请删去其中一行。",
    )


def test_the_same_name_below_two_superiors_is_no_repetition(settle):
    lines = settle(
        "university",
        ("甲学院团委", "团委"),
        ("乙学院团委", "团委"),
        ("1班团支部", "团支部", "甲学院团委"),
        ("1班团支部", "团支部", "乙学院团委"),
    )
    assert fates(lines) == [Fate.NEW] * 4


def test_a_superior_of_two_rows_is_not_clear(settle):
    lines = settle(
        "university",
        ("甲学院团委", "团委"),
        ("乙学院团委", "团委"),
        ("研究生团总支", "团总支", "甲学院团委"),
        ("研究生团总支", "团总支", "乙学院团委"),
        ("1班团支部", "团支部", "研究生团总支"),
    )
    assert (lines[4].fate, "第 4 行、第 5 行都叫这个简称" in lines[4].faults[0].message) == (Fate.ERROR, True)


def test_rows_in_a_circle_are_errors(settle):
    lines = settle("university", ("甲团委", "团委", "乙团委"), ("乙团委", "团委", "甲团委"))
    assert [line.faults[0].message[:9] for line in lines] == ["上级组织互为上下级"] * 2


def test_what_stands_below_a_faulty_row_is_an_error_too(settle):
    lines = settle("college", ("研究生", "团总支"), ("甲团支部", "团支部", "研究生"))
    assert lines[1].faults[0].message == "上级组织在第 2 行，那一行有错误。请先改正那一行。"


def test_an_existing_one_of_another_category_is_an_error(settle, country):
    makers.make_org(country.corps, "甲工业团委", Category.COMMITTEE)
    line = settle("corps", ("甲工业团委", "团的领导机关"))[0]
    assert (line.fate, line.faults[0].column) == (Fate.ERROR, "组织类别")


def test_a_full_name_that_lives_elsewhere_is_named(settle, country):
    tree.plant(country.corps, [tree.Seedling(Category.BRANCH, "石河子大学甲团支部")])
    line = settle("university", ("甲团支部", "团支部"))[0]
    assert "新疆生产建设兵团石河子大学甲团支部" in line.faults[0].message


def test_a_full_name_twice_in_the_file_is_an_error(settle):
    lines = settle("corps", ("甲团委", "团委"), ("乙团支部", "团支部", "甲团委"), ("甲乙团支部", "团支部"))
    assert sorted(fates(lines)) == [Fate.ERROR, Fate.NEW, Fate.NEW]


def test_a_leading_body_is_one_level_below_unless_chosen(settle):
    rows = (("团甲市委", "团的领导机关"), ("团乙县委", "领导机关", "团甲市委"))
    lines = settle("corps", *rows)
    assert [line.level for line in lines] == [3, 4]
    lines = settle("corps", *rows, levels={2: 4})
    assert (lines[0].level, lines[0].fate, lines[1].fate) == (4, Fate.NEW, Fate.ERROR)


@pytest.mark.parametrize("level", [1, 2])
def test_a_level_that_is_not_lower_is_refused(settle, level):
    assert settle("corps", ("团甲市委", "团的领导机关"), levels={2: level})[0].fate == Fate.ERROR


def test_names_are_read_kindly(settle):
    line = settle("college", (" ２０２３级 １班团支部 ", "团 支部"))[0]
    assert line.fate == Fate.SAME


@pytest.mark.parametrize("rows", [1, 300])
def test_the_queries_do_not_grow_with_the_rows(settle, django_assert_num_queries, rows):
    given = [("甲学院团委", "团委"), *((f"{at}班团支部", "团支部", "甲学院团委") for at in range(rows))]
    with django_assert_num_queries(6):
        settle("university", *given)
