"""What a slip carries besides the code: the way to the registration page as a QR code, never the code itself."""

from __future__ import annotations

from functools import lru_cache

import segno


@lru_cache(maxsize=8)
def qr(address: str) -> str:
    """The address as a QR code for <img src>: the same for every slip."""
    return segno.make(address, error="m").svg_data_uri(scale=3, border=2)
