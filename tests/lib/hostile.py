"""Workbooks that are none, broken, or made to hurt whoever opens them; each with the cause of its refusal."""

import io
import struct
import zipfile
from pathlib import Path

from xlsxwriter import Workbook

ROSTERS = Path(__file__).parents[1] / "rosters"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def written(fill, name="表") -> bytes:
    """A workbook of one sheet that `fill(sheet, book)` fills."""
    raw = io.BytesIO()
    with Workbook(raw) as book:
        fill(book.add_worksheet(name), book)
    return raw.getvalue()


SMALL = written(lambda sheet, book: sheet.write_row(0, 0, ["姓名", "手机"]))


def changed(raw: bytes, **parts: bytes | None) -> bytes:
    """The workbook with parts replaced or added; keys are names with `__` for `/` and `_` kept."""
    out = io.BytesIO()
    new = {name.replace("__", "/"): content for name, content in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            content = new.pop(part, source.read(part))
            if content is not None:
                target.writestr(part, content)
        for part, content in new.items():
            target.writestr(part, content)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in parts.items():
            target.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def sheet_of(body: str) -> bytes:
    """A workbook whose only sheet has this XML in its `sheetData`."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    return changed(SMALL, **{"xl__worksheets__sheet1.xml": xml.encode()})


def container(stream: str) -> bytes:
    """The least OLE file with one directory entry of this name."""
    header = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    header = header.ljust(512, b"\xff")
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE).ljust(512, b"\xff")
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2) + b"\2\1" + bytes(60)
    return header + fat + entry.ljust(512, b"\0")


def protected_xls() -> bytes:
    """The class roster with a FILEPASS record behind its first BOF."""
    raw = (ROSTERS / "class_30.xls").read_bytes()
    behind = raw.index(b"\x09\x08\x10\0\0\x06\x05\0") + 20
    return raw[:behind] + b"\x2f\0\x06\0" + raw[behind + 4 :]


def far() -> bytes:
    return sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def many_parts() -> bytes:
    return archive(**{f"xl__{number}.xml": b"<a/>" for number in range(10_000)})


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbb">]>'
NO_SHEETS = f'<workbook xmlns="{MAIN}"><sheets/></workbook>'.encode()
TYPES = "[Content_Types].xml"
FILES = {
    "empty": (lambda: b"", "empty"),
    "only zeros": (lambda: bytes(5000), "empty"),
    "csv": (lambda: "姓名,身份证号码\n张三,1".encode("gbk"), "text"),
    "csv in utf-16": (lambda: "姓名\t身份证号码".encode("utf-16"), "text"),
    "html": (lambda: "<html><table><tr><td>姓名</td></tr></table></html>".encode(), "html"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_workbook"),
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj", "pdf"),
    "docx": (lambda: archive(**{TYPES: b"<a/>", "word__document.xml": b"<a/>"}), "other_office"),
    "doc": (lambda: container("WordDocument"), "other_office"),
    "zip of files": (lambda: archive(**{"名单.csv": b"1,2"}), "not_workbook"),
    "xlsb": (lambda: archive(**{TYPES: b"<a/>", "xl__workbook.bin": b"1"}), "binary"),
    "macros": (lambda: changed(SMALL, xl__vbaProject=b"", **{"xl__vbaProject.bin": b"1"}), "macros"),
    "macro type": (
        lambda: archive(**{TYPES: b"macroEnabled.main+xml", "xl__workbook.xml": b"<a/>"}),
        "macros",
    ),
    "password .xlsx": (lambda: container("EncryptedPackage"), "password"),
    "password .xls": (protected_xls, "password"),
    "cut archive": (lambda: SMALL[: len(SMALL) // 2], "corrupt"),
    "only the magic": (lambda: b"PK\x03\x04", "corrupt"),
    "broken ole": (lambda: OLE + bytes(4000), "corrupt"),
    "cut ole": (lambda: (ROSTERS / "class_30.xls").read_bytes()[:3000], "corrupt"),
    "no workbook inside": (lambda: changed(SMALL, **{"xl__workbook.xml": b"<a/>"}), "corrupt"),
    "no sheet inside": (lambda: changed(SMALL, **{"xl__workbook.xml": NO_SHEETS}), "no_sheet"),
    "doctype": (lambda: changed(SMALL, **{"xl__workbook.xml": ENTITIES + b"<a>&b;</a>"}), "forbidden_xml"),
    "entities in strings": (lambda: changed(SMALL, **{"xl__sharedStrings.xml": ENTITIES}), "forbidden_xml"),
    "utf-16": (lambda: changed(SMALL, **{"xl__workbook.xml": "<a/>".encode("utf-16")}), "forbidden_xml"),
    "far cell": (far, "area"),
    "ten thousand parts": (many_parts, "oversized"),
    "huge ratio": (lambda: changed(SMALL, **{"xl__media__1.xml": bytes(50 << 20)}), "oversized"),
}
