"""受理号: what an applicant keeps to see the state of the application. Pure.

Twelve of 32 symbols none of which looks like another; it opens nothing without the ID number beside it.
"""

from __future__ import annotations

import secrets

from accounts.reset import ALPHABET, normalise

LENGTH = 12


def draw() -> str:
    """A new one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy(text: str) -> str:
    """What was typed: any case, blanks and hyphens dropped, full-width accepted."""
    return normalise(text)


def tail(receipt: str) -> str:
    """As much of it as an administrator sees: enough to tell two slips of paper apart."""
    return receipt[-4:]
