"""What is typed to move, merge and delete organisations."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.confirming import ConfirmingForm
from orgs.enums import SEATS
from orgs.models import Organization
from zhtj.desk.merging import Questions, Settlement, other_titles
from zhtj.lib.forms import Form, PickField
from zhtj.lib.verdict import Verdict


class TypedForm(Form):
    """The 简称 typed to confirm a deletion."""

    typed = forms.CharField(label="组织简称", max_length=100, strip=True)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.organization = organization

    def clean_typed(self) -> str:
        """Exactly the 简称; blanks around it do not matter."""
        typed = self.cleaned_data["typed"]
        if typed != self.organization.short_name:
            raise forms.ValidationError(f"与组织简称不一致，请输入“{self.organization.short_name}”。")
        return typed

    @property
    def problem(self) -> str:
        """The error beside the field, empty while nothing is wrong."""
        return " ".join(self.errors.get("typed", [])) if self.is_bound else ""


class RelocateForm(Form):
    """申请组织迁移: a word to those who decide."""

    remark = forms.CharField(
        label="迁移原因",
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text="原上级和新上级的管理员可以看到。",
    )


class MergeForm(ConfirmingForm):
    """合并团支部: only the questions this pair of branches raises, and the password."""

    secretary = PickField(label="合并后的书记", choices=[])
    other_title = forms.ChoiceField(label="另一位书记改任的职务", choices=[])
    administrators = forms.MultipleChoiceField(
        label="合并后的管理员", choices=[], widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, asked: Questions, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = [(str(post.account_id), _whose(post)) for post in asked.secretaries]
        self.fields["secretary"].choices = people
        titles = [(title, title) for title in other_titles()]
        self.fields["other_title"].choices = [("", "请选择"), *titles]
        self.fields["administrators"].choices = [
            (str(post.account_id), _whose(post)) for post in asked.administrators
        ]
        self.fields[
            "administrators"
        ].help_text = f"共 {len(asked.administrators)} 人，最多选 {len(SEATS)} 人。"
        if not asked.ask_secretary:
            del self.fields["secretary"], self.fields["other_title"]
        if not asked.ask_administrators:
            del self.fields["administrators"]

    @property
    def settlement(self) -> Settlement:
        """The answers for the verb."""
        given = self.cleaned_data
        secretary = given.get("secretary")
        return Settlement(
            secretary=int(secretary) if secretary else None,
            other_title=given.get("other_title", ""),
            administrators=tuple(int(each) for each in given.get("administrators", [])),
        )

    def refuse(self, verdict: Verdict) -> None:
        """Show a verb's refusal at the question it belongs to, else above the form."""
        self.add_error(verdict.cause if verdict.cause in self.fields else None, verdict.message)


def _whose(post: Any) -> str:
    return f"{post.account.name}（{post.organization.short_name}{post.title}）"
