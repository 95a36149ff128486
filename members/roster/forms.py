"""The form that takes a roster, and the one that takes the cells of one of its rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django import forms
from django.conf import settings

from zhtj.lib.forms import Form
from zhtj.lib.verdict import Verdict

from .. import rules
from ..models import ImportBatch, RowVerdict
from ..rules import Problem
from .plan import PlanRow

EMPTY = "文件是空的，请选择填好的名单。"


class UploadForm(Form):
    """One file; what is inside is looked at later, in the background."""

    file = forms.FileField(
        label="名单文件",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xls,.xlsx"}),
        error_messages={"required": "请选择填好的名单。", "missing": "请选择填好的名单。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        most = settings.IMPORT_JOB_BYTES // 2**20
        rows = f"{settings.IMPORT_JOB_ROWS:,}"
        self.fields["file"].help_text = f".xls 或 .xlsx，不超过 {most} MB、{rows} 行。"

    def clean_file(self):
        """Size first, so that nothing large is read."""
        file = self.cleaned_data["file"]
        most = settings.IMPORT_JOB_BYTES
        if file.size > most:
            raise forms.ValidationError(f"文件超过 {most // 2**20} MB，请拆分后分次导入。")
        if not file.size:
            raise forms.ValidationError(EMPTY)
        return file

    def refuse(self, verdict: Verdict) -> None:
        """Put a refusal under the field."""
        self.add_error("file", f"{verdict.message.rstrip('。')}。")


class RowForm(Form):
    """The cells of one row as texts, by column; those in trouble first."""

    def __init__(self, columns: Mapping[str, int], *, wrong: Collection[str], data: Mapping[str, str]):
        super().__init__(data)
        ordered = sorted(columns, key=lambda name: columns[name])
        self.columns = {f"cell{columns[name]}": name for name in ordered}
        for key, name in self.columns.items():
            self.fields[key] = forms.CharField(
                label=name,
                required=False,
                strip=False,
                max_length=1000,
                widget=forms.TextInput({"autocomplete": "off"}),
            )
        self.wrong = [self[key] for key, name in self.columns.items() if name in wrong]
        self.others = [self[key] for key, name in self.columns.items() if name not in wrong]

    def cells(self) -> dict[str, str]:
        """What was sent, by column; a column that was not sent stays as it is."""
        return {name: self.cleaned_data[key] for key, name in self.columns.items() if key in self.data}


def row_form(
    batch: ImportBatch, row: PlanRow, sent: Mapping[str, str] | None
) -> tuple[RowForm, list[Problem]]:
    """The cells of a row in trouble, each with what is wrong with it; and the problems of columns the file lacks."""
    columns = batch.layout.get("columns", {})
    wrong = {each.column for each in row.problems}
    if row.verdict == RowVerdict.CONFLICT:
        wrong |= {rules.NAME, rules.NUMBER}
    stored = {f"cell{at}": row.texts[at] for at in columns.values()}
    form = RowForm(columns, wrong=wrong, data=stored if sent is None else sent)
    if sent is None and form.is_valid():
        for each in row.problems:
            if each.column in columns:
                form.add_error(f"cell{columns[each.column]}", each.message)
    return form, [each for each in row.problems if each.column not in columns]
