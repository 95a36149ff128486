"""Lists as people have them: pasted columns, chat messages, workbooks with other columns between."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from members.matching.reading import LOST, Line, lines_of_file, lines_of_text
from tests.makers import number_of

ONE, TWO = number_of(), number_of()

TEXTS = [
    (f"张三 {ONE}", [Line(1, "张三", ONE)]),
    (f"{ONE}，张三", [Line(1, "张三", ONE)]),
    (f"1. 张三，{ONE}\n2、李四；{TWO}", [Line(1, "张三", ONE), Line(2, "李四", TWO)]),
    (f"张 三 {ONE}", [Line(1, "张三", ONE)]),
    ("张三\n\n李四", [Line(1, "张三", ""), Line(3, "李四", "")]),
    (ONE.replace("9", "９"), [Line(1, "", ONE)]),
    (f"张三 男 汉族 共青团员 {ONE}", [Line(1, "张三", ONE)]),
    ("阿依古丽•买买提", [Line(1, "阿依古丽·买买提", "")]),
    (f"张三 {ONE[:-1]}", [Line(1, "张三", ONE[:-1])]),
    ("张三 110***********1234", [Line(1, "张三", "")]),
    ("——\n12\n", []),
    (f"序号\t姓名\t性别\t身份证号\n1\t张三\t男\t{ONE}\n2\t李四\t女\t{TWO}", [Line(2, "张三", ONE), Line(3, "李四", TWO)]),
    (f"汉族\t张三\t{ONE}\n汉族\t李四\t{TWO}", [Line(1, "张三", ONE), Line(2, "李四", TWO)]),
    (f"张三\t{ONE}", [Line(1, "张三", ONE)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), TEXTS, ids=range(len(TEXTS)))
def test_pasted_lists_are_understood(text, lines):
    assert lines_of_text(text) == lines


def workbook(*rows, title="花名册") -> bytes:
    book, raw = Workbook(), io.BytesIO()
    book.active.title = "说明"
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    book.save(raw)
    return raw.getvalue()


def test_a_workbook_is_read_from_its_first_sheet_with_people():
    raw = workbook(["2023级学生名单"], ["学号", "姓名*", "证件号码"], ["20230001", "张三", ONE])
    assert lines_of_file(raw, "a.xlsx") == [Line(3, "张三", ONE)]


def test_a_number_that_became_a_number_cell_is_said_to_be_lost():
    raw = workbook(["姓名", "身份证号码"], ["张三", float(ONE[:17] + "0")])
    assert lines_of_file(raw, "a.xlsx") == [Line(2, "张三", "", LOST)]


def test_columns_without_heads_are_told_by_what_stands_in_them():
    raw = workbook(["汉族", "团支部", "张三", ONE], ["汉族", "团支部", "李四", TWO])
    assert lines_of_file(raw, "a.xlsx") == [Line(1, "张三", ONE), Line(2, "李四", TWO)]


def test_a_workbook_without_people_gives_none():
    assert lines_of_file(workbook([1, 20], [2, 30]), "a.xlsx") == []
