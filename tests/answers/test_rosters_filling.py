"""Filling in a roster, and what cannot be read of it (Q32, Q36)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import makers
from tests.answers.importing import (
    BRANCH,
    at_desk,
    imports,
    listed,
    person,
    row,
    uploads,
    verdicts,
    worked,
)
from tests.answers.sheets import filled, rows_of, table
from tests.answers.visitor import Visitor

pytestmark = pytest.mark.django_db

ROSTERS = Path(__file__).parents[1] / "rosters"


# -- Q32: what to mind when filling in -------------------------------------------------------------------


def template_of(visitor: Visitor) -> bytes:
    """The template as downloaded from 导入名单."""
    return visitor.follows("团员列表").follows("导入名单").follows("下载模板").response.content


def test_q32_the_branch_template_filled_in_as_it_is_imports(branch):
    template = template_of(branch)
    assert rows_of(template)[1][:4] == ("姓名*", "身份证号码*", "民族*", "政治面貌*")
    people = [person("赵新生"), person("钱干部", 是否团干部="是", 团内职务="组织委员", 任现职年月="2024-09")]
    people[1] |= {"团干部性质": "兼职", "是否同级党委（支部）成员": "否"}
    imports(branch, filled(template, people, headers_in=2), 2).sees_not("示例")
    branch.follows("团干部列表").sees("钱干部")


def test_q32_the_committee_template_filled_in_as_it_is_imports(college, country):
    template = template_of(college)
    assert rows_of(template)[1][:2] == (f"{BRANCH}*", "姓名*")
    people = [
        person("赵新生", **{BRANCH: country.class1.full_name}),
        person("钱新生", **{BRANCH: country.class2.full_name}),
    ]
    imports(college, filled(template, people, headers_in=2), 2)


def test_q32_a_roster_as_schools_keep_it_imports(country):
    free = makers.make_org(country.college, "2024级3班团支部")
    branch = at_desk(makers.make_admin(free, "副管理", title="副书记"))
    uploads(branch, (ROSTERS / "class_30.xls").read_bytes(), "class_30.xls").presses("导入 30 人")
    worked(branch).sees("已导入 30 人")


def test_q32_columns_stand_in_any_order_and_common_words_for_them_are_read(branch):
    one = person("赵新生")
    words = {
        "手机号码": "联系电话",
        "身份证号码": "身份证",
        "学历": "文化程度",
        "入团年月": "入团时间（必填）",
    }
    columns = [*reversed(one)]
    head = [words.get(each, f"{each}＊") for each in columns]
    raw = table(("2026级团员名册",), (), head, [one[each] for each in columns], name="Sheet1")
    imports(branch, raw, 1)


def test_q32_a_changed_header_is_explained_asked_for_once_and_remembered(branch):
    def own_list(one):
        return table([{"手机号码": "怎样找到他"}.get(each, each) for each in one], list(one.values()))

    uploads(branch, own_list(person("赵新生")), "第一次.xlsx").sees(
        "没有认出“手机号码”列", "怎样找到他", "未认出"
    )
    at = next(each for each in branch.page.select("main tbody tr") if "怎样找到他" in each.get_text())
    label = at.find("label").get_text(strip=True)
    worked(branch.fills(label, "手机号码").presses("继续核对")).presses("导入 1 人")
    worked(branch).sees("已导入 1 人")
    branch.follows("团员列表").follows("导入名单").follows("导入名单")
    uploads(branch, own_list(person("钱新生")), "第二次.xlsx")
    assert branch.offers("导入 1 人") is True


def test_q32_a_missing_column_and_another_template_are_explained(branch):
    uploads(branch, table(("姓名", "身份证号码"), ("赵新生", makers.number_of()))).sees(
        "导入表格格式错误",
        "第 1 行的表头缺少“民族”、“政治面貌”、“学历”、“入团年月”、“手机号码”列",
        "请下载模板",
    )
    uploads(branch, (ROSTERS / "subordinates.xlsx").read_bytes(), "下级组织.xlsx")
    branch.sees("这是创建下级组织的模板，不是团员名单", "创建下级组织请到“创建下级组织”上传")


KINDLY = {
    "空 格": {},
    "古丽努尔•买买提": {},
    "ＱＵＡＮ": {},
    "小写": {"身份证号码": ""},
    "全角号码": {"手机号码": "１３９１２３４５６７８"},
    "加八六": {"手机号码": "+86 139-1234-5678"},
    "汉字汉": {"民族": "汉"},
    "穿青人士": {"民族": "穿青人"},
    "括号半角": {"学历": "本科(在读)"},
    "点分年月": {"入团年月": "2021.05"},
    "斜线年月": {"入团年月": "2021/5"},
    "连写年月": {"入团年月": "202105"},
    "汉字年月": {"入团年月": "2021年5月"},
    "带日年月": {"入团年月": "2021-05-04"},
}


def test_q32_many_ways_of_writing_are_read_and_a_number_like_2019_1_is_not(branch):
    people = [person(name, **cells) for name, cells in KINDLY.items()]
    people[3]["身份证号码"] = ending_in_x().lower()
    dated = {**person("日期格子"), "入团年月": date(2021, 5, 4)}
    doubtful = {**person("一月十月"), "入团年月": 2019.1}
    head = list(person())
    raw = table(head, *([each[column] for column in head] for each in [*people, dated, doubtful]))
    uploads(branch, raw)
    assert "可能是1月，也可能是10月" in row(branch, "一月十月")
    assert branch.offers("导入 15 人") is True
    worked(branch.presses("导入 15 人")).follows("团员列表")
    branch.sees("空格", "古丽努尔·买买提", "QUAN", "穿青人士")


def ending_in_x() -> str:
    """An ID number whose check character is X."""
    return next(each for each in iter(makers.number_of, "") if each.endswith("X"))


def test_q32_an_example_row_is_left_out_wherever_it_stands(branch):
    imports(branch, listed(person("赵新生"), person("示例团员"), person("钱新生")), 2)


# -- Q36: 导入表格格式错误 ---------------------------------------------------------------------------------


def test_q36_an_id_in_a_number_cell_is_explained_and_phone_and_month_in_number_cells_are_read(branch):
    head = list(person())
    lost = {**person("号码成数"), "身份证号码": 659099200605200000}
    powered = {**person("科学计数"), "身份证号码": "6.59099E+17"}
    numbers = {**person("电话年月"), "手机号码": 13912345678, "入团年月": 202105}
    uploads(branch, table(head, *([each[column] for column in head] for each in (lost, powered, numbers))))
    for name in ("号码成数", "科学计数"):
        said = row(branch, name)
        assert "导入表格格式错误：身份证号码" in said
        assert "在Excel中被当作数字，后几位已丢失" in said
        assert "请把该列设为“文本”格式，再重新填写完整的18位号码" in said
    assert verdicts(branch)["电话年月"] == "新增"
    branch.follows("错误").fills("第 2 行的身份证号码", makers.number_of()).presses("保存第 2 行")
    worked(branch.presses("导入 2 人")).follows("团员列表").follows("查看电话年月").sees("入团年月2021-05")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04 nonsense", "已损坏或内容不完整"),
        ("姓名,身份证号码\n赵新生,1".encode(), "另存为"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "另存为"),
        (b"%PDF-1.7 nothing", "PDF"),
    ],
)
def test_q36_an_unreadable_file_is_explained_and_nothing_is_written(branch, raw, said):
    uploads(branch, raw).sees("导入表格格式错误", said, "没有写入任何数据")
    assert branch.offers("重新上传") is True


def test_q36_a_formula_counts_as_its_value_and_without_one_the_row_is_an_error(branch):
    head = list(person())
    empty = {**person("空公式"), "手机号码": '=""&A1'}
    wrong = {**person("错误值"), "手机号码": "#N/A"}
    uploads(branch, table(head, *([each[column] for column in head] for each in (empty, wrong))))
    assert "手机号码的单元格是公式，没有结果" in row(branch, "空公式")
    assert "手机号码" in row(branch, "错误值")


def test_q36_every_fault_of_a_row_is_said(branch):
    uploads(branch, listed(person("", 手机号码="123", 民族="火星族", 发展团员编号="1")))
    causes = ("姓名必填", "民族不在列表", "手机号码不符", "发展团员编号不是12位数字")
    places = [branch.sees(each).text.index(each) for each in causes]
    assert places == sorted(places)


def test_q36_the_faulty_roster_says_what_is_expected_row_by_row(country):
    free = makers.make_org(country.college, "2024级3班团支部")
    branch = at_desk(makers.make_admin(free, "副管理", title="副书记"))
    uploads(branch, (ROSTERS / "faults.xlsx").read_bytes(), "faults.xlsx")
    faulty = [each.get_text(strip=True).strip("第行 ") for each in branch.page.select("main td.plan-number")]
    assert faulty == ["14", "15", *(str(at) for at in (*range(25, 41), 42))]
