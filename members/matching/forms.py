"""The form that takes a list: pasted or as a file, and the organisation to compare with."""

from __future__ import annotations

from django import forms

from orgs import queries
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.forms import Form
from zhtj.lib.verdict import Verdict

PASTED = 400_000  # characters
FILE_BYTES = 5 * 2**20


class PastedOrFile(Form):
    """A list pasted into `pasted` or uploaded as `file`: one of the two, and nothing large is read."""

    def clean_file(self):
        """Size before anything is read."""
        file = self.cleaned_data.get("file")
        if file and file.size > FILE_BYTES:
            raise forms.ValidationError("文件超过 5 MB，请删去不用的工作表和列后再上传。")
        return file

    def clean(self):
        """One of the two, not both."""
        data = super().clean() or {}
        pasted, file = data.get("pasted", "").strip(), data.get("file")
        if not self.errors and not pasted and not file:
            self.add_error("pasted", "请粘贴名单，或选择一个文件。")
        if pasted and file:
            self.add_error("file", "已经粘贴了名单，请不要同时上传文件，二选一。")
        return data

    def refuse(self, verdict: Verdict) -> None:
        """Put a refusal under the way that was taken."""
        field = "file" if self.cleaned_data.get("file") else "pasted"
        self.add_error(field, f"{verdict.message.rstrip('。')}。")


class ListForm(PastedOrFile):
    """One of the two ways; the file is only looked at once it is known to be small."""

    organization = forms.TypedChoiceField(label="和哪个组织对账", coerce=int)
    pasted = forms.CharField(
        label="粘贴名单",
        required=False,
        max_length=PASTED,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        help_text="每行一个人：姓名、身份证号码，或两者都有，顺序不限。可以直接从 Excel 复制几列粘贴。",
        error_messages={"max_length": "粘贴的内容太长，请改为上传文件。"},
    )
    file = forms.FileField(
        label="或上传 Excel 文件",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xls,.xlsx"}),
        help_text=".xls 或 .xlsx，不超过 5 MB、5,000 行，列名和顺序不限。",
    )

    def __init__(self, *args, scope: Scope, at: Organization, **kwargs):
        super().__init__(*args, **kwargs)
        near = {each.pk: each for each in (scope.root, at, *queries.children(at).order_by("path")[:300])}
        self.organizations = near
        self.fields["organization"].choices = [(pk, each.short_name) for pk, each in near.items()]
        self.fields["organization"].initial = at.pk

    @property
    def target(self) -> Organization:
        """The organisation of a valid form."""
        return self.organizations[self.cleaned_data["organization"]]
