"""Reads a pasted or uploaded list: the people as 名单对账 reads them, and beside each the 全称 of where to. Pure but for the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from members.matching import reading
from members.matching.reading import Line

_HEADS = ("转入组织", "转入团组织", "转往", "去向", "目标组织", "接收组织", "转入团支部")
_ENDS = ("团支部", "团总支", "团委", "团工委", "委员会")
_BETWEEN = re.compile(r"[\s,，;；、|]+")
_LONGER_THAN_A_POST = 5

Brought = list[tuple[Line, str]]


def from_text(text: str) -> Brought:
    """Each person with the 全称 beside it, or an empty text."""
    rows = text.splitlines()
    if any("\t" in row for row in rows):
        cells = [[tidy(cell) for cell in row.split("\t")] for row in rows]
        return _beside(reading.lines_of_text(text), cells)
    said = [_said_in(_BETWEEN.split(row)) for row in rows]
    people = "\n".join(row.replace(word, " ") if word else row for row, word in zip(rows, said, strict=True))
    return [(line, tidy(said[line.at - 1])) for line in reading.lines_of_text(people)]


def from_file(raw: bytes, file_name: str) -> Brought:
    """The same of a workbook. Raises sheets.Unreadable."""
    lines, rows = reading.table_of_file(raw, file_name)
    return _beside(lines, [[tidy(cell) for cell in row] for row in rows])


def tidy(text: str) -> str:
    """A 全称 as it is stored: letters and digits of one width, no blanks, brackets of full width."""
    wide = text.replace("(", "（").replace(")", "）")
    narrow = (unicodedata.normalize("NFKC", char) if char.isalnum() else char for char in wide)
    return "".join("".join(narrow).split())[:500]


def _beside(lines: Sequence[Line], rows: Sequence[Sequence[str]]) -> Brought:
    at = _headed(rows)
    return [(line, _cell(rows[line.at - 1], at)) for line in lines]


def _headed(rows: Sequence[Sequence[str]]) -> int | None:
    """The column whose head says that it holds where to, within the first ten rows."""
    for row in rows[:10]:
        for at, said in enumerate(row):
            if said.startswith(_HEADS) and len(said) < 12 and not said.endswith(("团委", "团总支")):
                return at
    return None


def _cell(row: Sequence[str], at: int | None) -> str:
    if at is not None:
        return row[at] if at < len(row) else ""
    return _said_in(row)


def _said_in(words: Sequence[str]) -> str:
    """The first word that is the name of an organisation by its end."""
    return next((word for word in words if len(word) >= _LONGER_THAN_A_POST and word.endswith(_ENDS)), "")
