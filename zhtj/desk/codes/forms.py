"""Which subordinates were chosen, and the filter of the list of codes."""

from __future__ import annotations

from django import forms

from accounts.confirming import ConfirmingForm

from .queries import STATES


class HandOutForm(ConfirmingForm):
    """The chosen organisations, as one field, with the password where it was given too long ago."""

    chosen = forms.CharField(widget=forms.HiddenInput)

    @property
    def ids(self) -> list[int]:
        """The ids; what is unreadable is left out."""
        return read_ids(self.cleaned_data["chosen"].split(","))


def read_ids(texts: list[str]) -> list[int]:
    """The numbers among these, each once."""
    return list(dict.fromkeys(int(each) for each in texts if each.isdecimal() and len(each) < 19))


class FilterForm(forms.Form):
    """The filter row of the list; an unreadable value narrows nothing."""

    q = forms.CharField(label="组织名称", max_length=100, required=False)
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)

    @property
    def wanted(self) -> dict[str, str]:
        """As the query takes it."""
        self.full_clean()
        data = self.cleaned_data
        return {"text": data.get("q", "").strip(), "state": data.get("state", "")}
