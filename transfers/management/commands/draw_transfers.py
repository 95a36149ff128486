"""Draws the states of a transfer into docs/transfers.md, from the table."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand

from transfers import diagram


class Command(BaseCommand):
    help = "把转接的状态图写入 docs/transfers.md"

    def handle(self, *args, **options) -> None:
        """Write the document anew."""
        path = settings.BASE_DIR / "docs" / "transfers.md"
        path.write_text(diagram.drawn(path.read_text("utf-8")), "utf-8")
