"""The form of 催办: what about, whom, and by when."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils import timezone

from zhtj.lib.forms import DayField, Form

from ..enums import About
from . import verbs

USUAL_DAYS = 7


class NudgeForm(Form):
    """`chosen` are ids, by commas; `key` makes a form sent twice one."""

    about = forms.ChoiceField(choices=About.choices, widget=forms.HiddenInput)
    chosen = forms.CharField(max_length=12_000, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    deadline = DayField(label="办理期限", help_text="写在文字里，请对方在这一天之前办理。")

    @staticmethod
    def blank(about: str, ids: list[int]) -> NudgeForm:
        """For the first look."""
        initial = {
            "about": about,
            "chosen": ",".join(map(str, ids)),
            "key": uuid4(),
            "deadline": timezone.localdate() + timedelta(days=USUAL_DAYS),
        }
        return NudgeForm(initial=initial)

    def clean_deadline(self):
        """Neither over nor far away."""
        deadline = self.cleaned_data["deadline"]
        if deadline and not (verdict := verbs.in_time(deadline, today=timezone.localdate())):
            raise forms.ValidationError(verdict.message)
        return deadline
