"""Forms of 个人信息修改 and 资料更正: what the person types, and what whoever decides ticks and writes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms

from accounts.enums import PoliticalStatus
from accounts.models import Account
from orgs.models import Petition
from orgs.petition_forms import SeenForm
from orgs.petitions import Line
from zhtj.lib.forms import PickField

from .. import facts, rules
from ..models import Member
from ..profile_form import ProfileForm, pairs

NOT_BY_ONESELF = ("joined", "league_number")
REMARK = 200


class OwnForm(ProfileForm):
    """Everything the person may change; judged by the rules of entry, what is not asked taken as it is stored."""

    remark = forms.CharField(
        label="说明",
        required=False,
        max_length=REMARK,
        help_text="选填。办理的管理员可以看到，例如改动的依据。",
    )
    REQUIRED = ("ethnicity", "political_status", "education", "phone")

    def __init__(
        self, *args: Any, account: Account, member: Member | None, asked_phone: str = "", **kwargs: Any
    ):
        self.account = account
        super().__init__(*args, member=member, **kwargs)
        for name in (*NOT_BY_ONESELF, *(() if member else ("joined_at_unit",))):
            del self.fields[name]
        if member is None:
            every = PickField(
                label="政治面貌", choices=pairs(PoliticalStatus.values), widget=forms.RadioSelect
            )
            self.fields["political_status"] = every
        self._hint_phone(asked_phone)

    def _hint_phone(self, asked: str) -> None:
        phone = self.fields["phone"]
        now = self.account.masked_phone
        phone.required = not now
        before = f"上次申请的是{asked}，要改成它的请重新填写。" if asked else ""
        phone.help_text = f"现为{now}，不修改的不用填写。{before}" if now else before

    @property
    def optional_fields(self) -> list[forms.BoundField]:
        """What may be left empty."""
        return [self[name] for name in self.OPTIONAL if name in self.fields]

    @property
    def person(self) -> rules.Person:
        """What was typed, completed by what is stored."""
        account, member = self.account, self.member
        return replace(
            super().person,
            name=account.name,
            number=account.id_number,
            phone=self.cleaned_data.get("phone") or account.phone,
            joined=facts.stored("joined", account, member),
            league_number=facts.stored("number", account, member) if member else "",
            is_cadre=member is None,
        )

    @staticmethod
    def shown(
        account: Account, member: Member | None, fields: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """The stored facts, and over them those of an earlier request; never a phone."""
        names = [name for name in facts.LABELS if member or name not in ("number", "joined_at_unit")]
        found = {name: facts.stored(name, account, member) for name in names}
        found |= {name: facts.from_json(name, new) for name, (_, new) in (fields or {}).items()}
        found["is_volunteer"] = {True: "yes", False: "no"}.get(found["is_volunteer"], "")
        return {name: value for name, value in found.items() if name != "phone"}

    @property
    def values(self) -> dict[str, Any]:
        """What is asked for, by the names of `facts.LABELS`; None where left empty, no phone where none was typed."""
        data = self.cleaned_data
        found = {name: data[name] for name in (*self.REQUIRED, *self.OPTIONAL) if name in self.fields}
        if not found["phone"]:
            found.pop("phone")
        return found


class AcceptForm(SeenForm):
    """Which of the asked fields are agreed to; why not the others."""

    chosen = forms.MultipleChoiceField(
        label="同意的项目",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    remark = forms.CharField(
        label="没有勾选的项目的退回原因",
        max_length=REMARK,
        required=False,
        help_text="全部勾选时不用填写。本人可以看到。",
    )

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.stale = [line.label for line in lines if line.stale]
        self.total = len(lines)
        choices = [(line.name, f"{line.label}：{line.new}") for line in lines if not line.stale]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(petition: Petition, lines: list[Line]) -> dict[str, Any]:
        """Everything ticked that can be; what cannot be has its reason."""
        stale = [line.label for line in lines if line.stale]
        return {
            "turn": petition.turn,
            "chosen": [line.name for line in lines if not line.stale],
            "remark": f"提出申请后{'、'.join(stale)}已被修改" if stale else "",
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = data.get("chosen") or []
        if not chosen:
            self.add_error("chosen", "没有勾选任何一项。全部不同意的，请在下面写明原因后退回。")
        elif len(chosen) < self.total and not (data.get("remark") or "").strip():
            self.add_error("remark", "没有勾选的项目要写明退回的原因，本人可以看到。")
        return data


class ReasonedForm(SeenForm):
    """Agreeing to a correction of 姓名 or 身份证号码: the reason that is logged."""

    reason = forms.CharField(
        label="更正原因",
        max_length=100,
        help_text="请先对照本人的身份证。原因会写入操作记录，本人可以看到。",
        error_messages={"required": "请填写更正原因。"},
    )
