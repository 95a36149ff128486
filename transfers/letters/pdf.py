"""Letters on A4: 存根, letter and 回执 one below the other, numbers across the cuts, a QR code for checking."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from . import typeface
from .setting import CENTRE, RIGHT, Block, block
from .wording import TITLE, Part, Sheet

WIDTH, HEIGHT = A4
SIDE = 22 * mm
INNER = WIDTH - 2 * SIDE
# Where the three parts begin and end, from above; the cuts lie between them.
STUB, LETTER, RECEIPT = (12 * mm, 80 * mm), (90 * mm, 213 * mm), (223 * mm, 287 * mm)
CUTS = (85 * mm, 218 * mm)
LARGEST, SMALLEST = 13.0, 3.5
QR = 27 * mm
MASK = 2  # any of the eight can be read; trying which is best takes longer than all the rest
SIGNED, SIGNED_SMALL = 20 * mm, 11 * mm  # the most the name of who signs may take
ASIDE = 44 * mm  # beside the QR code, for how to check


def write(sheets: Iterable[Sheet]) -> bytes:
    """One page for each letter."""
    raw = io.BytesIO()
    typeface.load()
    canvas = Canvas(raw, pagesize=A4, invariant=1)
    canvas.setTitle(TITLE)
    canvas.setCreator("智慧团建")
    for each in sheets:
        _page(canvas, each)
        canvas.showPage()
    canvas.save()
    return raw.getvalue()


def _page(canvas: Canvas, sheet: Sheet) -> None:
    _part(canvas, sheet.stub, STUB, number=sheet.number, heading=13, largest=10.5)
    _part(canvas, sheet.letter, LETTER, number=sheet.number, heading=20, largest=LARGEST, below=QR)
    _part(canvas, sheet.receipt, RECEIPT, number=sheet.number, heading=13, largest=10.5)
    for cut in CUTS:
        _cut(canvas, cut, sheet.number)
    _check(canvas, sheet)


def _part(
    canvas: Canvas,
    part: Part,
    room: tuple[float, float],
    *,
    number: str,
    heading: float,
    largest: float,
    below: float = 0,
) -> None:
    """Title, number, words and signature within their room, set smaller until they fit."""
    top, bottom = HEIGHT - room[0], HEIGHT - room[1]
    y = block(part.title, heading, INNER, align=CENTRE).draw(canvas, SIDE, top, INNER)
    y = block(number, 10, INNER, align=RIGHT).draw(canvas, SIDE, y if below else top - 1 * mm, INNER) - 2 * mm
    signed = _signed(canvas, part, bottom + 2 * mm, min(largest, 11.0), aside=below)
    floor = max(signed, bottom + below) + 1 * mm
    size = largest
    while size > SMALLEST and y - sum(each.height for each in _words(part, size)) < floor:
        size -= 0.5
    for each in _words(part, size):
        y = each.draw(canvas, SIDE, y, INNER)


def _words(part: Part, size: float) -> list[Block]:
    to = [block(f"{part.to}：", size, INNER, after=0.3)] if part.to else []
    return to + [block(text, size, INNER, indent=2, after=0.3) for text in part.paragraphs]


def _signed(canvas: Canvas, part: Part, bottom: float, size: float, *, aside: float) -> float:
    """Who signs, over the day, at the lower right; beside what lies `aside`. How high it reaches."""
    width = INNER - (aside + ASIDE if aside else 40 * mm)
    most = SIGNED if aside else SIGNED_SMALL
    day = block(part.on, size, width, align=RIGHT, after=0.2)
    name = _signer(part, size, width)
    while size > SMALLEST and name.height > most:
        size -= 0.5
        name = _signer(part, size, width)
    top = bottom + day.height + name.height
    y = name.draw(canvas, WIDTH - SIDE - width, top, width)
    day.draw(canvas, WIDTH - SIDE - width, y, width)
    return top


def _signer(part: Part, size: float, width: float) -> Block:
    """The name with the place for the seal, which stands whole on its line."""
    name = block(f"{part.signer}（盖章）", size, width, align=RIGHT)
    if name.lines[-1].endswith("（盖章）"):
        return name
    return block(part.signer, size, width, align=RIGHT).with_line("（盖章）")


def _cut(canvas: Canvas, below_top: float, number: str) -> None:
    """A dashed line with the number across it: each half keeps a part of it, and of the seal."""
    y = HEIGHT - below_top
    canvas.saveState()
    canvas.setDash(3, 3)
    canvas.setStrokeGray(0.45)
    canvas.line(SIDE / 2, y, WIDTH - SIDE / 2, y)
    canvas.restoreState()
    canvas.setFont(typeface.NAME, 11)
    text = f"骑缝 {number}"
    width = canvas.stringWidth(text, typeface.NAME, 11) + 4 * mm
    for x in (WIDTH * 0.3, WIDTH * 0.7):
        canvas.setFillGray(1)
        canvas.rect(x - width / 2, y - 6, width, 12, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawCentredString(x, y - 4, text)


def _check(canvas: Canvas, sheet: Sheet) -> None:
    """The QR code at the lower left of the letter, with the code for typing and what to write by hand."""
    bottom = HEIGHT - LETTER[1] + 2 * mm
    _qr(canvas, sheet.address, SIDE, bottom)
    words = [
        "扫码查验这封介绍信，或打开",
        sheet.address.partition("://")[2].rpartition(sheet.code.replace(" ", ""))[0],
    ]
    words += ["填写查验码", *_halves(sheet.code)]
    y = bottom + QR - 2 * mm
    for text in words:
        y = block(text, 7, ASIDE, after=-0.15).draw(canvas, SIDE + QR, y, ASIDE)
    _by_hand(canvas, sheet, bottom)


def _qr(canvas: Canvas, address: str, x: float, bottom: float) -> None:
    """The code as one path, neighbouring dark cells of a row together."""
    matrix = [bytes(row) for row in segno.make(address, error="m", mask=MASK).matrix]
    cell = QR / (len(matrix) + 2)
    path = canvas.beginPath()
    for row, cells in enumerate(matrix):
        for run in re.finditer(rb"\x01+", cells):
            at = x + run.start() * cell
            path.rect(at, bottom + QR - (row + 2) * cell, len(run.group()) * cell, cell)
    canvas.drawPath(path, stroke=0, fill=1)


def _halves(code: str) -> list[str]:
    groups = code.split(" ")
    return [" ".join(groups[:3]), " ".join(groups[3:])]


def _by_hand(canvas: Canvas, sheet: Sheet, bottom: float) -> None:
    """Which characters stand as a box: the typeface lacks them."""
    found = typeface.missing("".join((*sheet.stub.paragraphs, sheet.letter.to, sheet.letter.signer)))
    if found:
        canvas.setFont(typeface.NAME, 7)
        canvas.drawString(SIDE, bottom - 3 * mm, f"“{typeface.MISSING}”处请按身份证手写：{'、'.join(found)}")
