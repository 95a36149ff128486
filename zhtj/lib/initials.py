"""Pinyin initials of names, for search; each character is looked up once per process."""

from functools import cache

from pypinyin import Style, lazy_pinyin


@cache
def _initial(char: str) -> str:
    if not char.isalnum():
        return ""
    found = lazy_pinyin(char, style=Style.FIRST_LETTER, errors="default")[0][:1].lower()
    return found if found.isascii() else ""


def initials(text: str) -> str:
    """`古丽努尔·买买提江` → `glnemmtj`: one lower-case letter a character, marks dropped."""
    return "".join(map(_initial, text))
