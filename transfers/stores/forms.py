"""Forms of the special store: the search, the reason for showing a number, a remark of a return."""

from __future__ import annotations

from django import forms

from zhtj.lib.forms import Form


class SearchForm(forms.Form):
    """The filter row."""

    name = forms.CharField(label="姓名", max_length=50, required=False)
    returned = forms.ChoiceField(
        label="状态", choices=[("", "在专库"), ("yes", "已转回"), ("all", "全部")], required=False
    )


class ReasonForm(Form):
    """Why a number is shown."""

    reason = forms.CharField(label="查看原因", max_length=100, help_text="会写入操作记录，本人可以看到。")


class ReturnForm(Form):
    """What the branch is told."""

    remark = forms.CharField(
        label="附言",
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="转入团支部可以看到；请不要写单位名称。",
    )
