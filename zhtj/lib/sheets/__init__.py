"""Opens workbooks that strangers made: looked into first, then parsed in a child process with little to spend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhtj.lib.verdict import Refused

from . import containers, faults, process
from .texts import bare, bare_header

__all__ = ["Broken", "Limits", "Sheet", "Table", "Value", "bare", "bare_header", "open_table", "read_value"]


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell whose formula has no value or an error such as #N/A; `text` is what Excel shows."""

    text: str


Value = str | float | int | bool | date | datetime | Broken
Table = list[list[Any]]


@dataclass(frozen=True)
class Limits:
    """How much a file may hold and its parsing may cost."""

    size: int
    rows: int
    seconds: int = 60
    memory: int = 1024**3


@dataclass(frozen=True)
class Sheet:
    """One sheet as a table from A1 on; `header` is the index of the header row, or None where there is none.

    Values are raw: `read_value` gives them their type.
    """

    name: str
    header: int | None
    rows: Table
    names: list[str]


def open_table(
    data: bytes, file_name: str, *, prefer: str, wanted: Sequence[str], within: int, limits: Limits
) -> Sheet:
    """The sheet named `prefer`, else the first whose first `within` rows hold a header with all of `wanted`.

    Raises Refused with a cause that begins `file_`.
    """
    containers.inspect(data, file_name, limits.size).demand()
    answer = process.parse(data, prefer=prefer, wanted=list(wanted), within=within, limits=limits)
    if "fault" in answer:
        raise Refused(faults.verdict(answer["fault"], **answer.get("facts", {})))
    return Sheet(answer["sheet"], answer["header"], answer["rows"], answer["names"])


def read_value(raw: Any) -> Value:
    """A raw value with its type: text, number, yes/no, day, moment, or Broken; empty cells are empty texts."""
    if not isinstance(raw, list):
        return raw
    kind, text = raw
    if kind == "e":
        return Broken(text)
    moment = datetime.fromisoformat(text)
    return moment.date() if kind == "d" else moment


def is_blank(row: Iterable[Any]) -> bool:
    """Whether nothing stands in the row."""
    return not any(value.strip() if isinstance(value, str) else value is not None for value in row)
