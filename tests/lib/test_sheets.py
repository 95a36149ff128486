"""Uploaded workbooks: read where they are sound, refused with a reason where they are not, fatal never."""

import io
import sys
import time
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from tests.lib.hostile import (
    FILES,
    ROSTERS,
    SMALL,
    container,
    far,
    sheet_of,
    written,
)
from zhtj.lib import sheets
from zhtj.lib.sheets import CellError, Unreadable, open_workbook


def refusal(raw: bytes, **limits) -> sheets.Verdict:
    with pytest.raises(Unreadable) as caught:
        open_workbook(raw, "名单.xlsx", **{"max_rows": 100, **limits})
    return caught.value.verdict


# What is read


def test_the_old_format_is_read():
    (sheet,) = open_workbook((ROSTERS / "class_30.xls").read_bytes(), "class_30.xls", max_rows=100)
    assert (sheet.name, len(sheet.rows), sheet.rows[2][:2]) == (
        "团员团干部",
        32,
        ["华桂珍", "370399200703258322"],
    )


def test_the_new_format_is_read():
    (sheet,) = open_workbook((ROSTERS / "college_600.xlsx").read_bytes(), "x", max_rows=1000)
    assert (len(sheet.rows), sheet.rows[2][1]) == (602, "王玉兰")


def test_the_content_counts_and_not_the_name():
    assert open_workbook(SMALL, "名单.xls", max_rows=9)[0].rows == [["姓名", "手机"]]


def test_cells_keep_their_types():
    def fill(sheet, book):
        day, minute = (
            book.add_format({"num_format": "yyyy-mm-dd"}),
            book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        )
        sheet.write_row(0, 0, ["文", 13800000005, 2019.1, True])
        sheet.write_datetime(0, 4, datetime(2019, 5, 4), day)
        sheet.write_datetime(0, 5, datetime(2019, 5, 4, 12, 30), minute)
        sheet.write_string(0, 7, "后")

    (sheet,) = open_workbook(written(fill), "x", max_rows=9)
    expected = ["文", 13800000005.0, 2019.1, True, date(2019, 5, 4), datetime(2019, 5, 4, 12, 30), None, "后"]
    assert sheet.rows == [expected]


def test_rows_keep_their_places():
    (sheet,) = open_workbook(written(lambda sheet, book: sheet.write_string(2, 1, "甲")), "x", max_rows=9)
    assert sheet.rows == [[], [], [None, "甲"]]


def test_formulas_count_as_their_value_and_errors_are_told():
    def fill(sheet, book):
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(0, 1, "=NA()", None, "#N/A")
        sheet.write_formula(0, 2, '=IF(1,"")', None, "")
        sheet.write_string(0, 3, "末")
        sheet.write_formula(0, 5, "=1/0", None, "#DIV/0!")

    (sheet,) = open_workbook(written(fill), "x", max_rows=9)
    assert sheet.rows == [[2.0, CellError("#N/A"), CellError(""), "末", None, CellError("#DIV/0!")]]


def test_errors_are_told_in_the_sheet_where_they_stand():
    raw = io.BytesIO()
    with Workbook(raw) as book:
        book.add_worksheet("一").write_string(0, 0, "甲")
        book.add_worksheet("二").write_formula(0, 0, "=NA()", None, "#N/A")
    assert [sheet.rows for sheet in open_workbook(raw.getvalue(), "x", max_rows=9)] == [
        [["甲"]],
        [[CellError("#N/A")]],
    ]


def test_an_empty_sheet_has_no_rows():
    assert open_workbook(written(lambda sheet, book: None), "x", max_rows=9) == [sheets.Sheet("表", [])]


def test_formatted_cells_without_content_do_not_count():
    def fill(sheet, book):
        look = book.add_format({"num_format": "@"})
        sheet.write_string(0, 0, "甲")
        for row in range(1, 500):
            sheet.write_blank(row, 0, None, look)

    assert open_workbook(written(fill), "x", max_rows=9)[0].rows == [["甲"]]


# What is refused


@pytest.mark.parametrize(("make", "cause"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_sound_workbook_is_refused(make, cause):
    verdict = refusal(make())
    assert verdict.cause == cause
    assert verdict.reason.startswith("导入表格格式错误：")
    assert verdict.message.endswith("。")


def test_the_far_cell_needs_no_two_kilobytes_to_be_told_where_it_is():
    raw = far()
    assert len(raw) < 10_000
    assert "第 1048576 行、第 16384 列" in refusal(raw).reason


def test_a_cell_far_away_is_told_wherever_it_stands_in_a_large_sheet():
    filling = "".join(f'<row r="{row}"><c r="A{row}"/></row>' for row in range(1, 260_000))
    raw = sheet_of(filling + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert refusal(raw).cause == "area"


def test_a_repeated_part_is_refused():
    out = io.BytesIO(SMALL)
    with zipfile.ZipFile(out, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr("xl/workbook.xml", b"<a/>")
    assert refusal(out.getvalue()).cause == "corrupt"


def test_a_password_is_told_with_its_remedy():
    message = refusal(container("EncryptedPackage")).message
    assert message == (
        "导入表格格式错误：工作簿设有打开密码，不能读取“名单.xlsx”。请在 Excel 中取消密码，保存后重新上传。"
    )


def test_more_rows_than_allowed_are_refused_with_the_sheet():
    raw = written(lambda sheet, book: [sheet.write_number(row, 0, 1) for row in range(11)])
    assert refusal(raw, max_rows=10).message == "工作表“表”超过10行，请分成几个文件上传。"


def test_as_many_rows_as_allowed_are_read():
    raw = written(lambda sheet, book: [sheet.write_number(row, 0, 1) for row in range(10)])
    assert len(open_workbook(raw, "x", max_rows=10)[0].rows) == 10


def test_a_large_file_is_not_looked_into():
    verdict = refusal(b"x" * ((1 << 20) + 1), max_bytes=1 << 20)
    assert verdict.message == "“名单.xlsx”有1.0 MB，超过1 MB，请分成几个文件上传。"


def test_a_long_file_name_is_cut():
    with pytest.raises(Unreadable) as caught:
        open_workbook(b"", "长" * 300, max_rows=1)
    assert len(caught.value.verdict.message) < 120


# The child


def test_a_child_that_takes_too_long_is_ended():
    begun = time.monotonic()
    verdict = refusal(SMALL, seconds=0.001)
    assert verdict.cause == "timeout"
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "script",
    ["import os; os.abort()", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "1/0", "pass"],
    ids=["aborts", "killed", "raises", "silent"],
)
def test_a_child_that_dies_is_a_refusal(script, tmp_path, monkeypatch):
    child = tmp_path / "child.py"
    child.write_text(script)
    monkeypatch.setattr(sheets, "_CHILD", child)
    assert refusal(SMALL).cause == "crash"


def test_the_child_lives_on_little_memory(tmp_path, monkeypatch):
    child = tmp_path / "child.py"
    source = sheets._CHILD.read_text("utf-8")
    child.write_text(source.replace("    max_rows =", "    hoard = bytes(2 << 30)\n    max_rows ="), "utf-8")
    monkeypatch.setattr(sheets, "_CHILD", child)
    assert refusal(SMALL).cause == "crash"


def test_the_child_imports_only_the_standard_library_and_the_parser():
    lines = sheets._CHILD.read_text("utf-8").splitlines()
    roots = {line.split()[1].split(".")[0] for line in lines if line.strip().startswith(("import ", "from "))}
    assert roots - sys.stdlib_module_names == {"python_calamine"}


@st.composite
def mutations(draw, raw: bytes) -> bytes:
    """The bytes with some flipped, perhaps cut."""
    places = st.integers(0, len(raw) - 1)
    flips = draw(st.lists(st.tuples(places, st.integers(1, 255)), min_size=1, max_size=30))
    data = bytearray(raw)
    for place, mask in flips:
        data[place] ^= mask
    return bytes(data[: draw(places) + 1] if draw(st.booleans()) else data)


@given(raw=mutations((ROSTERS / "class_30.xls").read_bytes()) | mutations(SMALL))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(raw):
    try:
        outcome = [type(sheet) for sheet in open_workbook(raw, "名单.xls", max_rows=10_000)]
    except Unreadable as refused:
        outcome = refused.verdict.cause
    assert outcome in ([], [sheets.Sheet]) or outcome in {*sheets.REASONS, "rows"}
