"""The code behind the QR: drawn, typed by hand, found again. Pure but for chance.

Twenty of 32 symbols none of which looks like another: 100 bits, so that nobody finds a letter by trying.
"""

from __future__ import annotations

import secrets

from accounts.reset import ALPHABET, normalise

LENGTH = 20


def draw() -> str:
    """A new one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy(text: str) -> str:
    """What was typed or scanned: any case, blanks and hyphens dropped, full-width accepted; cut to a sane length."""
    return normalise(text[:100])
