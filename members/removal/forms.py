"""Forms of removals: who and why, and the filter of the record."""

from __future__ import annotations

from typing import Any

from django import forms

from zhtj.lib.forms import DayField, Form, PickField

from ..models import RemovalReason
from . import rules
from .queries import Wanted
from .rules import Given


class RemoveForm(Form):
    """One reason for everybody chosen; `chosen` holds their account ids."""

    chosen = forms.CharField(widget=forms.HiddenInput, max_length=8000)
    reason = PickField(label="移除原因", choices=RemovalReason.choices)
    remark = forms.CharField(
        label="说明",
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="退团、自行脱团除名、开除团籍和其他需要写明依据，批准的人和本级、上级管理员可以看到。",
    )

    def clean_remark(self) -> str:
        """Some reasons need an explanation."""
        remark = self.cleaned_data["remark"].strip()
        verdict = rules.explained(Given(self.cleaned_data.get("reason", ""), remark))
        if not verdict and verdict.cause == "remark":
            raise forms.ValidationError(verdict.message)
        return remark

    @property
    def given(self) -> Given:
        """The reason of a valid form."""
        return Given(self.cleaned_data["reason"], self.cleaned_data["remark"])


class FilterForm(Form):
    """By name, reason and days; an unreadable value narrows nothing and is told."""

    name = forms.CharField(label="姓名", max_length=50, required=False)
    reason = forms.ChoiceField(
        label="移除原因", choices=[("", "全部原因"), *RemovalReason.choices], required=False
    )
    since = DayField(label="起始日期", required=False)
    until = DayField(label="截止日期", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error("until", "截止日期早于起始日期，请更正。")
        return data

    @property
    def wanted(self) -> Wanted:
        """The filter as the query takes it."""
        self.full_clean()
        data = self.cleaned_data
        return Wanted(
            name=data.get("name", "").strip(),
            reason=data.get("reason", ""),
            since=data.get("since"),
            until=data.get("until"),
        )
