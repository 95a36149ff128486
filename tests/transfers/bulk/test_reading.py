"""People and where to, in whatever is pasted."""

from __future__ import annotations

import io

import pytest
from xlsxwriter import Workbook

from transfers.bulk import reading

WHERE = "山东省淄博市淄博机械公司装配车间团支部"


def read(text: str) -> list[tuple[str, str, str]]:
    return [(line.name, line.number, said) for line, said in reading.from_text(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三", [("张三", "", "")]),
        (f"张三 {WHERE}", [("张三", "", WHERE)]),
        (f"{WHERE}，张三", [("张三", "", WHERE)]),
        (f"1. 张三；{WHERE}\n\n2. 李四", [("张三", "", WHERE), ("李四", "", "")]),
        (f"张三\t{WHERE}\n李四\t", [("张三", "", WHERE), ("李四", "", "")]),
        (f"姓名\t转入组织全称\n张三\t{WHERE}\n李四\t某公司", [("张三", "", WHERE), ("李四", "", "某公司")]),
        ("张三 学习与工作团支部(境外)", [("张三", "", "")]),
        ("", []),
    ],
)
def test_each_person_has_the_name_beside_it(text, expected):
    assert read(text) == expected


def test_a_full_name_is_read_in_one_width():
    assert reading.tidy(" 出国(境) 学习２０２３团支部 ") == "出国（境）学习2023团支部"


def test_a_workbook_is_read_by_its_columns():
    raw = io.BytesIO()
    with Workbook(raw, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([("姓名", "去向"), ("张三", WHERE), ("李四", "")]):
            sheet.write_row(at, 0, row)
    found = reading.from_file(raw.getvalue(), "名单.xlsx")
    assert [(line.name, said) for line, said in found] == [("张三", WHERE), ("李四", "")]
