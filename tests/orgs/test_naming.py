"""简称 in, 全称 out: the examples and rules of the names."""

import pytest

from orgs import naming
from orgs.enums import Category, Purpose

LEADING, COMMITTEE = Category.LEADING_BODY, Category.COMMITTEE
WORK, GENERAL, BRANCH = Category.WORK_COMMITTEE, Category.GENERAL_BRANCH, Category.BRANCH


@pytest.mark.parametrize(
    ("short_name", "stem"),
    [
        ("团中央", ""),
        ("团山东省委", "山东省"),
        ("团淄博市委", "淄博市"),
        ("团邹平县委", "邹平县"),
        ("新疆生产建设兵团团委", "新疆生产建设兵团"),
        ("全国铁道团委", "全国铁道"),
        ("全国民航团委", "全国民航"),
        ("中央金融团工委", "中央金融"),
        ("中央企业团工委", "中央企业"),
        ("中央和国家机关团工委", "中央和国家机关"),
        ("团浦东新区工委", "浦东新区"),
        ("石河子大学团委", "石河子大学"),
        ("机关团总支", "机关"),
        ("2017级2班团支部", "2017级2班团支部"),
    ],
)
def test_stems(short_name, stem):
    assert naming.stem(short_name) == stem


@pytest.mark.parametrize(
    ("category", "short_name", "above", "full_name"),
    [
        (LEADING, "团中央", [], "中国共产主义青年团中央委员会"),
        (LEADING, "团山东省委", [""], "共青团山东省委员会"),
        (LEADING, "团淄博市委", ["", "山东省"], "共青团山东省淄博市委员会"),
        (LEADING, "团邹平县委", ["", "山东省", "淄博市"], "共青团山东省淄博市邹平县委员会"),
        (LEADING, "中央金融团工委", [""], "共青团中央金融工作委员会"),
        (LEADING, "新疆生产建设兵团团委", [""], "共青团新疆生产建设兵团委员会"),
        (COMMITTEE, "石河子大学团委", ["", "新疆生产建设兵团"], "新疆生产建设兵团石河子大学团委"),
        (COMMITTEE, "石河子大学团委", [], "石河子大学团委"),
        (
            BRANCH,
            "2019级新生临时团支部",
            ["", "新疆生产建设兵团", "石河子大学", "石河子大学医学院"],
            "新疆生产建设兵团石河子大学石河子大学医学院2019级新生临时团支部",
        ),
    ],
)
def test_full_names(category, short_name, above, full_name):
    assert naming.full_name(category, short_name, above) == full_name


@pytest.mark.parametrize(
    ("category", "short_name"),
    [
        (LEADING, "团中央"),
        (LEADING, "团山东省委"),
        (LEADING, "团浦东新区工委"),
        (LEADING, "全国铁道团委"),
        (LEADING, "中央金融团工委"),
        (COMMITTEE, "石河子大学团委"),
        (WORK, "高新区团工委"),
        (GENERAL, "机关团总支"),
        (BRANCH, "2017级2班团支部"),
    ],
)
def test_a_short_name_that_ends_as_its_category_does(category, short_name):
    assert naming.name_problem(category, short_name)


@pytest.mark.parametrize(
    ("category", "short_name", "cause"),
    [
        (LEADING, "山东省委", "short_name_ending"),
        (LEADING, "团委", "short_name_ending"),
        (LEADING, "团山东省", "short_name_ending"),
        (COMMITTEE, "高新区团工委", "short_name_ending"),
        (COMMITTEE, "团委", "short_name_ending"),
        (COMMITTEE, "2017级2班团支部", "short_name_ending"),
        (WORK, "石河子大学团委", "short_name_ending"),
        (GENERAL, "机关团支部", "short_name_ending"),
        (BRANCH, "2017级2班", "short_name_ending"),
        (BRANCH, "2017级 2班团支部", "blank"),
        (BRANCH, "2017级\u200b2班团支部", "blank"),
        (BRANCH, "", "required"),
        (BRANCH, "长" * 58 + "团支部", "too_long"),
    ],
)
def test_a_short_name_that_cannot_be(category, short_name, cause):
    assert naming.name_problem(category, short_name).cause == cause


def test_sixty_characters_are_enough_and_not_too_many():
    assert naming.name_problem(BRANCH, "长" * 57 + "团支部")


@pytest.mark.parametrize(
    ("short_name", "purpose"),
    [
        ("2019级新生临时团支部", Purpose.FRESHMEN),
        ("流动团员团支部", Purpose.FLOATING),
        ("学社衔接团支部", Purpose.LINKING),
        ("出国（境）学习团支部", Purpose.ABROAD),
        ("教师团支部", Purpose.TEACHERS),
        ("2017级2班团支部", Purpose.ORDINARY),
    ],
)
def test_the_purpose_follows_from_the_short_name(short_name, purpose):
    assert naming.purpose_of(short_name) == purpose
