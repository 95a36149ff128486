"""Shapes of what is typed to create, edit and find organisations."""

from __future__ import annotations

from typing import Any

from django import forms

from zhtj.lib.forms import DayField, Form, PickField
from zhtj.lib.verdict import Verdict

from . import naming, rules
from .enums import INDUSTRIES, Category, Level, Purpose
from .facts import fields_of
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


class EditForm(ShortNameForm):
    """编辑组织: everything of the category but the 类别."""

    purpose = PickField(label="用途", choices=Purpose.choices)
    industry = PickField(label="所属行业类别", choices=[(each, each) for each in INDUSTRIES], required=False)
    email = forms.EmailField(label="电子邮箱", required=False, max_length=100)
    contact_phone = forms.RegexField(
        r"^[0-9０-９+()（） -]{5,30}$",
        label="联系电话",
        required=False,
        help_text="办公电话，例如 0993-2057000。请不要填写个人手机号码。",
        error_messages={"invalid": "联系电话只能有数字、括号、加号和短横，例如 0993-2057000。"},
    )
    address = forms.CharField(label="通讯地址", required=False, max_length=200)
    postcode = forms.RegexField(
        r"^[0-9]{6}$",
        label="邮编",
        required=False,
        max_length=6,
        error_messages={"invalid": "邮编是6位数字。"},
    )
    founded_on = DayField(label="成立时间", required=False)
    term_ends_on = DayField(label="换届时间", required=False)
    school_code = forms.CharField(label="学校机构编号", required=False, max_length=30)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any):
        wanted = ("short_name", *fields_of(organization))
        initial = {field: getattr(organization, field) for field in wanted}
        super().__init__(*args, initial=initial, **kwargs)
        for name in set(self.fields) - set(wanted):
            del self.fields[name]
        self.order_fields(wanted)
        self.organization = organization
        self.fields["short_name"].help_text = "更改简称会同时更改本组织和全部下级组织的全称，原名称仍可查到。"

    def clean_short_name(self) -> str:
        """The 简称, held against the rules that need no other organisation."""
        short_name = self.cleaned_data["short_name"]
        verdict = naming.name_problem(self.organization.category, short_name)
        if not verdict:
            raise forms.ValidationError(verdict.message)
        return short_name

    @property
    def facts(self) -> dict[str, Any]:
        """The values of all fields but the 简称."""
        return {field: value for field, value in self.cleaned_data.items() if field != "short_name"}
