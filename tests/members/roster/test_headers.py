"""What people call their columns."""

import pytest

from members.roster import headers
from members.roster.headers import BRANCH_COLUMN, COLUMNS, OTHER_WORDS, USELESS_WORDS, column_name, is_useless
from members.rules import EDUCATION, ETHNICITY, IN_PARTY, JOINED, LEAGUE_NUMBER, NAME, NUMBER, PHONE, STATUS

from members.rules import SINCE, TITLE  # isort: skip

SAID = [(word, name) for name, words in OTHER_WORDS.items() for word in words]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("身份证号", NUMBER), ("身份证", NUMBER), ("公民身份号码", NUMBER), ("证件号码", NUMBER), ("手机", PHONE),
        ("手机号", PHONE), ("电话", PHONE), ("联系电话", PHONE), ("文化程度", EDUCATION), ("学历层次", EDUCATION),
        ("入团时间", JOINED), ("入团日期", JOINED), ("团员编号", LEAGUE_NUMBER), ("团支部", BRANCH_COLUMN),
        ("所在团支部", BRANCH_COLUMN), ("支部全称", BRANCH_COLUMN), ("职务", TITLE), ("任职时间", SINCE),
        ("族别", ETHNICITY), ("民族(族别)", ETHNICITY), ("面貌", STATUS), ("名字", NAME), ("学生姓名", NAME),
    ],
)  # fmt: skip
def test_the_words_that_schools_use_are_known(text, name):
    assert column_name(text) == name


@pytest.mark.parametrize(("word", "name"), SAID)
@pytest.mark.parametrize("dressed", ["{}", "*{}", "{}＊", " {}\n", "{}："])
def test_every_other_word_is_read_however_it_is_dressed(word, name, dressed):
    assert column_name(dressed.format(word)) == name


@pytest.mark.parametrize(
    "text",
    [
        "联系电话（必填）",
        "手机号码(11位)",
        "电话【选填】",
        "手机号码（请填本人号码）",
        "(必填)手机号",
        "手 机\n号 码",
    ],
)
def test_hints_on_how_to_fill_a_column_in_do_not_matter(text):
    assert column_name(text) == PHONE


@pytest.mark.parametrize("text", ["联系电话（家长）", "姓名（父亲）", "家长电话", "备注（手机）"])
def test_the_columns_of_other_people_are_not_taken_for_the_members(text):
    assert column_name(text) == ""


def test_no_word_means_two_columns_and_none_is_useless_too():
    keys = [headers.key(word) for word in (*COLUMNS, *(word for word, _ in SAID))]
    assert len(keys) == len(set(keys))
    assert set(keys) & headers.USELESS == set()


def test_the_templates_own_names_are_known():
    assert [column_name(name) for name in COLUMNS] == list(COLUMNS)
    assert column_name("是否同级党委(支部)成员*") == IN_PARTY


@pytest.mark.parametrize("text", [*USELESS_WORDS, "原因", " 序 号 ", "性别*", "", None])
def test_columns_of_no_use_are_known(text):
    assert (is_useless(text), column_name(text)) == (True, "")


@pytest.mark.parametrize("text", ["兴趣", "学籍辅号", 3.0])
def test_others_are_not_known_to_be_of_no_use(text):
    assert (is_useless(text), column_name(text)) == (False, "")


@pytest.mark.parametrize(
    ("text", "name"), [("学号*", NUMBER), ("职务", ""), ("手机", PHONE), ("备注", ""), ("兴趣", "")]
)
def test_the_words_of_an_organisation_come_first(text, name):
    assert column_name(text, {"学号": NUMBER, "职务": "", "兴趣": ""}) == name


def test_a_header_is_remembered_in_one_form_and_never_too_long():
    assert headers.key(" ＊团员（编） 号 ") == "团员（编）号"
    assert len(headers.key("长" * 500)) == headers.LONGEST
