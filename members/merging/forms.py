"""The forms: two numbers to compare, and the decisions of a merger. Nothing is chosen beforehand."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.fields import NumberField
from accounts.models import Account
from zhtj.lib.forms import Form, PickField

from .. import facts
from .joining import FACTS
from .kind import said
from .rules import Choice

SIGNS = {"set": "已设自己的密码", "initial": "还是初始密码", "none": "待设密码"}


class TwoNumbersForm(Form):
    """Two people that look like one, by their full numbers; sent by POST, never shown again."""

    first = NumberField(label="第一个身份证号码")
    second = NumberField(label="第二个身份证号码")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first") and data.get("first") == data.get("second"):
            self.add_error("second", "两个号码相同，请填写另一个账号的身份证号码。")
        return data


class MergeForm(Form):
    """Whose number and password go on, where the 团籍 stays, and which differing facts are taken over."""

    kept = PickField(
        label="保留哪个账号登录",
        choices=[],
        help_text="号码和密码随它，另一个账号停用。",
        error_messages={"required": "请选择保留哪个账号。"},
    )
    branch_of = PickField(
        label="团籍留在哪里", choices=[], error_messages={"required": "请选择团籍留在哪个团支部。"}
    )
    reason = forms.CharField(
        label="凭什么认定是同一人",
        max_length=200,
        help_text="例如“已核对身份证原件，另一个号码末位填错”。会写入记录。",
        error_messages={"required": "请写明凭什么认定是同一人。"},
    )

    def __init__(self, *args, pair: tuple[Account, Account], known: bool, **kwargs):
        """`known`: both people are seen by whoever decides; the facts of others are not compared."""
        super().__init__(*args, **kwargs)
        self.pair, self.known = pair, known
        self.fields["kept"].choices = [
            (str(each.pk), f"{said(each)}，{SIGNS[each.sign_in_state]}") for each in pair
        ]
        members = [each for each in pair if hasattr(each, "member")]
        if len(members) == 2:
            self.fields["branch_of"].choices = [(str(each.pk), self._place(each)) for each in members]
        else:
            del self.fields["branch_of"]
        for name in self.differing:
            choices = [(str(each.pk), facts.words(name, facts.stored(name, each, None))) for each in pair]
            label = facts.LABELS[name]
            asked = {"required": f"请选择{label}以哪一个为准。"}
            self.fields[name] = PickField(label=f"{label}以哪一个为准", choices=choices, error_messages=asked)
        self.order_fields(["kept", "branch_of", *self.differing, "reason"])

    def _place(self, account: Account) -> str:
        """The branch with what else goes with the 团籍, which tells two of one branch apart."""
        if not self.known:
            return f"{said(account)}现在的团支部"
        member = account.member
        number = f"，发展团员编号{member.number}" if member.number else ""
        return f"{member.branch.full_name}（{member.joined:%Y-%m}入团{number}）"

    @property
    def differing(self) -> list[str]:
        """The facts both accounts have, and not the same."""
        if not self.known:
            return []
        values = {name: [facts.stored(name, each, None) for each in self.pair] for name in FACTS}
        return [
            name
            for name, (one, other) in values.items()
            if one not in ("", None) and other not in ("", None) and one != other
        ]

    @property
    def choice(self) -> Choice:
        """What a valid form decides."""
        data = self.cleaned_data
        kept = int(data["kept"])
        absorbed = next(each.pk for each in self.pair if each.pk != kept)
        return Choice(
            kept=kept,
            absorbed=absorbed,
            branch_of=int(data.get("branch_of") or 0),
            taken=tuple(name for name in self.differing if data[name] == str(absorbed)),
            reason=data["reason"],
        )
