"""The typeface of letters: Noto Serif SC in whole, and what is printed where even it lacks a character."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

NAME = "NotoSerifSC"
FILE = Path(__file__).parent / "fonts" / "NotoSerifSC-Regular.ttf"
MISSING = "□"


@cache
def load() -> str:
    """Register the typeface once a process; its name."""
    pdfmetrics.registerFont(TTFont(NAME, FILE))
    return NAME


@cache
def _has() -> frozenset[int]:
    load()
    return frozenset(pdfmetrics.getFont(NAME).face.charToGlyph)


def printable(text: str) -> str:
    """The text with a box for each character the typeface lacks, to be filled in by hand."""
    return "".join(char if ord(char) in _has() else MISSING for char in text)


def missing(text: str) -> list[str]:
    """The characters the typeface lacks, each once, as the standard names them: `U+20BB7`."""
    return [f"U+{ord(char):04X}" for char in dict.fromkeys(text) if ord(char) not in _has()]
