"""All pictures of the 帮助中心 by chapter, and where they lie."""

from __future__ import annotations

from pathlib import Path

from tests.shots import administrators, codes, door, organisations, papers, rosters, transfers

FOLDER = Path(__file__).parents[2] / "static" / "help"
SHOTS = (
    *door.SHOTS,
    *codes.SHOTS,
    *organisations.SHOTS,
    *administrators.SHOTS,
    *rosters.SHOTS,
    *transfers.SHOTS,
    *papers.SHOTS,
)
