"""The forms of transfers: why and with what details, 退回, 分配团支部, and the state the page showed."""

from __future__ import annotations

from django import forms
from django.conf import settings

from accounts.fields import NumberField
from members import queries
from orgs.enums import Category
from orgs.models import Organization
from zhtj.lib.forms import Form, PickField
from zhtj.lib.verdict import Verdict

from .enums import ASKS, OF_SCHOOL, OF_UNIT, Reason, ReturnCode
from .models import Transfer
from .opening import Wish


class SeenForm(Form):
    """The number of steps the page showed, so that an act meets only what was seen."""

    # Several of these forms stand on one page: no id, nothing points at them.
    seen = forms.IntegerField(widget=forms.HiddenInput({"id": False}), min_value=0)

    @staticmethod
    def shown(transfer: Transfer) -> dict[str, int]:
        """The initial value for a case as it is."""
        return {"seen": transfer.steps.count()}

    def as_seen(self, transfer: Transfer) -> Transfer:
        """The case as the page showed it: when it has moved on, its state is one that no case is in."""
        if not self.is_valid() or self.cleaned_data["seen"] != self.shown(transfer)["seen"]:
            transfer.state = "stale"
        return transfer


class AgreeForm(SeenForm):
    """同意, with a word if one likes."""

    remark = forms.CharField(label="附言", max_length=200, required=False)


class ReturnForm(SeenForm):
    """退回 with a reason code and words; it stands beside 同意 on one page, so its fields have ids of their own."""

    code = PickField(label="退回原因", choices=ReturnCode.choices)
    remark = forms.CharField(
        label="说明情况",
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text="本人和发起方可以看到，例如缺哪份材料、怎样补。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"auto_id": "return_%s", **kwargs})


class AssignForm(SeenForm):
    """分配团支部: one of the branches below the target."""

    branch = forms.TypedChoiceField(label="分配到哪个团支部", coerce=int, empty_value=None)

    def __init__(self, *args, target: Organization, **kwargs):
        super().__init__(*args, **kwargs)
        below = Organization.objects.living().filter(path__startswith=target.path, category=Category.BRANCH)
        self.branches = {each.pk: each for each in below.select_related("parent").order_by("path")[:500]}
        named = [(pk, queries.place(each, target)) for pk, each in self.branches.items()]
        self.fields["branch"].choices = [("", "请选择"), *named]

    @property
    def chosen(self) -> Organization:
        """The branch of a valid form."""
        return self.branches[self.cleaned_data["branch"]]


class WishForm(Form):
    """Why somebody moves, with the fields of the reason; the target was chosen before (§6.2)."""

    reason = PickField(label="转接原因", choices=Reason.choices, widget=forms.Select)
    outside = forms.ChoiceField(label="系统外的去向", required=False)
    outside_name = forms.CharField(label="接收单位的名称", max_length=100, required=False)
    remark = forms.CharField(label="备注", max_length=200, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, target: Organization | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.target = target
        self.fields["outside"].choices = [("", "请选择"), *settings.TRANSFER_OUTSIDE.items()]
        if target is not None:
            del self.fields["outside"], self.fields["outside_name"]
        else:
            self.fields["outside"].required = self.fields["outside_name"].required = True
        for label in (*OF_SCHOOL, *OF_UNIT):
            self.fields[f"detail_{label}"] = forms.CharField(label=label, max_length=100, required=False)

    @property
    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """The fields that go with reasons: the condition for showing them, the reasons in words, and the fields."""
        return [
            (
                "reason=" + "|".join(reasons),
                "、".join(f"“{Reason(each).label}”" for each in reasons),
                [self[f"detail_{label}"] for label in asked],
            )
            for asked in (OF_SCHOOL, OF_UNIT)
            if (reasons := [each for each, labels in ASKS.items() if labels == asked])
        ]

    def clean(self):
        """Every field the reason asks for (§6.2)."""
        data = super().clean() or {}
        for label in ASKS.get(data.get("reason", ""), ()):
            if not data.get(f"detail_{label}", "").strip():
                self.add_error(f"detail_{label}", f"请填写{label}。")
        return data

    @property
    def wish(self) -> Wish:
        """What a valid form asks for."""
        data = self.cleaned_data
        return Wish(
            reason=data["reason"],
            target=self.target,
            outside=data.get("outside", ""),
            outside_name=data.get("outside_name", ""),
            details={label: data[f"detail_{label}"] for label in ASKS.get(data["reason"], ())},
            remark=data["remark"],
        )

    def refuse(self, verdict: Verdict) -> None:
        """Put a refusal where it belongs."""
        self.add_error(verdict.cause if verdict.cause in self.fields else None, verdict.message)

    @staticmethod
    def initial_of(transfer: Transfer) -> dict[str, str]:
        """What a returned or lapsed case said, for sending it again."""
        details = {f"detail_{label}": text for label, text in transfer.details.items()}
        name = transfer.outside_name.partition("：")[2]
        return {
            "reason": transfer.reason,
            "outside": transfer.outside,
            "outside_name": name,
            "remark": transfer.remark,
            **details,
        }


class FindForm(Form):
    """办理转入: 姓名 + 身份证号码, sent by POST and never shown again."""

    name = forms.CharField(label="姓名", max_length=50)
    number = NumberField(label="身份证号码")
