"""Forms of 新生接收台: the filter of papers, one mark for many, where to, a pasted list, the 录取名单."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from members.documents.receiving import WORDS
from members.matching.forms import PASTED, PastedOrFile
from members.models import PaperKind
from zhtj.lib.forms import DayField, Form

from .people import Desk

MARKS = [(key, label) for key, (label, _) in WORDS.items()]
WHO = [("", "已到的人"), ("coming", "还在办理的人")]
STATES = [("", "全部"), ("lacking", "没有齐全"), ("complete", "已经齐全")]


class PapersFilter(forms.Form):
    """The filter row of the sheet."""

    who = forms.ChoiceField(label="哪些人", choices=WHO, required=False)
    state = forms.ChoiceField(label="材料", choices=STATES, required=False)
    name = forms.CharField(label="姓名", max_length=50, required=False)


class DayForm(Form):
    """The 转入接收日期 of what arrived."""

    received_on = DayField(label="转入接收日期", required=False, help_text="不填写的，以今天为准。")

    def clean_received_on(self):
        """No day to come."""
        day = self.cleaned_data.get("received_on")
        if day and day > timezone.localdate():
            raise forms.ValidationError("转入接收日期晚于今天，请更正。")
        return day


class MarkForm(DayForm):
    """The same papers of everybody ticked."""

    kinds = forms.MultipleChoiceField(
        label="材料",
        choices=PaperKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选材料。"},
    )
    word = forms.ChoiceField(label="标记为", choices=MARKS, initial="arrived")


class PlaceForm(Form):
    """Where those ticked go: one class, or several evenly."""

    EVENLY = "evenly"
    branch = forms.ChoiceField(label="分配到", error_messages={"required": "请选择班级团支部。"})

    def __init__(self, *args, at: Desk, **kwargs):
        super().__init__(*args, **kwargs)
        first = {each.pk for each in at.fresh}
        classes = sorted(at.classes, key=lambda each: (each.pk not in first, each.pk))
        self.classes = {str(each.pk): each for each in classes}
        named = [(pk, each.short_name) for pk, each in self.classes.items()]
        year = "" if len(first) == len(classes) else "同年级"
        even = [(self.EVENLY, f"平均分到{year} {len(first)} 个班级团支部")] if len(first) > 1 else []
        self.fields["branch"].choices = [("", "请选择"), *even, *named]


class ClassListForm(Form):
    """Names or numbers with the class beside each."""

    pasted = forms.CharField(
        label="粘贴分班名单",
        error_messages={"required": "请粘贴分班名单，每行一个人。"},
        max_length=PASTED,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text="每行一个人：姓名或身份证号码，和班级团支部的名称。可以直接从 Excel 复制几列粘贴。",
    )


class AdmissionForm(PastedOrFile):
    """The 录取名单, pasted or as a file."""

    pasted = forms.CharField(
        label="粘贴录取名单",
        required=False,
        max_length=PASTED,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text="每行一个人：姓名和身份证号码，顺序不限。",
        error_messages={"max_length": "粘贴的内容太长，请改为上传文件。"},
    )
    file = forms.FileField(
        label="或上传 Excel 文件",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xls,.xlsx"}),
        help_text=".xls 或 .xlsx，不超过 5 MB、5,000 行，列名和顺序不限。",
    )
