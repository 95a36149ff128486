"""The sealed reader of uploaded workbooks: row limit and bytes on stdin, JSON lines on stdout. Started by `sheets`, never imported.

A hostile workbook can end the process that parses it, so this one has little memory, little time and nothing else.
First line: `{"refused": cause, …}` or `{"sheets": n}`; then for each sheet `{"name": …, "rows": n}` and a line per row.
"""

import json
import os
import re
import resource
import sys
import zipfile
from datetime import date, datetime
from io import BytesIO
from math import isfinite
from xml.etree import ElementTree

import python_calamine

MEMORY, CPU_SECONDS = 1 << 30, 40
MOST_PARTS, MOST_BYTES, MOST_RATIO, RATIO_FROM = 1_000, 300 << 20, 400, 1 << 20
MOST_CELLS, MOST_TEXT = 8_000_000, 120_000_000
SLICE, OVERLAP = 4 << 20, 64

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
FILEPASS = re.compile(rb"\x09\x08\x10\0\0\x06\x05\0.{12}(?:\x86\0\0\0)?\x2f\0[\x04-\xff]\0", re.S)
REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)([0-9]+)["']""")
COLUMN = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)[0-9]+["']""")
ROW = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]+([0-9]+)["']""")
CELL = re.compile(rb"<c\s([^>]*?)(?:/>|>(.*?)</c>)", re.S)
VALUE = re.compile(rb"<(?:v|t)(?:\s[^>]*)?>([^<]+)</")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class Refusal(Exception):
    """The file cannot or must not be read; `cause` is a key of `sheets.REASONS`."""

    def __init__(self, cause: str, **facts):
        super().__init__(cause)
        self.answer = {"refused": cause, **facts}


def main() -> None:
    """Read stdin, answer on stdout."""
    confine()
    max_rows = int(sys.stdin.buffer.readline() or 0)
    try:
        lines = read(sys.stdin.buffer.read(), max_rows)
    except Refusal as refusal:
        lines = [json.dumps(refusal.answer)]
    sys.stdout.write("\n".join(lines))
    sys.stdout.flush()
    os._exit(0)  # the answer is given: whoever waits need not wait for the tidying up


def confine() -> None:
    """Memory, time, and no file larger than nothing."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def read(raw: bytes, max_rows: int) -> list[str]:
    """The answer for one file."""
    formulas: dict[str, dict] = {}
    if raw[:8] == OLE:
        check_ole(raw)
    else:
        formulas = check_zip(raw)
    return parse(raw, formulas, max_rows)


# The old format


def check_ole(raw: bytes) -> None:
    """An OLE container holds an .xls, or something that only looks like one."""
    if named(raw, "EncryptedPackage") or FILEPASS.search(raw):
        raise Refusal("password")
    if named(raw, "WordDocument") or named(raw, "PowerPoint Document"):
        raise Refusal("other_office")
    if not (named(raw, "Workbook") or named(raw, "Book")):
        raise Refusal("corrupt")


def named(raw: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in raw


# The new format


def check_zip(raw: bytes) -> dict[str, dict]:
    """Look into the container before anything parses it; gives the formula cells without a usable value."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = archive.infolist()
            check_parts(parts)
            check_kind(archive, {part.filename for part in parts})
            flawed = {
                part.filename: check_part(archive.read(part)) for part in parts if is_xml(part.filename)
            }
            return by_sheet(archive, {name: cells for name, cells in flawed.items() if cells})
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        KeyError,
        ElementTree.ParseError,
        EOFError,
        OSError,
    ) as error:
        raise Refusal("corrupt") from error
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise Refusal("password") from error
    except Refusal:
        raise
    except Exception as error:  # zlib.error, ValueError, UnicodeError …: whatever a broken archive provokes
        raise Refusal("corrupt") from error


def is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Number, sizes and compression of the parts."""
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise Refusal("oversized")
    if len({part.filename for part in parts}) < len(parts):
        raise Refusal("corrupt")
    for part in parts:
        if part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise Refusal("oversized")


def check_kind(archive: zipfile.ZipFile, names: set[str]) -> None:
    """Which of the formats that are zip archives this is."""
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise Refusal("other_office")
    if "xl/workbook.bin" in names:
        raise Refusal("binary")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refusal("not_workbook")
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refusal("macros")


def check_part(text: bytes) -> dict:
    """No document type, no other encoding, no cell far away; gives {(row, column): error text}."""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text:
        raise Refusal("forbidden_xml")
    rows, columns = 0, 0
    for begin in range(0, len(text), SLICE):
        piece = text[begin : begin + SLICE + OVERLAP]
        rows = max(rows, *map(number, set(ROW.findall(piece))), 0)
        columns = max(columns, *map(column_of, set(COLUMN.findall(piece))), 0)
    if rows * columns > MOST_CELLS:
        raise Refusal("area", row=rows, column=columns)
    return dict(flawed_cells(text)) if b"<f" in text or b'"e"' in text else {}


def number(digits: bytes) -> int:
    if len(digits) > 7:
        raise Refusal("corrupt")
    return int(digits)


def column_of(letters: bytes) -> int:
    """`A` → 1."""
    if len(letters) > 3:
        raise Refusal("corrupt")
    total = 0
    for letter in letters.upper():
        total = total * 26 + letter - 64
    return total


def flawed_cells(text: bytes):
    """The cells whose stored value is an error, or a formula's missing value; the parser shows both as empty."""
    for cell in CELL.finditer(text):
        attributes, body = cell[1], cell[2] or b""
        is_error = b't="e"' in attributes
        if not (is_error or b"<f" in body):
            continue
        place, value = REFERENCE.search(b" " + attributes), VALUE.search(body)
        if place and (is_error or not value):
            key = (number(place[2]) - 1, column_of(place[1]) - 1)
            yield key, value[1].decode("utf-8", "replace")[:20] if value else ""


def by_sheet(archive: zipfile.ZipFile, flawed: dict[str, dict]) -> dict[str, dict]:
    """Part names → sheet names, by the workbook's relations."""
    if not flawed:
        return {}
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    names = {}
    for item in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if item.tag.endswith("}sheet"):
            target = targets.get(item.get(RELATION) or item.get(STRICT_RELATION), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            names[item.get("name")] = flawed.get(part, {})
    return names


# Both formats


def parse(raw: bytes, formulas: dict[str, dict], max_rows: int) -> list[str]:
    """Every worksheet as JSON lines."""

    try:
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(raw)) as book:
            worksheet = python_calamine.SheetTypeEnum.WorkSheet
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == worksheet]
            if not names:
                raise Refusal("no_sheet")
            lines, budget = [json.dumps({"sheets": len(names)})], MOST_TEXT
            for name in names:
                rows = rows_of(book.get_sheet_by_name(name), formulas.get(name, {}), name, max_rows)
                lines += [json.dumps({"name": name, "rows": len(rows)}), *rows]
                budget -= sum(map(len, rows))
                if budget < 0:
                    raise Refusal("oversized")
            return lines
    except python_calamine.PasswordError as error:
        raise Refusal("password") from error
    except (
        python_calamine.CalamineError,
        python_calamine.ZipError,
        python_calamine.XmlError,
        OSError,
    ) as error:
        raise Refusal("corrupt") from error


def rows_of(sheet, flawed: dict, name: str, max_rows: int) -> list[str]:
    """One JSON list a row, `[]` where it is blank; blank rows at the end are dropped."""
    flawed_rows: dict[int, list] = {}
    for (row, column), text in flawed.items():
        flawed_rows.setdefault(row, []).append((column, text))
    if sheet.start is None and not flawed:
        return []
    lines, filled, last, size = [], 0, 0, 0
    for index, cells in enumerate(sheet.to_python(skip_empty_area=False)):
        values = [plain(cell) for cell in cells]
        for column, text in flawed_rows.get(index, ()):
            values += [None] * (column + 1 - len(values))
            values[column] = ["e", text]
        while values and values[-1] is None:
            values.pop()
        lines.append(json.dumps(values, ensure_ascii=False) if values else "[]")
        size += len(lines[-1])
        if values:
            filled, last = filled + 1, index + 1
        if filled > max_rows:
            raise Refusal("rows", sheet=name, most=max_rows)
        if size > MOST_TEXT:
            raise Refusal("oversized")
    return lines[:last]


def plain(cell):
    """A cell as JSON: a date as `["d", iso]`, a date with time as `["t", iso]`, an empty one as null."""
    kind = type(cell)
    if kind is str:
        return cell.replace("\0", "") or None
    if kind is float:
        return cell if isfinite(cell) else str(cell)
    if kind is bool or kind is int:
        return cell
    if kind is datetime:
        return ["t", cell.isoformat()]
    if kind is date:
        return ["d", cell.isoformat()]
    return None if cell is None else str(cell)


if __name__ == "__main__":
    main()
