"""Forms of the member list and of one member's acts."""

from __future__ import annotations

from django import forms

from accounts.enums import SignInState
from accounts.fields import NumberField
from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.forms import Form

from . import queries

STATES = [
    ("", "全部状态"),
    (SignInState.SET, "正常"),
    (SignInState.INITIAL, "未激活"),
    (SignInState.NONE, "待设密码"),
]


class FilterForm(Form):
    """The filter row. Few branches are chosen from a list, many are typed by name; a branch itself has no such field."""

    q = forms.CharField(label="姓名或拼音首字母", max_length=50, required=False)
    branch = forms.TypedChoiceField(label="所在团支部", coerce=int, empty_value=None, required=False)
    branch_name = forms.CharField(label="团支部名称包含", max_length=100, min_length=2, required=False)
    state = forms.ChoiceField(label="状态", choices=STATES, required=False)

    def __init__(self, data, *, scope: Scope):
        super().__init__(data)
        self.branches = {} if scope.root is None or scope.root.is_branch else self._branches(scope)
        self.fields["branch"].choices = [
            ("", f"全部 {len(self.branches)} 个团支部" if len(self.branches) > 1 else "全部团支部"),
            *((pk, queries.place(each, scope.root)) for pk, each in self.branches.items()),
        ]

    def _branches(self, scope: Scope) -> dict[int, Organization]:
        """Too many to choose from leave the one that a link has named, or none."""
        found = queries.branch_choices(scope)
        if len(found) > queries.BRANCH_CHOICES:
            found = queries.branch_named(scope, self.data.get("branch", ""))
        if found:
            self.fields.pop("branch_name")
        return {each.pk: each for each in found}

    @property
    def wanted(self) -> queries.Wanted:
        """What the list shows; an unreadable filter narrows nothing."""
        self.full_clean()
        data = self.cleaned_data
        return queries.Wanted(
            text=data.get("q", ""),
            branch=self.branches.get(data.get("branch") or 0),
            branch_name=data.get("branch_name", ""),
            state=data.get("state", ""),
        )


class FindForm(Form):
    """The exact search by a full ID number: sent by POST, answered by the member's page, never shown again."""

    number = NumberField(label="身份证号码（完整）")


class ReasonForm(Form):
    """Why a full number is looked at."""

    reason = forms.CharField(
        label="查看原因",
        max_length=100,
        help_text="查看会留下记录，本人可以看到。",
        error_messages={"required": "请填写查看原因，例如“核对团员证”。"},
    )


class PlaceForm(Form):
    """分配到团支部: into which of the branches beside it, and who, as one field."""

    chosen = forms.CharField(widget=forms.HiddenInput)
    branch = forms.TypedChoiceField(label="分配到哪个团支部", coerce=int)

    def __init__(self, data=None, *, source: Organization, **kwargs):
        super().__init__(data, **kwargs)
        beside = (
            Organization.objects.living()
            .filter(parent=source.parent_id, category=Category.BRANCH)
            .exclude(pk=source.pk)
        )
        self.targets = {each.pk: each for each in beside.order_by("pk")}
        named = [(pk, each.short_name) for pk, each in self.targets.items()]
        self.fields["branch"].choices = [("", "请选择"), *named]

    @property
    def target(self) -> Organization:
        """The chosen branch of a valid form."""
        return self.targets[self.cleaned_data["branch"]]
