"""Forms for entering a person and for correcting name or ID number (§5)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from accounts.fields import NameField, NumberField
from accounts.models import Account, number_index
from orgs.enums import TITLES, Category, Nature
from orgs.models import Organization, Post
from orgs.posts import Office
from orgs.scope import Scope
from zhtj.lib.forms import DayField, Form, MonthField, PickField

from . import amend, outside, queries
from .entry import Entered
from .outside import Arrival
from .profile_form import YES_NO, ProfileForm, pairs, yes_no


class EntryForm(ProfileForm):
    """A person to be entered into one of `branches`, perhaps as cadre of it."""

    branch = forms.TypedChoiceField(
        label="所在团支部", coerce=int, error_messages={"required": "请选择团支部。"}
    )
    name = NameField()
    number = NumberField(help_text="填完 18 位后显示性别、出生年月和年龄，请核对。")
    is_cadre = PickField(label="是否团干部", choices=[("no", "否"), ("yes", "是")], initial="no")
    title = PickField(label="团内职务", choices=pairs(TITLES[Category.BRANCH]), required=False)
    since = MonthField(label="任现职年月", required=False)
    nature = PickField(label="团干部性质", choices=Nature.choices, required=False)
    in_party_committee = PickField(label="是否同级党委（支部）成员", choices=YES_NO, required=False)

    from_outside = PickField(
        label="是否从系统外转入", choices=[("no", "否"), ("yes", "是")], initial="no", required=False
    )
    outside = PickField(label="从哪里转入", choices=list(settings.TRANSFER_OUTSIDE.items()), required=False)
    origin_unit = forms.CharField(
        label="原所在组织", max_length=120, required=False, help_text="照介绍信上的名称填写。"
    )
    moved_on = DayField(label="转入日期", required=False)
    letter = forms.CharField(label="介绍信号码", max_length=40, required=False)

    CADRE = ("title", "since", "nature", "in_party_committee")
    ARRIVAL = ("outside", "origin_unit", "moved_on", "letter")
    field_order = (
        "branch",
        "name",
        "number",
        *ProfileForm.REQUIRED,
        "is_cadre",
        *CADRE,
        "from_outside",
        *ARRIVAL,
        *ProfileForm.OPTIONAL,
    )

    def __init__(self, *args: Any, branches: list[Organization], scope: Scope, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.branches = {each.pk: each for each in branches}
        choices = [(pk, queries.place(each, scope.root)) for pk, each in self.branches.items()]
        self.fields["branch"].choices = choices if len(choices) == 1 else [("", "请选择"), *choices]
        for name in ("name", "number", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def required_fields(self) -> list[forms.BoundField]:
        return [self["name"], self["number"], *super().required_fields]

    @property
    def cadre_fields(self) -> list[forms.BoundField]:
        """What is asked of cadres only."""
        return [self[name] for name in self.CADRE]

    @property
    def arrival_fields(self) -> list[forms.BoundField]:
        """What is asked of those who come from outside the system."""
        return [self[name] for name in self.ARRIVAL]

    def clean(self) -> dict[str, Any]:
        """Coming from outside needs a place and an organisation (§6.2)."""
        data = super().clean() or {}
        if (arrival := self._arrival(data)) and not set(self.ARRIVAL) & set(self.errors):
            verdict = outside.may_arrive(arrival, today=timezone.localdate())
            if not verdict:
                self.add_error(verdict.cause, verdict.message)
        return data

    @staticmethod
    def _arrival(data: dict[str, Any]) -> Arrival | None:
        if data.get("from_outside") != "yes":
            return None
        return Arrival(
            data.get("outside", ""),
            data.get("origin_unit", ""),
            data.get("moved_on"),
            data.get("letter", ""),
        )

    @property
    def chosen_branch(self) -> Organization:
        """The branch chosen."""
        return self.branches[self.cleaned_data["branch"]]

    @property
    def entered(self) -> Entered:
        """What `enter` takes."""
        data = self.cleaned_data
        return Entered(
            number=data["number"],
            name=data["name"],
            phone=data["phone"],
            joined=data["joined"],
            league_number=self.number_to_keep,
            joined_at_unit=data["joined_at_unit"],
            profile=self.profile,
            office=self._office if data["is_cadre"] == "yes" else None,
            arrival=self._arrival(data),
        )

    @property
    def _office(self) -> Office:
        data = self.cleaned_data
        return Office(
            title=data["title"],
            since=data["since"],
            nature=data["nature"],
            in_party_committee=yes_no(data["in_party_committee"]),
        )

    @property
    def holds_post(self) -> bool:
        number = self.cleaned_data.get("number")
        return (
            bool(number)
            and Post.objects.filter(account__id_index=number_index(number), ended_at=None).exists()
        )


class CorrectionForm(Form):
    """姓名 and 身份证号码, with the reason that is logged."""

    def __init__(self, *args: Any, account: Account, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.account = account

    name = NameField()
    number = NumberField(required=False, help_text="不更正号码的，不用填写。")
    reason = forms.CharField(
        label="更正原因",
        max_length=100,
        help_text="会写入操作记录。",
        error_messages={"required": "请填写更正原因。"},
    )

    def clean(self) -> dict[str, Any]:
        """A new number must agree with the dates already there."""
        data = super().clean() or {}
        if number := data.get("number"):
            verdict = amend.fits(number, self.account, getattr(self.account, "member", None))
            if not verdict:
                self.add_error("number", verdict.message)
        return data
