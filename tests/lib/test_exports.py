"""An exported list: texts only, and a last line that says whose copy it is."""

import io

from openpyxl import load_workbook

from zhtj.lib import exports


def sheet(*rows):
    raw = exports.workbook("名单", ("姓名", "说明"), rows, note="谁在何时导出")
    return load_workbook(io.BytesIO(raw))["名单"]


def test_headers_rows_and_the_last_line():
    found = [[cell.value for cell in row] for row in sheet(("张三", "好")).iter_rows()]
    assert found == [["姓名", "说明"], ["张三", "好"], [None, None], ["谁在何时导出", None]]


def test_no_cell_becomes_a_formula():
    cell = sheet(("=1+1", "+2"))["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_an_empty_list_still_says_whose_it_is():
    assert sheet()["A3"].value == "谁在何时导出"


def test_the_file_name_may_be_chinese():
    answer = exports.download(b"x", "名单.xlsx")
    assert "filename*=utf-8''%E5%90%8D%E5%8D%95.xlsx" in answer["Content-Disposition"]
