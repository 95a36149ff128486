"""Looks at a file from outside before anything parses it: what kind it is, and what its zip says it holds."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from zhtj.lib.verdict import YES, Verdict

from .faults import verdict

MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
READABLE = (".xlsx", ".xls")
PARTS = 2_000
UNPACKED = 400 * MEGABYTE
PART_RATIO, RATIO_FROM = 200, 8 * MEGABYTE

# The first bytes of what is often uploaded by mistake.
_BEGINNINGS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
# Names that tell what kind of zip it is; the first that is there decides.
_ZIPS = (
    ("xl/workbook.bin", "binary"),
    ("xl/vbaProject.bin", "macros"),
    ("xl/workbook.xml", ""),
    ("word/document.xml", "word"),
    ("ppt/presentation.xml", "slides"),
    ("mimetype", "open_document"),
    ("[Content_Types].xml", "unknown"),
)
# Streams of an OLE container, by name; the first that is there decides.
_STREAMS = (
    ("EncryptedPackage", "password"),
    ("_VBA_PROJECT_CUR", "macros"),
    ("Workbook", ""),
    ("Book", ""),
    ("WordDocument", "word"),
    ("PowerPoint Document", "slides"),
)


def inspect(data: bytes, file_name: str, limit: int) -> Verdict:
    """Whether the file may be parsed: size, extension, real kind, and the zip's own list of parts."""
    if not data:
        return verdict("empty")
    if len(data) > limit:
        found = f"{len(data) / MEGABYTE:.1f}"
        return verdict("too_big", found=found, most=limit // MEGABYTE)
    if data[:2] == b"PK":
        return _zip(data, file_name)
    if data[:8] == OLE:
        return _first(_STREAMS, lambda name: name.encode("utf-16-le") in data, otherwise="corrupt")
    return verdict(_other(data)) if _named_well(file_name) else _wrong_type(file_name)


def _named_well(file_name: str) -> bool:
    return PurePath(file_name.lower()).suffix in READABLE


def _wrong_type(file_name: str) -> Verdict:
    return verdict("type", kind=PurePath(file_name.lower()).suffix[:10] or "未知")


def _zip(data: bytes, file_name: str) -> Verdict:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return verdict("corrupt")
    names = {part.filename for part in parts}
    if len(parts) > PARTS:
        return verdict("too_many_parts")
    if any(part.flag_bits & 0x1 for part in parts):
        return verdict("password")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED or any(_explodes(part) for part in parts):
        return verdict("bomb")
    kind = _first(_ZIPS, names.__contains__, otherwise="archive")
    if kind and file_name.lower().endswith((".xlsm", ".xltm")):
        return verdict("macros")
    return kind if not kind or _named_well(file_name) else _wrong_type(file_name)


def _explodes(part: zipfile.ZipInfo) -> bool:
    return part.file_size > RATIO_FROM and part.file_size > PART_RATIO * max(part.compress_size, 1)


def _first(kinds, there, otherwise: str = "unknown") -> Verdict:
    cause = next((cause for name, cause in kinds if there(name)), otherwise)
    return verdict(cause) if cause else YES


def _other(data: bytes) -> str:
    """The kind of a file that is neither zip nor OLE."""
    for beginning, cause in _BEGINNINGS:
        if data.startswith(beginning):
            return cause
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<head", b"<meta", b"<style")):
        return "html"
    if head.startswith(b"mime-version"):
        return "html"
    return "text" if _is_text(data[:4096]) else "unknown"


def _is_text(head: bytes) -> bool:
    """Whether it reads as Chinese or plain text in one of the usual encodings."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in head and any(_decodes(head, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        text = head.decode(encoding, errors="strict")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # a character cut at the end is no fault
            return False
        text = head[: error.start].decode(encoding)
    return sum(not (char.isprintable() or char in "\r\n\t") for char in text) * 50 <= len(text)
