"""Finding the roster in a workbook."""

import io
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from members import rules
from members.roster.headers import column_name
from members.roster.read import BRANCH_COLUMN, Roster, letter_of, read
from zhtj.lib.sheets import Unreadable, Verdict

ROSTERS = Path(__file__).parents[2] / "rosters"
HEADER = list(rules.COLUMNS)
PERSON = ["张三", "659099200505200019"]


def book(*sheets: tuple[str, list[list[str]]]) -> bytes:
    raw = io.BytesIO()
    with Workbook(raw) as workbook:
        for name, rows in sheets:
            sheet = workbook.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
    return raw.getvalue()


def roster_of(*rows: list[str], name: str = "团员团干部", max_rows: int = 100) -> Roster:
    return read(book((name, list(rows))), "名单.xlsx", max_rows=max_rows)


def refusal(*sheets: tuple[str, list[list[str]]], max_rows: int = 100) -> Verdict:
    with pytest.raises(Unreadable) as caught:
        read(book(*sheets), "名单.xlsx", max_rows=max_rows)
    return caught.value.verdict


def numbers(roster: Roster) -> list[int]:
    return [row.number for row in roster.rows]


def test_the_roster_of_a_class_is_read():
    roster = read((ROSTERS / "class_30.xls").read_bytes(), "class_30.xls", max_rows=100)
    assert (roster.sheet_name, roster.header_row, roster.committee) == ("团员团干部", 2, False)
    assert (len(roster.rows), roster.rows[0].number, roster.rows[0].cells[0]) == (30, 3, "华桂珍")
    assert roster.header[0] == "姓名*"
    assert set(roster.columns) == set(rules.COLUMNS)


def test_the_roster_of_a_college_names_the_branches():
    roster = read((ROSTERS / "college_600.xlsx").read_bytes(), "x", max_rows=1000)
    assert (roster.committee, roster.columns[BRANCH_COLUMN], len(roster.rows)) == (True, 0, 600)


@pytest.mark.parametrize(
    "text",
    [
        "是否同级党委（支部）成员", "是否同级党委(支部)成员", "是否同级党委(支部)成员*", "＊是否同级党委（支部）成员 ",
        "是否同级\n党委（支部）成员", "是否同级党委（支部) 成员",
    ],
)  # fmt: skip
def test_a_header_is_known_in_any_width_and_with_blanks(text):
    assert column_name(text) == rules.IN_PARTY


@pytest.mark.parametrize(
    ("text", "name"), [("ＱＱ", "QQ"), ("qq", "QQ"), ("备注", ""), (None, ""), (3.0, "")]
)
def test_other_headers(text, name):
    assert column_name(text) == name


def test_columns_may_stand_in_any_order_and_others_beside_them():
    roster = roster_of(["备注", *reversed(HEADER)], ["好", *[""] * 14, *reversed(PERSON)])
    assert roster.columns[rules.NAME] == 16
    assert roster.rows[0].cells[roster.columns[rules.NAME]] == "张三"
    assert roster.header[0] == "备注"
    assert roster.rows[0].cells[0] == "好"


def test_optional_columns_may_be_missing():
    roster = roster_of(list(rules.REQUIRED), PERSON)
    assert set(roster.columns) == set(rules.REQUIRED)


def test_the_sheet_of_the_template_comes_first():
    rows = [HEADER, PERSON]
    assert read(book(("别的", rows), ("团员团干部", rows)), "x", max_rows=9).sheet_name == "团员团干部"


def test_else_the_first_sheet_with_a_header():
    sheets = book(("说明", [["请填写"]]), ("Sheet2", [HEADER, PERSON]), ("Sheet3", [HEADER, PERSON]))
    assert read(sheets, "x", max_rows=9).sheet_name == "Sheet2"


@pytest.mark.parametrize("above", [0, 1, 9])
def test_the_header_is_among_the_first_ten_rows(above):
    roster = roster_of(*[["说明"]] * above, HEADER, PERSON)
    assert (roster.header_row, numbers(roster)) == (above + 1, [above + 2])


def test_a_header_further_down_is_not_seen():
    assert refusal(("团员团干部", [*[["说明"]] * 10, HEADER, PERSON])).cause == "no_header"


def test_blank_rows_and_examples_are_left_out_wherever_they_stand():
    blank, example = [" ", "\u3000", "\u00a0"], ["示例（张三）", "1"]
    roster = roster_of(HEADER, example, PERSON, blank, [" 示 例"], PERSON, ["", "659"])
    assert numbers(roster) == [3, 6, 7]


def test_formulas_filled_down_to_nothing_are_blank():
    raw = io.BytesIO()
    with Workbook(raw) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, PERSON)
        sheet.write_formula(2, 0, '=IF(1,"")', None, "")
    assert numbers(read(raw.getvalue(), "x", max_rows=9)) == [2]


def test_rows_are_as_wide_as_the_header_and_notes_beside_it_are_kept():
    roster = roster_of(HEADER, PERSON, [*PERSON, *[""] * 15, "旁注"])
    assert [len(row.cells) for row in roster.rows] == [18, 18]
    assert (len(roster.header), roster.rows[1].cells[17]) == (18, "旁注")


def test_a_column_given_twice_is_named_with_both_places():
    assert refusal(("表", [[*HEADER, "手机号码*"], PERSON])).message == (
        "导入表格格式错误：工作表“表”第 1 行的“手机号码”出现了两次（H列和Q列）。请删去其中一列后重新上传。"
    )


def test_missing_columns_are_all_named():
    header = [name for name in HEADER if name not in ("民族", "学历")]
    verdict = refusal(("表", [["说明"], header, PERSON]))
    assert verdict.reason == "导入表格格式错误：工作表“表”第 2 行的表头缺少“民族”、“学历”列"


def test_a_header_without_the_number_is_told_what_it_lacks():
    header = [name for name in HEADER if name != "身份证号码"]
    assert refusal(("表", [header])).reason == "导入表格格式错误：工作表“表”第 1 行的表头缺少“身份证号码”列"


def test_fewer_columns_can_be_required():
    raw = book(("表", [["姓名", "身份证号码"], PERSON]))
    assert read(raw, "x", max_rows=9, required=("姓名",)).rows[0].cells == PERSON


def test_the_template_of_subordinates_says_so():
    verdict = refusal(("下级组织", [["组织简称*", "组织类别*"], ["1班团支部", "团支部"]]))
    assert verdict.reason == "导入表格格式错误：这是创建下级组织的模板，不是团员名单"


def test_a_workbook_without_a_roster_is_told_what_was_looked_for():
    verdict = refusal(("甲", [["一"]]), ("乙", []))
    assert verdict.message == (
        "导入表格格式错误：工作表“甲”、“乙”的前 10 行中，没有同时含“姓名”和“身份证号码”的表头。"
        "请下载模板，按模板的表头填写后重新上传。"
    )


def test_a_header_alone_is_told():
    verdict = refusal(("表", [["说明"], HEADER, ["示例"]]))
    assert verdict.reason == "导入表格格式错误：工作表“表”第 2 行表头之下没有数据"


def test_too_many_rows_are_told_and_examples_do_not_count():
    assert len(roster_of(HEADER, ["示例"], *[PERSON] * 20, max_rows=20).rows) == 20
    verdict = refusal(("表", [HEADER, *[PERSON] * 21]), max_rows=20)
    assert verdict.message == "工作表“表”有21行数据，超过20行。请分成几个文件上传。"


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_in_a_spreadsheet(index, letters):
    assert letter_of(index) == letters
