"""How what was uploaded is shown: in full to the person who uploaded it, with numbers masked to everybody else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orgs.scope import Scope

from ..models import ImportBatch
from ..rules import NUMBER, PHONE
from .plan import PlanRow

_LONG = re.compile(r"\d[\dXx \-]{7,}")  # numbers as people write them, blanks and hyphens inside
_DIGITS = 9  # a date has eight


@dataclass(frozen=True)
class Echo:
    """What one reader may read of one upload; `places` are its columns by name."""

    own: bool
    places: dict[str, int]

    @classmethod
    def of(cls, batch: ImportBatch, scope: Scope) -> Echo:
        """For the reader behind `scope`."""
        own = batch.importer_id is not None and batch.importer_id == scope.account_id
        return cls(own, batch.layout.get("columns", {}))

    def text(self, row: PlanRow, column: str) -> str:
        """The cell of a column, empty where the upload has no such column."""
        return self.text_at(row, self.places[column]) if column in self.places else ""

    def text_at(self, row: PlanRow, at: int) -> str:
        """The cell at an index; IDs and phones are masked to others whatever their form."""
        text = row.texts[at] if at < len(row.texts) else ""
        if not self.own and at in (self.places.get(NUMBER), self.places.get(PHONE)):
            return _cut(text)
        return self.said(text)

    def said(self, text: str) -> str:
        """A sentence or any other cell: long numbers in it are masked to others."""
        return text if self.own else _LONG.sub(lambda found: _masked(found.group()), text)


def _masked(text: str) -> str:
    return _cut(text) if sum(char.isdigit() for char in text) >= _DIGITS else text


def _cut(text: str) -> str:
    return text[:3] + "*" * (len(text) - 3)
