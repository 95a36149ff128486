"""Sets Chinese text in lines: no line begins with a closing mark or ends with an opening one, words stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from . import typeface

TOKEN = re.compile(r"[A-Za-z0-9*_.:/\-]+|.", re.DOTALL)
OPENING, CLOSING = "（“《〈「(", "），。；：、”》〉」·！？%)"
LEADING = 1.6
LEFT, CENTRE, RIGHT = "left", "centre", "right"


@dataclass(frozen=True)
class Block:
    """Lines of one size, ready to be drawn; `after` is the room below them."""

    lines: list[str]
    size: float
    align: str = LEFT
    indent: float = 0
    after: float = 0

    @property
    def height(self) -> float:
        """How much room it takes, with what is left free below."""
        return len(self.lines) * self.size * LEADING + self.after

    def with_line(self, text: str) -> Block:
        """The same with one more line."""
        return replace(self, lines=[*self.lines, text])

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> float:
        """Draw from `top` downwards; where the next may begin."""
        canvas.setFont(typeface.NAME, self.size)
        y = top
        for at, line in enumerate(self.lines):
            y -= self.size * LEADING
            base = y + self.size * 0.45
            if self.align == RIGHT:
                canvas.drawRightString(x + width, base, line)
            elif self.align == CENTRE:
                canvas.drawCentredString(x + width / 2, base, line)
            else:
                canvas.drawString(x + (0 if at else self.indent), base, line)
        return y - self.after


def block(
    text: str, size: float, width: float, *, align: str = LEFT, indent: float = 0, after: float = 0
) -> Block:
    """The text in lines of at most `width`; `indent` and `after` count in characters."""
    shown = typeface.printable(text)
    return Block(lines(shown, size, width, indent=indent * size), size, align, indent * size, after * size)


@lru_cache(maxsize=10_000)
def _wide(char: str) -> float:
    """The width of a character of one point."""
    return stringWidth(char, typeface.load(), 1)


def _width(text: str, size: float) -> float:
    return sum(map(_wide, text)) * size


def lines(text: str, size: float, width: float, *, indent: float = 0) -> list[str]:
    """The lines of a text; a word longer than a whole line is cut."""
    found, line, used, room = [], "", 0.0, width - indent
    for unit in _units(text):
        for piece in _pieces(unit, size, width):
            if line and used + _width(piece.rstrip(), size) > room:
                found.append(line.rstrip())
                line, used, room = "", 0.0, width
            piece = piece if line else piece.lstrip()
            line, used = line + piece, used + _width(piece, size)
    return [*found, line.rstrip()]


def _units(text: str) -> Iterator[str]:
    """What is never broken: a word or character, with the marks that belong to it."""
    unit, opened = "", False
    for token in TOKEN.findall(text):
        if unit and not opened and token not in CLOSING:
            yield unit
            unit = ""
        unit += token
        opened = token in OPENING
    if unit:
        yield unit


def _pieces(unit: str, size: float, width: float) -> Iterator[str]:
    """The unit, or its parts where it is wider than a line."""
    if _width(unit, size) <= width:
        yield unit
        return
    yield from unit
