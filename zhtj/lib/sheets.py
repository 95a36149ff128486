"""Opening an uploaded workbook: looked at, parsed in a sealed child process, refused with a reason (security: Files)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from zhtj.lib.verdict import Verdict, no

MAX_BYTES = 20 << 20
SECONDS = 60
WRONG_FORMAT = "导入表格格式错误"
_CHILD = Path(__file__).with_name("sheet_child.py")
_NAME_SHOWN = 40


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds an error such as `#N/A`; an empty text is a formula without a stored value."""

    text: str


Cell = str | float | int | bool | date | datetime | CellError | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet from its first row on; rows are as long as their last filled cell, `[]` where blank."""

    name: str
    rows: list[list[Cell]]


class Unreadable(Exception):
    """A file that cannot be read as a table; carries the verdict with what to do."""

    def __init__(self, verdict: Verdict):
        super().__init__(verdict.cause)
        self.verdict = verdict


_SAVE_AS = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”后重新上传。"
REASONS: dict[str, tuple[str, str]] = {
    "empty": ("“{file}”是空文件，没有内容", "请确认表格已保存并关闭，再重新上传。"),
    "text": ("“{file}”不是 Excel 工作簿，而是文本或 CSV 文件", _SAVE_AS),
    "pdf": ("“{file}”不是 Excel 工作簿，而是 PDF 文件", "请上传填好的 .xlsx 或 .xls 表格。"),
    "html": ("“{file}”不是 Excel 工作簿，而是网页文件", _SAVE_AS),
    "other_office": ("“{file}”不是 Excel 工作簿，而是 Word 或演示文稿", "请上传填好的 .xlsx 或 .xls 表格。"),
    "not_workbook": ("“{file}”不是 Excel 工作簿", _SAVE_AS),
    "binary": ("“{file}”是二进制工作簿（.xlsb），不能读取", _SAVE_AS),
    "macros": ("“{file}”含有宏（.xlsm），不能上传", _SAVE_AS),
    "password": ("工作簿设有打开密码，不能读取“{file}”", "请在 Excel 中取消密码，保存后重新上传。"),
    "corrupt": ("“{file}”已损坏或内容不完整，不能读取", _SAVE_AS),
    "forbidden_xml": (
        "“{file}”含有不允许的内容（DOCTYPE）",
        "请把数据复制到下载的模板中，保存为 .xlsx 后重新上传。",
    ),
    "oversized": ("“{file}”展开后过大", "请只保留需要导入的数据，复制到下载的模板中，分几次上传。"),
    "area": (
        "“{file}”的表格范围过大，内容一直到第 {row} 行、第 {column} 列",
        "请删除数据下方和右侧多余的行、列，保存后重新上传。",
    ),
    "no_sheet": ("“{file}”中没有工作表", "请把数据填写在下载的模板中再上传。"),
    "crash": ("“{file}”无法读取，文件可能已损坏", _SAVE_AS),
    "timeout": ("“{file}”读取时间过长，已停止", "请只保留需要导入的数据，复制到下载的模板中，分几次上传。"),
}


def open_workbook(
    raw: bytes, file_name: str, *, max_rows: int, max_bytes: int = MAX_BYTES, seconds: float = SECONDS
) -> list[Sheet]:
    """The worksheets of an .xlsx or .xls, told by content, not by name.

    Raises `Unreadable` where it is neither, is damaged or hostile, or has more than `max_rows` filled rows a sheet.
    """
    if len(raw) > max_bytes:
        reason = f"“{_short(file_name)}”有{len(raw) / (1 << 20):.1f} MB，超过{max_bytes >> 20} MB"
        raise Unreadable(no(reason, cause="too_large", remedy="，请分成几个文件上传。"))
    cause = _not_a_workbook(raw)
    if cause:
        raise _unreadable(cause, file_name)
    return list(_sheets(_parsed(raw, file_name, max_rows, seconds), file_name))


def _not_a_workbook(raw: bytes) -> str:
    """What the first bytes say, where they are neither a zip archive nor an OLE container."""
    if not raw.strip(b"\0 \r\n\t"):
        return "empty"
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        return ""
    if raw.startswith((b"\xd0\xcf\x11\xe0", b"PK")):
        return "corrupt"
    if raw.startswith(b"%PDF-"):
        return "pdf"
    head = raw[:2048].replace(b"\0", b"").lower()
    if b"<html" in head or b"<table" in head or b"<!doctype html" in head:
        return "html"
    return "text" if _is_text(raw[:2048]) else "not_workbook"


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 32 and byte not in b"\t\r\n\f" for byte in head)


def _parsed(raw: bytes, file_name: str, max_rows: int, seconds: float) -> str:
    """What the child says; a child that dies or is too slow is a refusal too."""
    child = _take_child()
    try:
        answer, _ = child.communicate(b"%d\n" % max_rows + raw, timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        raise _unreadable("timeout", file_name) from None
    if child.returncode != 0 or not answer:
        raise _unreadable("crash", file_name)
    return answer.decode("utf-8")


# A worker that reads many files has the next child start while it works on the present one. Each child still
# reads one file only; one that waits ends with the worker, since its input ends then.
_spare: list[subprocess.Popen] = []


def keep_ready() -> None:
    """Have a child waiting for the next file of this process."""
    if not _spare:
        _spare.append(_new_child())


def _take_child() -> subprocess.Popen:
    child = _spare.pop() if _spare else None
    return child if child and child.poll() is None else _new_child()


def _new_child() -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
    )


def _sheets(answer: str, file_name: str) -> Iterator[Sheet]:
    lines = iter(answer.split("\n"))
    head = json.loads(next(lines))
    if "refused" in head:
        raise _refused(head, file_name)
    for _ in range(head["sheets"]):
        about = json.loads(next(lines))
        yield Sheet(about["name"], [_row(next(lines)) for _ in range(about["rows"])])


def _row(line: str) -> list[Cell]:
    values = json.loads(line)
    plain = line.find("[", 1) < 0  # nearly always: no date, no error
    return values if plain else [_cell(value) for value in values]


def _cell(value: Any) -> Cell:
    if type(value) is not list:
        return value
    kind, text = value
    if kind == "e":
        return CellError(text)
    return date.fromisoformat(text) if kind == "d" else datetime.fromisoformat(text)


def _refused(head: dict, file_name: str) -> Unreadable:
    if head["refused"] == "rows":
        reason = f"工作表“{_short(head['sheet'])}”超过{head['most']}行"
        return Unreadable(no(reason, cause="rows", remedy="，请分成几个文件上传。"))
    return _unreadable(
        head["refused"], file_name, **{key: head[key] for key in ("row", "column") if key in head}
    )


def _unreadable(cause: str, file_name: str, **facts) -> Unreadable:
    reason, remedy = REASONS[cause]
    text = reason.format(file=_short(file_name), **facts)
    return Unreadable(no(f"{WRONG_FORMAT}：{text}", cause=cause, remedy=f"。{remedy}"))


def _short(name: str) -> str:
    return name if len(name) <= _NAME_SHOWN else f"{name[: _NAME_SHOWN - 1]}…"
