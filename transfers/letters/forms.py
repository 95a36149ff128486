"""Forms of letters: the addressee that was seen, reasons, 回执, ranges, filters, the code to check."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from orgs.models import Organization
from zhtj.lib.forms import DayField, Form
from zhtj.lib.verdict import Verdict

from ..models import Letter, Standing
from ..models.letters import SECRET_UNIT
from .queries import Wanted
from .receipts import Receipt

REASON = forms.Textarea({"rows": 2})


class IssueForm(Form):
    """The addressee as it stood on the page; empty for a unit outside the system."""

    addressee = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def asked(self) -> Organization | None:
        """The organisation that was seen as addressee."""
        pk = self.cleaned_data.get("addressee") if self.is_valid() else None
        return Organization.objects.filter(pk=pk).first() if pk else None


class VoidForm(Form):
    """Why a letter is void."""

    reason = forms.CharField(label="作废原因", max_length=200, widget=REASON)


class ReissueForm(Form):
    """Why a letter is issued again."""

    reason = forms.CharField(
        label="换开原因", max_length=200, widget=REASON, help_text="例如：过期、遗失、写错单位名称。"
    )


class ReceiptForm(Form):
    """What a 回执 on paper says."""

    on = DayField(label="回执日期")
    sender = forms.CharField(label="接收团委", max_length=500)
    clerk = forms.CharField(label="经办人", max_length=50)
    remark = forms.CharField(label="备注", max_length=200, required=False, widget=REASON)

    def __init__(self, *args, letter: Letter, **kwargs):
        initial = {"on": timezone.localdate(), "sender": letter.addressee_shown}
        super().__init__(*args, initial=initial, **kwargs)
        if letter.is_secret:
            del self.fields["sender"]

    @property
    def receipt(self) -> Receipt:
        """The 回执 of a valid form."""
        data = self.cleaned_data
        sender = data.get("sender", SECRET_UNIT).strip()
        return Receipt(data["on"], sender, data["clerk"].strip(), data["remark"].strip())

    def refuse(self, verdict: Verdict) -> None:
        """Put a refusal where it belongs."""
        self.add_error(verdict.cause if verdict.cause in self.fields else None, verdict.message)


class RangeForm(Form):
    """Numbers for a direct subordinate."""

    holder: forms.ModelChoiceField = forms.ModelChoiceField(
        label="下级组织", queryset=None, empty_label="请选择"
    )
    first = forms.IntegerField(label="起始编号", min_value=1, max_value=999_999_999)
    last = forms.IntegerField(label="截止编号", min_value=1, max_value=999_999_999)

    def __init__(self, *args, holders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = holders
        self.fields["holder"].label_from_instance = lambda each: each.short_name

    refuse = ReceiptForm.refuse


class FilterForm(forms.Form):
    """State, year, number and addressee; an unreadable value narrows nothing."""

    state = forms.ChoiceField(label="状态", choices=[("", "全部状态"), *Standing.choices], required=False)
    year = forms.TypedChoiceField(label="年份", coerce=int, empty_value=None, required=False)
    number = forms.IntegerField(label="编号", min_value=1, max_value=2_000_000_000, required=False)
    addressee = forms.CharField(label="致", max_length=100, required=False)

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "全部年份"), *((str(each), f"{each} 年") for each in years)]
        self.fields["number"].widget = forms.TextInput({"inputmode": "numeric", "size": 8})

    @property
    def wanted(self) -> Wanted:
        """The filter as the query takes it."""
        self.full_clean()
        data = self.cleaned_data
        return Wanted(
            state=data.get("state", ""),
            year=data.get("year"),
            number=data.get("number"),
            addressee=data.get("addressee", "").strip(),
        )


class CheckForm(Form):
    """A code typed by hand; never filled in again."""

    code = forms.CharField(
        label="查验码",
        max_length=60,
        help_text="印在介绍信的二维码旁，20 个字母和数字，大小写都可以。",
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )
