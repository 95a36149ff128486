"""Templates open in Excel with text columns, lists and an example that is nobody, and read back."""

import io
from datetime import date

import openpyxl
import pytest

from accounts import idcard
from members.roster import read, template
from members.roster.check import BRANCH_COLUMN
from members.rules import COLUMNS, REQUIRED


def opened(organization):
    """The workbook as Excel would open it."""
    return openpyxl.load_workbook(io.BytesIO(template.build(organization)))


def lists_of(sheet):
    """Column letter → where its drop-down list comes from."""
    rules = sheet.data_validations.dataValidation
    return {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule.formula1 for rule in rules}


def test_the_branch_template_has_the_columns_in_order_with_stars_on_required_ones(country):
    sheet = opened(country.class1)["团员团干部"]
    assert [cell.value for cell in sheet[2]] == [f"{each}*" if each in REQUIRED else each for each in COLUMNS]
    assert "填写说明" in sheet["A1"].value


def test_the_committee_template_asks_for_the_branch_first_and_lists_those_below(country):
    book = opened(country.college)
    sheet = book["团员团干部"]
    assert sheet["A2"].value == f"{BRANCH_COLUMN}*"
    names = [row[0].value for row in book["团支部"].rows]
    assert names == [each.full_name for each in (country.class1, country.class2, country.freshmen)]
    assert book["团支部"].sheet_state == "hidden"
    assert lists_of(sheet)["A"].startswith("团支部!")


def test_every_column_is_text_down_to_five_thousand_people(country):
    sheet = opened(country.class1)["团员团干部"]
    widths = sheet.column_dimensions.values()
    covered = {at for each in widths if each.number_format == "@" for at in range(each.min, each.max + 1)}
    assert covered == set(range(1, len(COLUMNS) + 1))
    assert {str(rule.sqref).split(":")[1].lstrip("ABCDEFGHIJKLMNOP") for rule in
            sheet.data_validations.dataValidation} == {"5002"}  # fmt: skip


def test_coded_columns_offer_their_values(country):
    lists = lists_of(opened(country.class1)["团员团干部"])
    assert lists["D"] == '"共青团员,中共党员,中共预备党员,群众"'
    assert lists["C"].startswith("民族!")
    assert lists["M"] == '"书记,副书记,组织委员,宣传委员,文体委员,生产委员,权益委员,其他"'


def test_the_example_row_has_a_sound_number_and_is_not_read_as_a_person(country):
    raw = template.build(country.class1)
    example = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(raw))["团员团干部"][3]]
    assert example[0].startswith("示例")
    assert idcard.problem(example[1], today=date(2026, 11, 23))
    with pytest.raises(Exception) as refused:
        read.read(raw, "模板.xlsx", max_rows=100)
    assert "没有" in refused.value.verdict.message


def test_the_file_is_named_for_its_organisation(country):
    assert template.file_name(country.class1) == "团员团干部导入模板（2023级1班团支部）.xlsx"


def test_a_branch_nobody_fills_by_hand_is_not_listed(country):
    country.freshmen.category = "pending_branch"
    country.freshmen.save()
    assert template.branch_names(country.college) == [country.class1.full_name, country.class2.full_name]
