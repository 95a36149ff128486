"""The drawing in docs/transfers.md is that of the table."""

from __future__ import annotations

from django.conf import settings

from transfers import diagram
from transfers.enums import Act
from transfers.table import MOVES


def test_the_drawing_is_up_to_date():
    """`make diagram` draws it anew."""
    text = (settings.BASE_DIR / "docs" / "transfers.md").read_text("utf-8")
    assert text == diagram.drawn(text)


def test_every_move_between_states_has_an_arrow():
    picture = diagram.mermaid()
    missing = [
        move
        for move in MOVES
        if move.act != Act.REMIND
        and f"{move.state or '[*]'} --> {move.to}: {diagram.said(move)}" not in picture
    ]
    assert missing == []


def test_every_line_of_the_table_is_written_out():
    assert len(diagram.rows().splitlines()) == len(MOVES) + 2
