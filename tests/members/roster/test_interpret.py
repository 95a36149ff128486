"""Reading the cells of a row kindly."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from members import rules
from members.roster.interpret import Reading, interpret
from members.roster.read import BRANCH_COLUMN, RawRow, Roster, read
from members.rules import Problem
from orgs.enums import Category
from zhtj.lib.sheets import Cell, CellError

ROSTERS = Path(__file__).parents[2] / "rosters"
TODAY = date(2026, 11, 23)
SOUND = {
    "姓名": "张三",
    "身份证号码": "659099200505200019",
    "民族": "汉族",
    "政治面貌": "共青团员",
    "学历": "本科（在读）",
    "入团年月": "2019-05",
    "是否团干部": "否",
    "手机号码": "13800000005",
    "发展团员编号": "201965000001",
}
POST = {
    "是否团干部": "是",
    "团内职务": "书记",
    "任现职年月": "2023-09",
    "团干部性质": "兼职",
    rules.IN_PARTY: "否",
}


def reading(changes: dict[str, Cell] | None = None, category: str = Category.BRANCH) -> Reading:
    """A sound row with some cells replaced."""
    cells = SOUND | (changes or {})
    columns = {name: index for index, name in enumerate(cells)}
    roster = Roster("表", 1, list(cells), columns, BRANCH_COLUMN in cells, [])
    return interpret(RawRow(2, list(cells.values())), roster, category=category)


def of(column: str, cell: Cell, attribute: str):
    """The value that a cell becomes, with no problem beside it."""
    found = reading({column: cell})
    assert found.problems == []
    return getattr(found.person, attribute)


def fault(changes: dict[str, Cell]) -> Problem:
    (problem,) = reading(changes).problems
    assert problem.message.endswith("。")
    return problem


def test_a_sound_row_becomes_a_person():
    found = reading()
    assert found.person == rules.Person(
        name="张三",
        number="659099200505200019",
        ethnicity="汉族",
        status="共青团员",
        education="本科（在读）",
        joined=date(2019, 5, 1),
        phone="13800000005",
        league_number="201965000001",
    )
    assert (found.branch, found.problems, found.texts) == ("", [], list(SOUND.values()))


def test_a_cadre_has_the_fields_of_the_post():
    person = reading(POST).person
    found = (person.is_cadre, person.title, person.since, person.nature, person.in_party)
    assert found == (True, "书记", date(2023, 9, 1), "兼职", False)


@pytest.mark.parametrize(
    ("column", "cell", "attribute", "value"),
    [
        ("姓名", " 张 三\u00a0", "name", "张三"),
        ("姓名", "张　三", "name", "张三"),
        ("姓名", "阿卜杜•热合曼", "name", "阿卜杜·热合曼"),
        ("姓名", "阿卜杜．热合曼", "name", "阿卜杜·热合曼"),
        ("姓名", "Ａｎｎａ", "name", "Anna"),
        ("姓名", "示范\n", "name", "示范"),
        ("身份证号码", "65909920050520001x", "number", "65909920050520001X"),
        ("身份证号码", "６５９０９９２００５０５２０００１Ｘ", "number", "65909920050520001X"),
        ("身份证号码", " 659099 20050520 0019\u00a0", "number", "659099200505200019"),
        ("身份证号码", "'659099200505200019", "number", "659099200505200019"),
        ("身份证号码", "\u202d659099200505200019\u202c", "number", "659099200505200019"),
        ("民族", "汉", "ethnicity", "汉族"),
        ("民族", " 维吾尔 ", "ethnicity", "维吾尔族"),
        ("民族", "穿青人", "ethnicity", "其他"),
        ("民族", "穿青族", "ethnicity", "其他"),
        ("民族", "克木人", "ethnicity", "其他"),
        ("民族", "其它", "ethnicity", "其他"),
        ("民族", "其他", "ethnicity", "其他"),
        ("民族", "火星族", "ethnicity", "火星族"),
        ("政治面貌", "团员", "status", "共青团员"),
        ("政治面貌", "党员", "status", "中共党员"),
        ("政治面貌", "预备党员", "status", "中共预备党员"),
        ("政治面貌", "中共党员（预备）", "status", "中共预备党员"),
        ("政治面貌", "路人", "status", "路人"),
        ("学历", "本科(在读)", "education", "本科（在读）"),
        ("学历", "大学本科 (在读）", "education", "本科（在读）"),
        ("学历", "本科在读", "education", "本科（在读）"),
        ("学历", "专科", "education", "大专"),
        ("学历", "硕士研究生", "education", "硕士"),
        ("学历", "研究生", "education", "研究生"),
        ("手机号码", 13800000005.0, "phone", "13800000005"),
        ("手机号码", "+86 138-0000-0005", "phone", "13800000005"),
        ("手机号码", "１３８０００００００５", "phone", "13800000005"),
        ("手机号码", "8613800000005", "phone", "13800000005"),
        ("手机号码", "12345", "phone", "12345"),
        ("发展团员编号", 201965000001.0, "league_number", "201965000001"),
        ("发展团员编号", "2019 6500 0001", "league_number", "201965000001"),
        ("发展团员编号", "无", "league_number", ""),
        ("QQ", 12345678.0, "qq", "12345678"),
        ("QQ", "１２３４５", "qq", "12345"),
        ("QQ", "/", "qq", ""),
        ("邮箱", " a.b＠example.com ", "email", "a.b@example.com"),
        ("邮箱", "无", "email", ""),
        ("微博", "一个 名字", "weibo", "一个 名字"),
        ("入团年月", datetime(2021, 12, 4, 8, 0), "joined", date(2021, 12, 1)),
        ("入团年月", 202205.0, "joined", date(2022, 5, 1)),
        ("入团年月", "2050-01", "joined", date(2050, 1, 1)),
        ("入团年月", None, "joined", None),
        ("入团年月", " ", "joined", None),
    ],
)
def test_kindly_read_values(column, cell, attribute, value):
    assert of(column, cell, attribute) == value


@pytest.mark.parametrize("cell", ["是", "√", "Y", "yes", "TRUE", True, 1.0, " 是 "])
def test_every_yes(cell):
    assert reading(POST | {"是否团干部": cell, rules.IN_PARTY: cell}).person.in_party is True


@pytest.mark.parametrize("cell", ["否", "×", "N", "no", False, 0.0, "不是"])
def test_every_no(cell):
    assert reading(POST | {rules.IN_PARTY: cell}).person.in_party is False


@pytest.mark.parametrize("cell", [None, "", "无", "—"])
def test_neither(cell):
    assert reading(POST | {rules.IN_PARTY: cell}).person.in_party is None


@pytest.mark.parametrize(("said", "title", "value"), [
    ("是", "书记", True), ("是", None, True), ("", "书记", True), (None, None, False), ("否", None, False),
    ("否", "无", False),
])  # fmt: skip
def test_a_title_says_it_where_nothing_is_said(said, title, value):
    found = reading({"是否团干部": said, "团内职务": title})
    assert (found.person.is_cadre, found.problems) == (value, [])


def test_no_with_a_title_contradicts():
    problem = fault({"是否团干部": "否", "团内职务": "书记"})
    assert (problem.column, problem.cause) == ("是否团干部", "cadre_contradiction")


@pytest.mark.parametrize(
    ("category", "value"),
    [(Category.BRANCH, False), (Category.GRADUATE_BRANCH, False), (Category.COMMITTEE, True)],
)
def test_outside_branches_everybody_is_a_cadre(category, value):
    assert reading({"是否团干部": None}, category=category).person.is_cadre is value


def test_the_rows_of_a_committee_land_in_branches():
    found = reading(
        {"是否团干部": None, BRANCH_COLUMN: " 甲大学(东区)1班团支部"}, category=Category.COMMITTEE
    )
    assert (found.person.is_cadre, found.branch) == (False, "甲大学（东区）1班团支部")


@pytest.mark.parametrize(
    ("column", "cell", "cause", "message"),
    [
        (
            "身份证号码",
            6.501992005010112e17,
            "number_cell",
            "导入表格格式错误：身份证号码“6.50199200501011E+17”在 Excel 中被当作数字，后几位已丢失。"
            "请把该列设为“文本”格式，再重新填写完整的18位号码。",
        ),
        (
            "身份证号码",
            "6.50199E+17",
            "number_cell",
            "导入表格格式错误：身份证号码“6.50199E+17”在 Excel 中被当作数字，后几位已丢失。"
            "请把该列设为“文本”格式，再重新填写完整的18位号码。",
        ),
        (
            "入团年月",
            2019.1,
            "month_ambiguous",
            "入团年月无法识别：2019.1 可能是1月，也可能是10月。请填写 2019-01 或 2019-10。",
        ),
        (
            "入团年月",
            "不记得",
            "month",
            "入团年月无法识别：“不记得”。请按 2019-05 的样子填写四位年份和月份。",
        ),
        (
            "任现职年月",
            "19-09",
            "month",
            "任现职年月无法识别：“19-09”。请按 2019-05 的样子填写四位年份和月份。",
        ),
        ("邮箱", "甲@乙", "email", "邮箱格式不符：“甲@乙”。请填写形如 name@example.com 的地址，或留空。"),
        ("是否团干部", "也许", "yes_no", "是否团干部无法识别：“也许”。请填“是”或“否”。"),
        (rules.IN_PARTY, "不详", "yes_no", "是否同级党委（支部）成员无法识别：“不详”。请填“是”或“否”。"),
        (
            "手机号码",
            CellError("#N/A"),
            "cell_error",
            "手机号码的单元格是错误值“#N/A”。请把公式换成值（复制后选择性粘贴为“数值”），或直接填写。",
        ),
        (
            "微博",
            CellError(""),
            "cell_formula",
            "微博的单元格是公式，没有结果。请把公式换成值（复制后选择性粘贴为“数值”），或直接填写。",
        ),
        ("QQ", "1" * 21, "too_long", f"QQ过长：“{'1' * 21}”有21个字，最多20个字。请改短。"),
        ("微博", "博" * 61, "too_long", f"微博过长：“{'博' * 29}…”有61个字，最多60个字。请改短。"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_remedy(column, cell, cause, message):
    assert fault({column: cell}) == Problem(column, cause, message)


def test_an_unreadable_cell_leaves_its_value_empty():
    person = reading({"身份证号码": 6.5e17, "入团年月": "忘了", "手机号码": CellError("#REF!")}).person
    assert (person.number, person.joined, person.phone) == ("", None, "")


def test_problems_come_in_template_order_one_a_column():
    found = reading({"邮箱": "x", "手机号码": CellError("#N/A"), "身份证号码": 1.0, rules.IN_PARTY: "?"})
    assert [problem.column for problem in found.problems] == [
        "身份证号码",
        "手机号码",
        "邮箱",
        rules.IN_PARTY,
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""), (202205.0, "202205"), (2019.1, "2019.1"), (6.501992005010112e17, "6.50199200501011E+17"),
        (True, "TRUE"), (date(2021, 12, 4), "2021-12-04"), (datetime(2021, 12, 4, 8, 5), "2021-12-04 08:05"),
        (CellError("#N/A"), "#N/A"), (" 原样 ", " 原样 "),
    ],
)  # fmt: skip
def test_texts_are_what_the_user_sees(cell, text):
    assert reading({"微博": cell}).texts[-1] == text


# The roster of faults


def faults():
    roster = read((ROSTERS / "faults.xlsx").read_bytes(), "faults.xlsx", max_rows=100)
    return {row.number: interpret(row, roster, category=Category.BRANCH) for row in roster.rows}


def test_only_two_rows_of_the_faulty_roster_cannot_be_read():
    told = {
        number: [problem.message.split("：")[0] for problem in found.problems]
        for number, found in faults().items()
        if found.problems
    }
    assert told == {28: ["导入表格格式错误"], 34: ["入团年月无法识别"]}


def test_the_rows_typed_carelessly_are_sound():
    found = faults()
    checked = {
        number: list(rules.check(found[number].person, titles=(), holds_post=False, today=TODAY))
        for number in range(16, 25)
    }
    assert checked == {number: [] for number in range(16, 25)}


def test_every_row_has_the_fault_expected_of_its_values():
    """As the checker joins them: reading first, then the rules of the columns that were read."""
    expected = json.loads((ROSTERS / "faults.expected.json").read_text("utf-8"))["rows"]
    wrong = {}
    for number, found in faults().items():
        want = expected[str(number)]
        unread = {problem.column for problem in found.problems}
        ruled = rules.check(found.person, titles=("宣传委员",), holds_post=False, today=TODAY)
        told = [*found.problems, *(problem for problem in ruled if problem.column not in unread)]
        if want["verdict"].endswith("重复"):  # another row's affair
            continue
        if want["verdict"] == "ok":
            if told:
                wrong[number] = told
        elif not told or told[0].column != want["column"]:
            wrong[number] = told
    assert wrong == {}
