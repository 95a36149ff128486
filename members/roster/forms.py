"""The form that takes a roster."""

from __future__ import annotations

from django import forms
from django.conf import settings

from zhtj.lib.forms import Form
from zhtj.lib.verdict import Verdict

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
