"""Cells of uploaded sheets as text: as the user sees them, and without blanks."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

from zhtj.lib.sheets import Cell, CellError

_INVISIBLE = ("Cc", "Cf", "Zl", "Zp", "Zs")
_WHOLE_BELOW = 10**15  # digits a spreadsheet keeps


def text_of(cell: Cell) -> str:
    """What the user sees in the cell: 201905 for 201905.0, 6.50199200501011E+17 for an ID that became a number."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        whole = abs(cell) < _WHOLE_BELOW and cell == int(cell)
        return str(int(cell)) if whole else f"{cell:.15G}"
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def bare(text: str) -> str:
    """Width unified, every blank and invisible character dropped."""
    unified = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if unified.isprintable() and " " not in unified:  # nearly always
        return unified
    return "".join(char for char in unified if unicodedata.category(char) not in _INVISIBLE)
