"""Finds names and ID numbers in whatever people paste or upload: no template, no fixed columns. Pure but for the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from accounts import idcard, names
from accounts.enums import EDUCATIONS, ETHNICITIES, PoliticalStatus
from zhtj.lib import sheets
from zhtj.lib.cells import bare, text_of
from zhtj.lib.sheets import Cell

MOST = 5000  # lines
LOST = "号码在表格里是数字格式，末尾几位已经丢失"
_LIKE_NUMBER = re.compile(r"\d{14,20}[Xx]?")  # a number with a digit too few or too many is one still
_HAN = re.compile("[\u3400-\u9fff]")
_BETWEEN = re.compile(r"[\s,，;；、|/]+")
_ORDINAL = re.compile(r"\s*[（(]?\d{1,4}\s*[)）.．、:：]\s*(?=\D)")
_NAME_HEADS = ("姓名", "名字", "学生姓名", "团员姓名", "员工姓名")
_NUMBER_HEADS = ("身份证", "证件号")
# What stands in lists beside names and looks like one.
_NOT_NAMES = frozenset(
    [*_NAME_HEADS, *ETHNICITIES, *EDUCATIONS, *PoliticalStatus.values, "男", "女", "团员", "党员", "预备党员", "群众"]
    + ["汉", "序号", "性别", "民族", "班级", "学号", "备注", "政治面貌", "学历", "身份证", "身份证号", "身份证号码"]
    + ["手机", "手机号", "手机号码", "电话", "联系电话", "是", "否", "无", "书记", "副书记", "组织委员", "宣传委员", "合计"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list: where it stands, what it says, and what could not be read. The number is normalised."""

    at: int
    name: str
    number: str
    fault: str = ""


def lines_of_text(text: str) -> list[Line]:
    """From pasted text: a copied piece of a sheet (tabs), or one person a line in any order."""
    rows = [each.rstrip() for each in text.splitlines()]
    if any("\t" in row for row in rows):
        return _lines_of_table([[cell.strip() for cell in row.split("\t")] for row in rows], _plain)
    return [line for at, row in enumerate(rows, start=1) if (line := _of_words(at, row))]


def lines_of_file(raw: bytes, file_name: str) -> list[Line]:
    """From a workbook: the first sheet with names or numbers in it. Raises sheets.Unreadable."""
    return table_of_file(raw, file_name)[0]


def table_of_file(raw: bytes, file_name: str) -> tuple[list[Line], list[list[str]]]:
    """`lines_of_file` with the cells of that sheet as texts, for what else stands beside the names."""
    for sheet in sheets.open_workbook(raw, file_name, max_rows=MOST + 20):
        if lines := _lines_of_table(sheet.rows, text_of):
            return lines, [[bare(text_of(cell)) for cell in row] for row in sheet.rows]
    return [], []


def _plain(cell: str) -> str:
    return cell


def _of_words(at: int, row: str) -> Line | None:
    """Words in any order: the first that is like a number, and the first that is like a name."""
    words = [word for word in _BETWEEN.split(_ORDINAL.sub("", row, count=1)) if word]
    number = next((word for word in map(idcard.normalise, words) if _LIKE_NUMBER.fullmatch(word)), "")
    spoken = [word for word in words if not any(char.isdigit() for char in word)]
    if spoken and all(len(word) == 1 for word in spoken[:3]):  # 张 三
        spoken = ["".join(spoken[:3])]
    elif len(spoken) > 1 and len(spoken[0]) == len(spoken[1]) == 1:
        spoken = [spoken[0] + spoken[1], *spoken[2:]]
    name = next((found for word in spoken if _is_name(found := names.normalise(word))), "")
    return Line(at, name, number) if name or number else None


def _lines_of_table(rows: Sequence[Sequence[Cell]], text: Callable[..., str]) -> list[Line]:
    """From columns: the one with numbers and the one with names, by their heads or by what stands in them."""
    cells = [[bare(text(cell)) for cell in row] for row in rows]
    width = max(map(len, cells), default=0)
    number_at = _column(cells, width, _NUMBER_HEADS, lambda each: bool(_LIKE_NUMBER.fullmatch(each)))
    name_at = _column(cells, width, _NAME_HEADS, _is_person, but=number_at)
    return list(_lines(rows, cells, name_at, number_at))


def _lines(
    rows: Sequence[Sequence[Cell]], cells: list[list[str]], name_at: int, number_at: int
) -> Iterator[Line]:
    for at, (row, said) in enumerate(zip(rows, cells, strict=True), start=1):
        name = names.normalise(_at(said, name_at))
        number = idcard.normalise(_at(said, number_at))
        lost = 0 <= number_at < len(row) and _is_lost(row[number_at])
        name = name if _is_name(name) else ""
        if lost or "*" in number or not any(char.isdigit() for char in number):
            number = ""  # lost, masked, or no number at all: the name alone has to do
        if name or number or lost:
            yield Line(at, name, number, LOST if lost else "")


def _is_lost(cell: Cell) -> bool:
    """An ID number that a spreadsheet took for a number has lost its last digits."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell >= 10**15


def _at(row: list[str], at: int) -> str:
    return row[at] if 0 <= at < len(row) else ""


def _column(
    cells: list[list[str]], width: int, heads: tuple[str, ...], fits: Callable[[str], bool], *, but: int = -1
) -> int:
    """The column under one of these heads within the first ten rows, else the one most cells of which fit; -1 for none."""
    for row in cells[:10]:
        for at, said in enumerate(row):
            if at != but and said.rstrip("*＊").startswith(heads):
                return at
    counts = [
        0 if at == but else len({row[at] for row in cells if at < len(row) and fits(row[at])})
        for at in range(width)
    ]
    return counts.index(max(counts)) if any(counts) else -1


def _is_name(text: str) -> bool:
    """Whether a word may be somebody's name; the words that stand beside names in lists are not."""
    return text not in _NOT_NAMES and bool(names.problem(text))


def _is_person(text: str) -> bool:
    """Whether a cell alone is likely to be a name: short if Chinese, as the names of organisations are not."""
    return _is_name(text) and (len(text) <= 4 or names.DOT in text or not _HAN.search(text))
