"""The forms of the workbench: marks of branches and members, destinations, deadlines, and what a list is narrowed to."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone

from orgs.models import Organization
from zhtj.lib.forms import DayField, Form, MonthField, PickField
from zhtj.lib.verdict import Verdict

from .. import rules as cases
from ..models import BranchKind, BranchMark, Destination
from . import rules, terms
from .people import Going


def last_year() -> int:
    """The latest year that 预计毕业时间 can have."""
    return timezone.localdate().year + terms.YEARS_AHEAD


def future_month(**facts) -> MonthField:
    """A month from last year on."""
    return MonthField(
        label="预计毕业时间",
        first_year=timezone.localdate().year - 1,
        last_year=last_year,
        required=False,
        **facts,
    )


class Refusable(Form):
    """A form whose fields also show what a rule says."""

    def refuse(self, verdict: Verdict) -> None:
        """The rule's words at the field they are about."""
        self.add_error(verdict.cause if verdict.cause in self.fields else None, verdict.message)


class BranchMarkForm(Refusable):
    """毕业班 with its month, or 混合支部 and 教师支部 without."""

    kind = PickField(
        label="标记为",
        choices=BranchKind.choices,
        initial=BranchKind.CLASS,
        error_messages={"required": "请选择标记为毕业班、混合支部还是教师支部。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="mark", **kwargs)
        self.fields["expected"] = future_month()

    def clean(self) -> dict:
        data = super().clean() or {}
        if data.get("kind"):
            fits = rules.month_fits(data["kind"], data.get("expected"), today=timezone.localdate())
            if not fits and "expected" not in self.errors:
                self.refuse(fits)
        return data


class PersonMarkForm(Refusable):
    """The marks that people of this branch can have."""

    remark = forms.CharField(label="备注", max_length=100, required=False)
    field_order = ["kind", "until", "remark"]

    def __init__(self, *args, mark: BranchMark | None, **kwargs):
        super().__init__(*args, prefix="mark", **kwargs)
        kinds = rules.kinds_of(mark) if mark else ()
        choices = [(each.value, each.label) for each in kinds]
        self.fields["kind"] = PickField(
            label="标记", choices=choices, initial=choices[0][0] if choices else ""
        )
        singly = len(choices) == 1
        self.fields["until"] = future_month(help_text="" if singly else "延迟毕业需要填写，是新的毕业时间。")
        self.order_fields(self.field_order)


class PlanForm(Refusable):
    """去向, and the proposed target in words; a 全称 becomes the organisation itself."""

    kind = PickField(label="去向", choices=Destination.choices)
    target = forms.CharField(
        label="拟转入组织",
        max_length=100,
        required=False,
        help_text="团组织全称；还不清楚的可以先写单位或学校名称。",
    )

    def __init__(self, *args, branch: Organization, **kwargs):
        self.branch = branch
        super().__init__(*args, prefix="plan", **kwargs)

    @property
    def going(self) -> Going:
        """What was noted, of a valid form."""
        text = self.cleaned_data["target"].strip()
        found = Organization.objects.living().filter(full_name=text).first() if text else None
        fits = found is not None and cases.may_target(self.branch, found)
        return Going(self.cleaned_data["kind"], found if fits else None, text)


class DeadlineForm(Refusable):
    """The day until which a year's graduates leave."""

    day = DayField(label="期限", help_text="在这一届的毕业日之后、下一届的毕业日之前，不晚于上级设定的期限。")


class BranchesForm(forms.Form):
    """What the list of branches is narrowed to."""

    STATES = (
        ("", "全部状态"),
        ("unmarked", "未标记"),
        ("upcoming", "已标记预计毕业时间"),
        ("leaving", "毕业生团支部"),
        ("singly", "混合支部、教师支部"),
    )
    q = forms.CharField(label="团支部名称", max_length=60, required=False)
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)
    which = forms.ChoiceField(
        label="范围", choices=(("", "由本组织标记的"), ("all", "全部下级")), required=False
    )

    def wanted(self) -> dict[str, str]:
        """The readable conditions; what cannot be read is left out."""
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


def year_of(text: str, *, today: date) -> int:
    """The year asked for, else this one."""
    year = int(text) if text.isdecimal() and len(text) == 4 else today.year
    return year if today.year - 50 <= year <= today.year + terms.YEARS_AHEAD else today.year
