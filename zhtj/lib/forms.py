"""Form fields used all over: a month as two selects, a day, a choice that is radios up to five."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone

FIRST_YEAR = 1940
RADIOS = 5

Choices = Iterable[tuple[Any, str]]

SAYS = {
    "max_length": "{label}最多 %(limit_value)d 个字，现在有 %(show_value)d 个。",
    "invalid_choice": "请重新选择{label}，刚才选的不在可选范围内。",
    "invalid_list": "请重新选择{label}。",
    "min_value": "{label}不能小于 %(limit_value)s。",
    "max_value": "{label}不能大于 %(limit_value)s。",
}
STALE = "这一页已经过时，请刷新后重新操作。"
TOO_MANY = "一次选得太多，请分几次办理。"
SAYS_INVALID = {
    forms.DateField: "{label}请写成 2026-11-23 这样的日期。",
    forms.EmailField: "{label}格式不对，例如 name@example.com。",
    forms.IntegerField: "{label}请填写整数。",
    forms.FileField: "请重新选择{label}。",
}


def this_year() -> int:
    """The present year in local time."""
    return timezone.localdate().year


class Form(forms.Form):
    """A form whose fields are asked for by name: 请填写姓名。请选择学历。备注最多 200 个字，现在有 560 个。"""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = asking_for(field, str(field.label or name))

    def full_clean(self) -> None:
        """Just before, since a form may make fields of its own when it is made."""
        if self.is_bound:
            for name, field in self.fields.items():
                _say_simply(field, str(field.label or name))
        super().full_clean()


def _say_simply(field: forms.Field, label: str) -> None:
    """Our words wherever the field has none of its own for a fault; they do not repeat what was typed."""
    if field.widget.is_hidden:
        field.error_messages.update(dict.fromkeys((*SAYS, "invalid"), STALE) | {"max_length": TOO_MANY})
        return
    label = label.removesuffix("（选填）")
    invalid = next((says for kind, says in SAYS_INVALID.items() if isinstance(field, kind)), "")
    for code, says in {**SAYS, "invalid": invalid}.items():
        if says and field.error_messages.get(code) == _from_django(field, code):
            field.error_messages[code] = says.replace("{label}", label)


def _from_django(field: forms.Field, code: str) -> Any:
    """What the library would say, or None where it leaves the words to a validator."""
    kinds = [kind for kind in type(field).__mro__ if kind.__module__.startswith("django.")]
    said = (getattr(kind, "default_error_messages", {}).get(code) for kind in kinds)
    return next((each for each in said if each is not None), None)


def asking_for(field: forms.Field, label: str) -> str:
    """What to do about the empty field; nobody can fill one that is not seen."""
    if field.widget.is_hidden:
        return STALE
    if isinstance(field, forms.BooleanField):
        return "请勾选这一项。"
    picked = isinstance(field, forms.ChoiceField | forms.FileField | forms.DateField | MonthField)
    return f"请选择{label}。" if picked else f"请填写{label}。"


class MonthWidget(forms.MultiWidget):
    """Two selects, year (newest first) and month; a stored year out of the range is offered too."""

    def __init__(self, first_year: int = FIRST_YEAR, last_year: Callable[[], int] = this_year):
        self.first_year, self.last_year = first_year, last_year
        months = [("", "月"), *((str(at), f"{at}月") for at in range(1, 13))]
        super().__init__(
            {
                "year": forms.Select({"aria-label": "年"}),
                "month": forms.Select({"aria-label": "月"}, choices=months),
            }
        )

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.year), str(value.month)] if value else ["", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        parts = value if isinstance(value, list) else self.decompress(value)
        year = cast(forms.Select, self.widgets[0])
        year.choices = self.year_choices(parts[0] or "")
        return super().get_context(name, parts, attrs)

    def year_choices(self, chosen: str) -> list[tuple[str, str]]:
        """The years downwards, with the chosen one even when it is older or newer."""
        years = list(range(self.last_year(), self.first_year - 1, -1))
        if chosen.isdecimal() and 1 <= int(chosen) <= 9999 and int(chosen) not in years:
            years = sorted({*years, int(chosen)}, reverse=True)
        return [("", "年"), *((str(year), f"{year}年") for year in years)]


class MonthField(forms.MultiValueField):
    """A month; the value is the date of its first day, or None."""

    def __init__(
        self,
        *,
        first_year: int = FIRST_YEAR,
        last_year: Callable[[], int] = this_year,
        required: bool = True,
        **kwargs: Any,
    ):
        wrong = dict.fromkeys(("invalid", "min_value", "max_value"), "请重新选择年和月。")
        fields = (
            forms.IntegerField(min_value=1, max_value=9999, error_messages=wrong),
            forms.IntegerField(min_value=1, max_value=12, error_messages=wrong),
        )
        kwargs.setdefault("error_messages", {"incomplete": "请把年和月都选上。"})
        super().__init__(
            fields,
            widget=MonthWidget(first_year, last_year),
            require_all_fields=False,
            required=required,
            **kwargs,
        )

    def compress(self, data_list: list[int]) -> date | None:
        return date(data_list[0], data_list[1], 1) if data_list else None


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PickField(forms.ChoiceField):
    """One of several choices: radios up to five, a select with an empty first line beyond."""

    def __init__(self, *, choices: Choices, required: bool = True, **kwargs: Any):
        choices = list(choices)
        few = len(choices) <= RADIOS
        kwargs.setdefault("widget", forms.RadioSelect if few else forms.Select)
        empty = [] if few else [("", "请选择")]
        super().__init__(choices=[*empty, *choices], required=required, **kwargs)
