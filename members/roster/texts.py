"""Texts of cells in the forms in which they are compared."""

from __future__ import annotations

from zhtj.lib.cells import bare as bare
from zhtj.lib.cells import text_of as text_of

_EMPTY_WORDS = frozenset(("无", "/", "-", "--", "—", "——"))


def in_full_width(text: str) -> str:
    """Brackets as the domain's words have them."""
    return text.replace("(", "（").replace(")", "）")


def word(text: str) -> str:
    """A coded value as typed, in the form of the lists."""
    return in_full_width(bare(text))


def given(text: str) -> str:
    """An optional value, empty where people wrote 无 or a dash."""
    return "" if text in _EMPTY_WORDS else text


def quoted(text: str) -> str:
    """The value inside a message: never more than 30 characters of it."""
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= 30 else f"“{text[:29]}…”"
