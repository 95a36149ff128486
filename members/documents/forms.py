"""Forms of 团员档案: the checklist of one person, marking many, the certificate, a scan, and the filter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from zhtj.lib.forms import DayField, Form, MonthField
from zhtj.lib.verdict import Verdict

from ..models import Certificate, Holder, Paper, PaperKind, PaperState
from . import rules
from .queries import CONDITIONS, Wanted
from .rules import Certified, Kept

STATES = [("", "未登记"), *PaperState.choices]
HOLDERS = [("", "存放在哪里"), *Holder.choices]


class PaperForm(Form):
    """One line of the checklist."""

    state = forms.ChoiceField(label="状态", choices=STATES, required=False)
    holder = forms.ChoiceField(label="存放", choices=HOLDERS, required=False)
    since = DayField(label="起始日期", required=False)
    received_on = DayField(label="转入接收日期", required=False)

    def __init__(self, kind: PaperKind, paper: Paper | None, data: Any = None, *, certified: bool):
        facts = ("state", "holder", "since", "received_on")
        initial = {name: getattr(paper, name) for name in facts} if paper else {}
        super().__init__(data, prefix=kind.value, initial=initial)
        self.kind, self.certified = kind, certified
        if kind != PaperKind.CARD:
            self.fields.pop("received_on")
        for each in self.fields.values():
            each.widget.attrs["aria-label"] = f"{kind.label}：{each.label}"

    def clean(self) -> dict[str, Any]:
        """The rule of one paper; without a day it lies there since today."""
        data = super().clean() or {}
        if data.get("state") == PaperState.PRESENT and not data.get("since") and "since" not in self.errors:
            data["since"] = timezone.localdate()
        verdict = rules.paper(self._kept(data), certified=self.certified, today=timezone.localdate())
        if not verdict:
            field = {"holder": "holder", "certificate": "state"}.get(verdict.cause, "since")
            self.add_error(field, verdict.message)
        return data

    @staticmethod
    def _kept(data: Mapping[str, Any]) -> Kept:
        return Kept(data.get("state", ""), data.get("holder", ""), data.get("since"), data.get("received_on"))

    @property
    def kept(self) -> Kept:
        """What a valid line says."""
        return self._kept(self.cleaned_data)


class MarkForm(Form):
    """The same papers of many people."""

    kinds = forms.MultipleChoiceField(
        label="材料",
        choices=PaperKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选材料。"},
    )
    state = forms.ChoiceField(
        label="标记为",
        choices=[*PaperState.choices[:2], ("", "未登记")],
        required=False,
        initial=PaperState.PRESENT,
    )
    holder = forms.ChoiceField(label="存放", choices=HOLDERS, required=False)

    def clean(self) -> dict[str, Any]:
        """What is there lies somewhere."""
        data = super().clean() or {}
        if data.get("state") == PaperState.PRESENT and not data.get("holder"):
            self.add_error("holder", rules.NO_HOLDER.message)
        return data

    @property
    def kept(self) -> Kept:
        """What a valid form says."""
        data = self.cleaned_data
        since = timezone.localdate() if data["state"] == PaperState.PRESENT else None
        return Kept(data["state"], data["holder"], since)


class CertificateForm(Form):
    """What the committee where the person joined certifies."""

    joined = MonthField(label="入团时间")
    place = forms.CharField(label="入团地点", max_length=120)
    introducers = forms.CharField(label="入团介绍人", max_length=100, help_text="两人的，用顿号分开。")
    number = forms.CharField(
        label="发展团员编号",
        max_length=12,
        required=False,
        help_text=f"{settings.NUMBER_REQUIRED_FROM[:4]}年起入团的必填。",
    )
    issuer = forms.CharField(label="出具证明的团组织", max_length=120, help_text="入团所在的团委。")
    issued_on = DayField(label="出具日期")

    def __init__(self, data: Any = None, *, certificate: Certificate | None, born: date):
        names = ("joined", "place", "introducers", "number", "issuer", "issued_on")
        initial = {name: getattr(certificate, name) for name in names} if certificate else {}
        super().__init__(data, initial=initial)
        self.born = born

    def clean(self) -> dict[str, Any]:
        """The rules of joining."""
        data = super().clean() or {}
        if not self.errors:
            today, given = timezone.localdate(), self.given
            joining = rules.certified_joining(given, self.born, today=today)
            for verdict in (joining, rules.certified_on(given, today=today)):
                if not verdict:
                    self.add_error(self._field(verdict), verdict.message)
        return data

    @staticmethod
    def _field(verdict: Verdict) -> str:
        if verdict.cause.startswith("number"):
            return "number"
        return "issued_on" if verdict.cause.startswith("issued") else "joined"

    @property
    def given(self) -> Certified:
        """What a valid form says."""
        return Certified(**{name: self.cleaned_data[name] for name in Certified.__dataclass_fields__})


class ScanForm(Form):
    """One PDF; what is inside is looked at when it is kept."""

    file = forms.FileField(
        label="入团志愿书扫描件",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
        error_messages={"required": "请选择 PDF 文件。", "missing": "请选择 PDF 文件。"},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        most = settings.SCAN_BYTES // 2**20
        self.fields["file"].help_text = f"一个 PDF，不超过 {most} MB，不带密码和附件。"

    def clean_file(self):
        """Size first, so that nothing large is read."""
        file = self.cleaned_data["file"]
        verdict = rules.size_fits(file.size)
        if not verdict:
            raise forms.ValidationError(verdict.message)
        return file


class DoneForm(Form):
    """When the 团员证 were reissued."""

    on = DayField(label="补办日期")


class FilterForm(forms.Form):
    """The filter row; an unreadable value narrows nothing."""

    name = forms.CharField(label="姓名", max_length=50, required=False)
    branch_name = forms.CharField(label="团支部名称包含", max_length=100, min_length=2, required=False)
    kind = forms.ChoiceField(label="材料", choices=[("", "任一材料"), *PaperKind.choices], required=False)
    condition = forms.ChoiceField(label="状态", choices=[("", "全部"), *CONDITIONS], required=False)
    scanned = forms.ChoiceField(
        label="扫描件", choices=[("", "全部"), ("yes", "有"), ("no", "无")], required=False
    )

    @property
    def wanted(self) -> Wanted:
        """The filter as the query takes it."""
        self.full_clean()
        names = ("name", "branch_name", "kind", "condition", "scanned")
        return Wanted(**{name: self.cleaned_data.get(name, "").strip() for name in names})


def checklist(
    papers: list[tuple[PaperKind, Paper | None, tuple[str, str]]], data: Any = None, *, certified: bool
) -> list[PaperForm]:
    """One form a paper, in their order."""
    return [PaperForm(kind, paper, data, certified=certified) for kind, paper, _badge in papers]
