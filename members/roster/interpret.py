"""Reads the cells of one row kindly: the values of a person, and what in them cannot be read (§5)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts import idcard, names, phones
from accounts.enums import ETHNICITIES
from orgs.enums import BRANCHES
from zhtj.lib import dates
from zhtj.lib.sheets import WRONG_FORMAT, Cell, CellError

from ..rules import (
    COLUMNS,
    EDUCATION,
    EMAIL,
    ETHNICITY,
    IN_PARTY,
    IS_CADRE,
    JOINED,
    LEAGUE_NUMBER,
    NAME,
    NATURE,
    NUMBER,
    PHONE,
    QQ,
    SINCE,
    STATUS,
    TITLE,
    WEIBO,
    Person,
    Problem,
)
from .read import BRANCH_COLUMN, RawRow, Roster, is_blank
from .texts import bare, given, quoted, text_of, word

LONGEST = {BRANCH_COLUMN: 300, NAME: 100, WEIBO: 60, QQ: 20, EMAIL: 200}
LONGEST_ELSE = 40
SHORT = 20  # no column is shorter

STATUSES = {
    "团员": "共青团员",
    "党员": "中共党员",
    "正式党员": "中共党员",
    "中国共产党党员": "中共党员",
    "预备党员": "中共预备党员",
    "中国共产党预备党员": "中共预备党员",
    "中共党员（预备）": "中共预备党员",
}
LEVELS = {
    "大学本科": "本科",
    "专科": "大专",
    "大学专科": "大专",
    "硕士研究生": "硕士",
    "博士研究生": "博士",
    "中专": "中职",
    "职高": "中职",
    "技校": "中职",
}
# Names that official papers use for people without one of the 56; written with or without 人 and 族.
_UNLISTED = ["穿青", "僜", "夏尔巴", "克木", "莽", "革家", "僅家", "𠊎家", "绕家", "东家", "西家", "摩梭", "图瓦", "者来寨", "老品", "普标", "龙家", "南京", "蔡家", "木佬", "八甲", "本", "曼咪", "空格", "扣峰", "昂", "芒", "登"]  # fmt: skip
OTHER = "其他"
OTHERS = frozenset(
    [f"{name}{end}" for name in _UNLISTED for end in ("人", "族")]
    + ["穿青", "克木", "夏尔巴", "其它", "其他族", "其他民族", "未识别", "未识别民族", "未定族称", "外国血统", "外国血统中国籍人士"]
)  # fmt: skip
YES_WORDS = frozenset(("是", "√", "✓", "✔", "Y", "YES", "TRUE", "1", "对"))
NO_WORDS = frozenset(("否", "×", "✗", "X", "N", "NO", "FALSE", "0", "不是"))
_ORDER = {name: index for index, name in enumerate((BRANCH_COLUMN, *COLUMNS))}
_POWER = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """One row as read: the person, the branch it names, what could not be read, and its cells as the user sees them."""

    person: Person
    branch: str
    problems: list[Problem]
    texts: list[str]


def interpret(raw_row: RawRow, roster: Roster, *, category: str) -> Reading:
    """The values of one row; see `Reader`."""
    return Reader(roster, category=category).read(raw_row)


class Reader:
    """Reads the rows of one roster; of columns with few words it remembers what each word meant.

    `category` is the importing organisation's: only branches have people without a post. A cell that cannot be read
    leaves its value empty and its column with one problem, in template order.
    """

    def __init__(self, roster: Roster, *, category: str):
        self.columns = roster.columns
        self.always_cadres = category not in BRANCHES and not roster.committee
        self.steps: list[tuple[str, int | None, Any, Callable, dict | None]] = [
            (column, self.columns.get(column), empty, read, {} if column in FEW_WORDS else None)
            for column, empty, read in _READERS
        ]

    def read(self, raw_row: RawRow) -> Reading:
        """The values of a row."""
        row = _Row(raw_row.cells, self.columns)
        branch, said, *values = self._values(row)
        values[_IS_CADRE] = row.is_cadre(said, values[_TITLE], always=self.always_cadres)
        problems = sorted(row.problems.values(), key=lambda problem: _ORDER[problem.column])
        texts = [
            cell if type(cell) is str else "" if cell is None else text_of(cell) for cell in raw_row.cells
        ]
        return Reading(Person(*values), branch, problems, texts)

    def _values(self, row: _Row) -> list[Any]:
        """What the cells say, in the order of the readers; one loop, since it goes over every cell of a file."""
        values = []
        for column, at, empty, read, known in self.steps:
            cell = None if at is None else row.cells[at]
            if cell is None or cell == "":
                values.append(empty)
            elif known is None or type(cell) is not str:
                values.append(read(row, column))
            elif cell in known:
                values.append(known[cell])
            else:
                values.append(read(row, column))
                if column not in row.problems and len(known) < MOST_WORDS:
                    known[cell] = values[-1]
        return values


@dataclass(slots=True)
class _Row:
    """The cells of a row by column, and the first problem of each."""

    cells: list[Cell]
    columns: dict[str, int]
    problems: dict[str, Problem] = field(default_factory=dict)

    def cell(self, column: str) -> Cell:
        """The cell; an error or an overlong text is a problem and counts as empty."""
        index = self.columns.get(column)
        cell = self.cells[index] if index is not None else None
        if cell is None or cell == "":
            return None
        if type(cell) is str and len(cell) <= SHORT and not cell.isspace():
            return cell  # nearly always
        if isinstance(cell, CellError):
            self.fault(column, *_flawed(column, cell))
            return None
        if is_blank(cell):
            return None
        longest = LONGEST.get(column, LONGEST_ELSE)
        if isinstance(cell, str) and len(cell.strip()) > longest:
            shown = quoted(cell)
            self.fault(
                column,
                "too_long",
                f"{column}过长：{shown}有{len(cell.strip())}个字，最多{longest}个字。请改短。",
            )
            return None
        return cell

    def fault(self, column: str, cause: str, message: str) -> None:
        """Keep the first problem of a column."""
        self.problems.setdefault(column, Problem(column, cause, message))

    def take(self, column: str, read: Callable[[str], str]) -> str:
        """A text."""
        cell = self.cell(column)
        if cell is None:
            return ""
        return read(cell if type(cell) is str else text_of(cell))

    def id_number(self) -> str:
        """A number cell has lost digits: no guess."""
        cell = self.cell(NUMBER)
        if type(cell) is str and len(cell) == idcard.LENGTH and cell.isascii() and cell[:-1].isdigit():
            return cell.upper()  # nearly always
        text = idcard.normalise(_unquoted(bare(text_of(cell))))
        is_number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
        if is_number or _POWER.fullmatch(text):
            self.fault(
                NUMBER,
                "number_cell",
                f"{WRONG_FORMAT}：身份证号码{quoted(text)}在 Excel 中被当作数字，后几位已丢失。"
                "请把该列设为“文本”格式，再重新填写完整的18位号码。",
            )
            return ""
        return text

    def month(self, column: str) -> date | None:
        """A year and month."""
        cell = self.cell(column)
        if cell is None or (isinstance(cell, str) and not given(bare(cell))):
            return None
        found = dates.month(cell)
        if found is None:
            self.fault(column, *_no_month(column, cell))
        return found

    def yes_or_no(self, column: str) -> bool | None:
        """是, 否, or None where empty."""
        text = self.take(column, lambda text: given(bare(text)).upper())
        if text in YES_WORDS or text in NO_WORDS:
            return text in YES_WORDS
        if text:
            self.fault(column, "yes_no", f"{column}无法识别：{quoted(text)}。请填“是”或“否”。")
        return None

    def email(self) -> str:
        """An e-mail address, or nothing."""
        text = self.take(EMAIL, lambda text: given(bare(text)))
        if not text:
            return ""
        try:
            validate_email(text)
        except ValidationError:
            self.fault(
                EMAIL, "email", f"邮箱格式不符：{quoted(text)}。请填写形如 name@example.com 的地址，或留空。"
            )
            return ""
        return text

    def is_cadre(self, said: bool | None, title: str, *, always: bool) -> bool:
        """As said; where nothing is said, a 团内职务 says it."""
        if said is False and title:
            self.fault(
                IS_CADRE,
                "cadre_contradiction",
                f"是否团干部填“否”，却填写了团内职务{quoted(title)}。请改为“是”，或清空团内职务。",
            )
        return bool(title or always) if said is None else said


def ethnicity(text: str) -> str:
    """汉 → 汉族, 穿青人 → 其他; what is not known stays as typed."""
    text = word(text)
    if text in ETHNICITIES:
        return text
    if f"{text}族" in ETHNICITIES:
        return f"{text}族"
    return OTHER if text in OTHERS else text


def status(text: str) -> str:
    """党员 → 中共党员."""
    text = word(text)
    return STATUSES.get(text, text)


def education(text: str) -> str:
    """大学本科(在读) → 本科（在读）; 研究生 stays: it may be either."""
    level, studying, rest = word(text).partition("（在读）")
    if not studying and level.endswith("在读"):
        level, studying = level[:-2], "（在读）"
    return f"{LEVELS.get(level, level)}{studying}{rest}"


def _unquoted(text: str) -> str:
    """Without the apostrophe that people put before digits to keep them text."""
    return text.strip().lstrip("'‘’＇`")


def _flawed(column: str, cell: CellError) -> tuple[str, str]:
    remedy = "请把公式换成值（复制后选择性粘贴为“数值”），或直接填写。"
    if cell.text:
        return "cell_error", f"{column}的单元格是错误值{quoted(cell.text)}。{remedy}"
    return "cell_formula", f"{column}的单元格是公式，没有结果。{remedy}"


def _no_month(column: str, cell: Cell) -> tuple[str, str]:
    text = text_of(cell)
    if dates.is_ambiguous(cell):
        year = text[:4]
        return (
            "month_ambiguous",
            f"{column}无法识别：{text} 可能是1月，也可能是10月。请填写 {year}-01 或 {year}-10。",
        )
    return "month", f"{column}无法识别：{quoted(text)}。请按 2019-05 的样子填写四位年份和月份。"


def _text(read: Callable[[str], str]) -> Callable[[_Row, str], str]:
    return lambda row, column: row.take(column, read)


# Column, what an empty cell says, how another one is read: the branch, 是否团干部 as said, then the fields of Person.
_READERS: tuple[tuple[str, Any, Callable[[_Row, str], Any]], ...] = (
    (BRANCH_COLUMN, "", _text(word)),
    (IS_CADRE, None, _Row.yes_or_no),
    (NAME, "", _text(names.normalise)),
    (NUMBER, "", lambda row, _: row.id_number()),
    (ETHNICITY, "", _text(ethnicity)),
    (STATUS, "", _text(status)),
    (EDUCATION, "", _text(education)),
    (JOINED, None, _Row.month),
    (PHONE, "", _text(lambda text: phones.normalise(_unquoted(text)))),
    (LEAGUE_NUMBER, "", _text(lambda text: given(bare(_unquoted(text))))),
    ("", False, _Row.yes_or_no),  # is_cadre: known once the title is
    (TITLE, "", _text(lambda text: given(word(text)))),
    (SINCE, None, _Row.month),
    (NATURE, "", _text(lambda text: given(word(text)))),
    (IN_PARTY, None, _Row.yes_or_no),
    (WEIBO, "", _text(lambda text: given(text.strip()))),
    (QQ, "", _text(lambda text: given(bare(text)))),
    (EMAIL, "", lambda row, _: row.email()),
)
_IS_CADRE, _TITLE = ([each.name for each in fields(Person)].index(name) for name in ("is_cadre", "title"))
FEW_WORDS = frozenset(
    (BRANCH_COLUMN, ETHNICITY, STATUS, EDUCATION, JOINED, IS_CADRE, TITLE, SINCE, NATURE, IN_PARTY)
)
MOST_WORDS = 5000  # remembered of a column
