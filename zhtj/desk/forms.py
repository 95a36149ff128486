"""The filter row of 下级组织管理 and the seat switch."""

from __future__ import annotations

from django import forms

from orgs.enums import Category

from .queries import Wanted

LACKING = [
    ("", "全部"),
    ("administrators", "还没有管理员"),
    ("members", "还没有团员的团支部"),
    ("information", "组织信息未完善"),
]


class FilterForm(forms.Form):
    """What to narrow the list to; an unreadable value narrows nothing."""

    q = forms.CharField(label="简称、全称或拼音首字母", max_length=100, required=False)
    category = forms.ChoiceField(
        label="组织类别", choices=[("", "全部类别"), *Category.choices], required=False
    )
    lacking = forms.ChoiceField(label="缺什么", choices=LACKING, required=False)

    @property
    def wanted(self) -> Wanted:
        """The filter as the query takes it."""
        self.full_clean()
        data = self.cleaned_data
        return Wanted(
            text=data.get("q", ""), category=data.get("category", ""), lacking=data.get("lacking", "")
        )
