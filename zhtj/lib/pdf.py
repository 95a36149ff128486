"""Whether an uploaded file is a plain PDF: looked at as bytes, piece by piece, never parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .verdict import YES, Verdict, no

HEAD, END = b"%PDF-", b"%%EOF"
TAIL = 1024  # the end mark stands within the last bytes, and no name is longer
NAME = re.compile(rb"/[A-Za-z0-9#]{4,60}")
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
LOCKED = b"/Encrypt"
REMEDY = "，请用扫描仪或手机的扫描功能生成普通的 PDF 再上传。"


def problem(pieces: Iterable[bytes]) -> Verdict:
    """A refusal for what is no PDF, is cut off, does something when opened, or is locked with a password.

    Names may be written with #xx for any letter; they are read as a viewer would. What is compressed is not looked
    into: the file is only ever given out as a download that runs nothing.
    """
    begun, tail = False, b""
    for piece in pieces:
        if not begun and not piece.startswith(HEAD):
            return no("这个文件不是 PDF", cause="no_pdf", remedy=REMEDY)
        begun, window = True, tail + piece
        if verdict := _names(window):
            tail = window[-TAIL:]
            continue
        return verdict
    if END not in tail:
        return no("这个 PDF 不完整", cause="cut_off", remedy="，请重新扫描后上传。")
    return YES


def _names(window: bytes) -> Verdict:
    for found in NAME.finditer(window):
        name = HEX.sub(lambda match: bytes([int(match[1], 16)]), found[0])
        if name.startswith(ACTIVE):
            return no("这个 PDF 带有脚本、附件或其他会自动执行的内容", cause="active", remedy=REMEDY)
        if name.startswith(LOCKED):
            return no("这个 PDF 设了密码或限制", cause="locked", remedy="，请去掉密码后再上传。")
    return YES
