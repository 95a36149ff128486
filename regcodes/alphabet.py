"""What a registration code looks like: eight of 62 symbols, upper and lower case being different (§4). Pure."""

from __future__ import annotations

import secrets
import string
import unicodedata

SYMBOLS = string.ascii_letters + string.digits
LENGTH = 8


def draw() -> str:
    """A new code."""
    return "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH))


def tidy(text: str) -> str:
    """What was typed, full-width characters made half-width and blanks dropped; the case is kept."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def fold(code: str) -> str:
    """The code without its case, to tell a wrong case from a wrong code."""
    return code.lower()
