"""The filter row of 操作记录."""

from __future__ import annotations

from django import forms

from zhtj.audit import words
from zhtj.lib.forms import DayField

from .queries import Wanted


class FilterForm(forms.Form):
    """By verb, person and days; an unreadable value narrows nothing."""

    verb = forms.ChoiceField(label="操作", choices=[("", "全部操作"), *words.choices()], required=False)
    person = forms.CharField(label="操作人或涉及人员", max_length=50, required=False)
    since = DayField(label="从", required=False)
    until = DayField(label="到", required=False)
    below = forms.BooleanField(label="包括下级组织", required=False)

    @property
    def wanted(self) -> Wanted:
        """The filter as the query takes it."""
        self.full_clean()
        data = self.cleaned_data
        return Wanted(
            verb=data.get("verb", ""),
            person=data.get("person", "").strip(),
            since=data.get("since"),
            until=data.get("until"),
            below=bool(data.get("below")),
        )
