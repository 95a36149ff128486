"""Shapes of what is typed to create, edit and find organisations."""

from __future__ import annotations

from typing import Any

from django import forms

from zhtj.lib.forms import Form, PickField
from zhtj.lib.verdict import Verdict

from . import naming, rules
from .enums import Category, Level
from .models import Organization

CAUSE_FIELDS = {"level": "level", "containment": "category", "system_only": "category"}
SHORT_NAME_CAUSES = {"required", "too_long", "blank", "short_name_ending", "sibling_name", "full_name"}


class ShortNameForm(Form):
    """The part creating and renaming share."""

    short_name = forms.CharField(
        label="组织简称",
        max_length=naming.MAX_SHORT,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def refuse(self, verdict: Verdict) -> None:
        """Show a verb's refusal at the field its cause belongs to, else above the form."""
        field = CAUSE_FIELDS.get(verdict.cause)
        if verdict.cause in SHORT_NAME_CAUSES:
            field = "short_name"
        self.add_error(field if field in self.fields else None, verdict.message)


class CreateForm(ShortNameForm):
    """创建下级组织: the superior supplies 类别 and 简称, for a leading body its level."""

    category = PickField(label="组织类别", choices=Category.choices)
    level = PickField(label="层级", choices=Level.choices, required=False)
    field_order = ["category", "level", "short_name"]

    def __init__(self, *args: Any, parent: Organization, **kwargs: Any):
        self.parent = parent
        super().__init__(*args, **kwargs)
        categories = rules.categories_below(parent)
        choices = [(each.value, each.label) for each in categories]
        self.fields["category"] = PickField(
            label="组织类别",
            choices=choices,
            help_text="创建后不能更改。",
            error_messages={"required": "请选择组织类别。"},
        )
        levels = rules.levels_below(parent)
        if Category.LEADING_BODY not in categories:
            del self.fields["level"]
        else:
            self.fields["level"] = PickField(
                label="层级",
                choices=[(each.value, each.label) for each in levels],
                required=False,
                help_text=f"只在类别为团的领导机关时选择，不选则为{levels[0].label}。",
            )
        example = "团淄博市委、石河子大学团委" if parent.is_leading_body else "2023级1班团支部"
        self.fields["short_name"].help_text = f"例如：{example}。全称由上级名称和简称自动生成。"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        category, short_name = cleaned.get("category"), cleaned.get("short_name")
        if category and short_name:
            verdict = naming.name_problem(category, short_name)
            if not verdict:
                self.refuse(verdict)
        if cleaned.get("level") and category == Category.LEADING_BODY:
            cleaned["level"] = int(cleaned["level"])
        else:
            cleaned["level"] = None
        return cleaned
