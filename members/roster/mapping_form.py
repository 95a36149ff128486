"""The form that maps the columns of an upload: the user's own, three values of each, and a select of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.forms import BoundField

from orgs.scope import Scope
from zhtj.lib.forms import Form

from ..models import ImportBatch
from . import headers, mapping, plan
from .echo import Echo
from .read import letter_of

UNUSED = "-"


@dataclass(frozen=True, slots=True)
class Line:
    """One column of the upload; `unsure` where it was neither recognised nor is known to be of no use."""

    letter: str
    title: str
    samples: list[str]
    field: BoundField
    unsure: bool
    doubtful: bool


class MappingForm(Form):
    """A select for each column with a header; whoever did not upload the file reads its values masked."""

    def __init__(self, batch: ImportBatch, scope: Scope, data: Mapping[str, str] | None = None):
        super().__init__(data)
        self.batch, self.echo = batch, Echo.of(batch, scope)
        self.header: list[str] = batch.layout["header"]
        self.known = {at: name for name, at in batch.layout["columns"].items()}
        self.doubtful = set(batch.layout.get("doubtful", []))
        needed = set(mapping.required(batch))
        ours = [(name, f"{name}（必需）" if name in needed else name) for name in mapping.offered(batch)]
        for at, text in enumerate(self.header):
            if headers.key(text):
                self.fields[f"column{at}"] = self._field(at, ours)

    def _field(self, at: int, ours: list[tuple[str, str]]) -> forms.ChoiceField:
        title = mapping.title_of(self.header, at)
        ask = [("", "请选择")] if at in self.doubtful else []
        return forms.ChoiceField(
            label=f"“{title}”对应的列",
            choices=[*ask, (UNUSED, "不使用"), *ours],
            initial="" if at in self.doubtful else self.known.get(at, UNUSED),
            error_messages={
                "required": f"请选择“{title}”对应的列，不需要的选“不使用”。",
                "invalid_choice": "请从列表中选择。",
            },
        )

    def clean(self) -> dict:
        """Duplicates under their select, what is missing above the form."""
        cleaned = super().clean() or {}
        if not self.errors:
            for fault in mapping.faults(self.batch, self.columns()):
                self.add_error(None if fault.at is None else f"column{fault.at}", fault.message)
        return cleaned

    def columns(self) -> dict[int, str]:
        """The choice: index → column, "" for none."""
        chosen = {int(key.removeprefix("column")): value for key, value in self.cleaned_data.items()}
        return {at: "" if value == UNUSED else value for at, value in chosen.items()}

    def lines(self) -> Iterator[Line]:
        """The columns in the order of the sheet."""
        rows = plan.rows(self.batch, size=3)
        for key in self.fields:
            at = int(key.removeprefix("column"))
            samples = [text for row in rows if (text := self.echo.text_at(row, at))]
            title = mapping.title_of(self.header, at)
            doubtful = at in self.doubtful
            unsure = not (doubtful or at in self.known or headers.is_useless(self.header[at]))
            yield Line(letter_of(at), title, samples, self[key], unsure, doubtful)
