"""What is sent with an act on a petition."""

from __future__ import annotations

from django import forms

from zhtj.lib.forms import Form

from .models import Petition


class SeenForm(Form):
    """The step the page showed, so that an act meets only what was seen."""

    turn = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def seen(self, petition: Petition) -> Petition:
        """The petition as the page showed it; unreadable numbers are never what was seen."""
        petition.turn = self.cleaned_data["turn"] if self.is_valid() else -1
        return petition


class ReturnForm(SeenForm):
    """退回 with its reason."""

    remark = forms.CharField(
        label="退回原因", max_length=200, widget=forms.Textarea({"rows": 2}), help_text="发起方可以看到。"
    )
