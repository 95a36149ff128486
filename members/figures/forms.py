"""What figures are asked of: a period, or a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from zhtj.lib.forms import DayField, Form

from ..models import Act
from .ledger import IN, OUT
from .periods import Period, this_year


class PeriodForm(Form):
    """From one day to another; without days it is this year so far."""

    since = DayField(label="起始日期", required=False)
    until = DayField(label="截止日期", required=False)

    def __init__(self, data, *, today: date):
        whole = this_year(today)
        given = {name: data.get(name) or getattr(whole, name).isoformat() for name in ("since", "until")}
        super().__init__(given)
        self.today = today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", "截止日期早于起始日期，请更正。")
        if until and until > self.today:
            self.add_error("until", "截止日期晚于今天，请更正。")
        return given

    @property
    def period(self) -> Period:
        """The period of a valid form; otherwise this year so far."""
        if not self.is_valid():
            return this_year(self.today)
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])


class NamesForm(PeriodForm):
    """Whose names: those who came or went in a period, by all acts or by one."""

    def __init__(self, data, *, today: date):
        super().__init__(data, today=today)
        self.kind = OUT if data.get("kind") == OUT else IN
        self.act = data.get("act", "") if data.get("act") in Act.values else ""


class DayForm(Form):
    """Whose roster: of a day, today's where none is given."""

    on = DayField(label="日期", required=False)

    def __init__(self, data, *, today: date):
        super().__init__({"on": data.get("on") or today.isoformat()})
        self.today = today

    def clean_on(self) -> date:
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("日期晚于今天，请更正。")
        return day

    @property
    def day(self) -> date:
        """The day of a valid form; otherwise today."""
        return self.cleaned_data["on"] if self.is_valid() else self.today
