"""Others than the uploader read no full number, however it was written."""

import pytest

from members.roster.echo import Echo
from members.roster.plan import PlanRow

PLACES = {"姓名": 0, "身份证号码": 1, "手机号码": 2}
OWN, OTHER = Echo(True, PLACES), Echo(False, PLACES)


def row(*texts):
    """A row with these cells."""
    return PlanRow(1, 2, "error", "", False, False, list(texts), [], [], "")


def test_the_uploader_reads_everything():
    assert OWN.text(row("张三", "110199200501011230", "138-1234-5678"), "手机号码") == "138-1234-5678"
    assert OWN.said("与“110199200501011230”相同") == "与“110199200501011230”相同"


@pytest.mark.parametrize("text", ["138-1234-567", "1381234", "六五0199", "6.50199200501011E+17"])
def test_what_stands_in_a_number_column_is_cut_whatever_it_is(text):
    assert OTHER.text(row("张三", text, ""), "身份证号码") == text[:3] + "*" * (len(text) - 3)


@pytest.mark.parametrize(
    "number", ["110199200501011230", "11019920050101123X", "138 1234 5678", "138-1234-5678"]
)
def test_numbers_in_sentences_and_other_cells_are_cut(number):
    assert number not in OTHER.said(f"“{number}”不在列表")
    assert number not in OTHER.text(row(number, "", ""), "姓名")


@pytest.mark.parametrize("text", ["2019-05-01", "与第13行相同", "2016年及以后入团的必须填写", "QQ 12345678"])
def test_dates_and_small_numbers_stay(text):
    assert OTHER.said(text) == text


def test_a_column_the_upload_lacks_is_empty():
    assert OTHER.text(row("张三"), "邮箱") == ""
    assert OTHER.text(row("张三"), "手机号码") == ""
