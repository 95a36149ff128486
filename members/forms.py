"""Forms of one member's acts, and of placing people into another branch."""

from __future__ import annotations

from django import forms

from orgs.enums import Category
from orgs.models import Organization
from zhtj.lib.forms import Form


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
