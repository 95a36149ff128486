"""Forms of the lists besides the conditions: finding by number, keeping a view, exporting whole numbers."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from accounts import idcard
from accounts.confirming import ConfirmingForm
from accounts.fields import NameField, NumberField
from zhtj.lib.forms import Form
from zhtj.lib.verdict import YES, Verdict

from .. import rules
from . import saved


class SoughtField(NumberField):
    """An ID number, or a 发展团员编号."""

    def problem(self, text: str) -> Verdict:
        if rules.is_league_number(text):
            return YES
        return idcard.problem(text, today=timezone.localdate())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"class": "is-code", "autocomplete": "off", "spellcheck": "false"}


class FindForm(Form):
    """The exact search, sent by POST so that no number stands in an address."""

    number = SoughtField(label="身份证号码或发展团员编号")
    name = NameField(required=False, help_text="在您的管理范围之外查找，须同时填写姓名。")

    field_order = ("number", "name")


class SaveForm(Form):
    """A name for what the list shows now."""

    name = forms.CharField(
        label="视图名称",
        max_length=saved.LONGEST,
        help_text="与已有视图同名时，会替换它。",
        error_messages={"required": "请填写视图名称。", "max_length": f"最多 {saved.LONGEST} 个字。"},
    )
    default = forms.BooleanField(label="打开列表时默认使用", required=False)


class FullForm(ConfirmingForm):
    """Why whole numbers leave, with the password where it was given too long ago."""

    query = forms.CharField(widget=forms.HiddenInput, required=False)
    chosen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="用途",
        max_length=100,
        help_text="例如“校团委核对名单”。每位成员都能在“谁看过我的信息”中看到这次导出和用途。",
        error_messages={"required": "请填写用途，例如“校团委核对名单”。"},
    )
