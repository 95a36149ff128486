"""How texts of cells are compared. Pure, and also loaded by the child process: nothing but the standard library."""

import unicodedata


def bare(text: str) -> str:
    """Width unified, every blank and invisible character dropped: what coded values are compared by."""
    if text.isalnum() and text.isascii():
        return text
    kept = unicodedata.normalize("NFKC", text)
    return "".join(char for char in kept if unicodedata.category(char)[0] not in "ZC")


def bare_header(text: str) -> str:
    """A column's name without its mark of a required column."""
    return bare(text).strip("*")


def header_at(rows: list, wanted: list[str], within: int) -> int | None:
    """The first of the first `within` rows in which every wanted name stands."""
    for at, row in enumerate(rows[:within]):
        names = {bare_header(value) for value in row if isinstance(value, str)}
        if names.issuperset(wanted):
            return at
    return None
