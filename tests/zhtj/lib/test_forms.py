"""Months, picks and the words of missing fields."""

from datetime import date

import pytest
from django import forms

from zhtj.lib.forms import DayField, Form, MonthField, MonthWidget, PickField


class MonthForm(Form):
    joined = MonthField(label="入团年月", last_year=lambda: 2026)
    since = MonthField(label="任现职年月", required=False, last_year=lambda: 2026)


def test_a_month_is_the_first_day_of_it():
    form = MonthForm({"joined_year": "2019", "joined_month": "5"})
    assert form.is_valid()
    assert form.cleaned_data == {"joined": date(2019, 5, 1), "since": None}


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"joined": ["请选择入团年月。"]}),
        ({"joined_year": "2019"}, {"joined": ["请把年和月都选上。"]}),
        (
            {"joined_year": "2019", "joined_month": "5", "since_month": "6"},
            {"since": ["请把年和月都选上。"]},
        ),
    ],
)
def test_half_a_month_is_refused_in_words(data, errors):
    assert MonthForm(data).errors == errors


def test_years_run_downwards():
    widget = MonthWidget(2024, lambda: 2026)
    assert widget.year_choices("") == [("", "年"), ("2026", "2026年"), ("2025", "2025年"), ("2024", "2024年")]


def test_a_stored_year_out_of_the_range_is_kept():
    widget = MonthWidget(2025, lambda: 2026)
    assert [value for value, _ in widget.year_choices("1931")] == ["", "2026", "2025", "1931"]


def test_what_was_chosen_stays_chosen_after_a_fault():
    shown = str(MonthForm({"joined_year": "2019"})["joined"])
    assert '<option value="2019" selected>2019年</option>' in shown


@pytest.mark.parametrize(
    ("count", "widget"), [(2, forms.RadioSelect), (5, forms.RadioSelect), (6, forms.Select)]
)
def test_up_to_five_choices_are_radios(count, widget):
    field = PickField(choices=[(str(at), str(at)) for at in range(count)])
    assert type(field.widget) is widget


def test_an_own_message_for_a_missing_field_is_kept():
    class Own(Form):
        code = forms.CharField(label="注册码", error_messages={"required": "请填写八位注册码。"})

    assert Own({}).errors == {"code": ["请填写八位注册码。"]}


def test_faults_without_words_of_their_own_are_said_simply_and_without_what_was_typed():
    class Asking(Form):
        remark = forms.CharField(label="说明（选填）", max_length=5)
        education = PickField(label="学历", choices=[("本科", "本科")])
        since = DayField(label="成立时间")
        own = forms.IntegerField(label="编制数", error_messages={"invalid": "没有的填 0。"})

    form = Asking({"remark": "一二三四五六", "education": "<b>", "since": "昨天", "own": "x"})
    assert {name: list(said) for name, said in form.errors.items()} == {
        "remark": ["说明最多 5 个字，现在有 6 个。"],
        "education": ["请重新选择学历，刚才选的不在可选范围内。"],
        "since": ["成立时间请写成 2026-11-23 这样的日期。"],
        "own": ["没有的填 0。"],
    }


def test_nobody_is_asked_to_fill_what_is_not_seen():
    class Hiding(Form):
        turn = forms.IntegerField(widget=forms.HiddenInput)
        chosen = forms.CharField(widget=forms.HiddenInput, max_length=2)

    stale = "这一页已经过时，请刷新后重新操作。"
    assert Hiding({"turn": "x", "chosen": "1,2"}).errors == {
        "turn": [stale],
        "chosen": ["一次选得太多，请分几次办理。"],
    }
    assert Hiding({"chosen": "1"}).errors == {"turn": [stale]}
