"""手机号码: the one stored form, and what a number may look like (§5). Pure."""

from __future__ import annotations

import re
import unicodedata

from zhtj.lib.verdict import YES, Verdict, no

_BETWEEN = re.compile(r"[\s()\u00ad\u200b-\u200f\u2010-\u2015\u2212\u202a-\u202e\ufeff-]")
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1\d{10}$)|\+86")
_SHAPE = re.compile(r"1[3-9][0-9]{9}")
DIGITS = 11


def normalise(text: str) -> str:
    """Full-width characters made half-width; blanks, hyphens, brackets and +86 dropped; nothing else is guessed."""
    if len(text) == DIGITS and text.isascii() and text.isdigit():  # nearly always
        return text
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    return _COUNTRY.sub("", bare, count=1) if _COUNTRY.match(bare) else bare


def problem(phone: str) -> Verdict:
    """Whether a normalised number is a Chinese mobile number: 1, then 3–9, then nine digits."""
    if _SHAPE.fullmatch(phone):
        return YES
    reason = "手机号码不符：应为11位数字，以13至19开头"
    return no(reason, cause="phone", remedy="，请填写本人或家长能接到的手机号码")


def mask(phone: str) -> str:
    """`138****5678`, or an empty text."""
    return f"{phone[:3]}****{phone[-4:]}" if phone else ""
