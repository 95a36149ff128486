"""The form that takes a list of subordinates."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.conf import settings

from accounts.limits import Limit
from zhtj.lib import crypto
from zhtj.lib.forms import Form
from zhtj.lib.sheets import Unreadable
from zhtj.lib.verdict import Verdict

from ..scope import Scope
from .read import Upload, read


class UploadForm(Form):
    """One file, opened while the page waits."""

    file = forms.FileField(
        label="下级组织表格",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xls,.xlsx"}),
        error_messages={"required": "请选择填好的表格。", "missing": "请选择填好的表格。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        most = settings.IMPORT_PAGE_BYTES // 2**20
        self.fields["file"].help_text = f".xls 或 .xlsx，不超过 {most} MB、{settings.IMPORT_PAGE_ROWS:,} 行。"

    def upload(self, *, actor: Scope, now: datetime) -> Upload | None:
        """What is in the file; None with the reason under the field where it cannot be read."""
        if not self.is_valid():
            return None
        limit = Limit("founding", settings.UPLOADS_PER_HOUR, 60)
        key = crypto.blind_index(str(actor.account_id), field="founding")
        if limit.charge(key, now=now):
            self.add_error("file", f"一小时内最多上传{settings.UPLOADS_PER_HOUR}次，请稍后再试。")
            return None
        file = self.cleaned_data["file"]
        try:
            return read(file.read(settings.IMPORT_PAGE_BYTES + 1), file.name)
        except Unreadable as fault:
            self.refuse(fault.verdict)
            return None

    def refuse(self, verdict: Verdict) -> None:
        """Put a refusal under the field."""
        self.add_error("file", f"{verdict.message.rstrip('。')}。")
