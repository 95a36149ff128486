"""Filters and tags write what users read."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Sample

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils.html import strip_tags

from zhtj.lib.forms import Form, MonthField, PickField
from zhtj.templatetags import zhtj as tags

LONG = "新疆生产建设兵团石河子大学石河子大学医学院2019级新生临时团支部"


def rendered(source: str, **values) -> str:
    return Template("{% load zhtj %}" + source).render(Context(values))


class PersonForm(Form):
    name = forms.CharField(label="姓名", max_length=20, help_text="与身份证一致。")
    status = PickField(label="政治面貌", choices=[("a", "甲"), ("b", "乙")])
    joined = MonthField(label="入团年月")
    remark = forms.CharField(label="备注", required=False)


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ value|month }}", date(2019, 5, 1), "2019-05"),
        ("{{ value|month }}", None, ""),
        ("{{ value|day }}", date(2026, 11, 23), "2026-11-23"),
        ("{{ value|day }}", datetime(2026, 11, 22, 16, 0, tzinfo=UTC), "2026-11-23"),
        ("{{ value|dt }}", datetime(2026, 11, 23, 1, 12, tzinfo=UTC), "2026-11-23 09:12"),
        ("{{ value|dt }}", None, ""),
        ("{{ value|number }}", 9999, "9999"),
        ("{{ value|number }}", 10000, "10,000"),
        ("{{ value|number }}", 0, "0"),
        ("{{ value|number }}", None, ""),
        ("{{ value|code_groups }}", "A7kQ2mXz", "A7kQ 2mXz"),
        ("{{ value|mask_id }}", Sample(masked_id="110***********12**"), "110***********12**"),
        ("{{ value|mask_id }}", "110199200703250000", "110***********0000"),
        ("{{ value|mask_phone }}", Sample(masked_phone=""), ""),
        ("{{ value|mask_phone }}", "13800005678", "138****5678"),
        ("{{ value|sentence }}", "身份证号码不足18位", "身份证号码不足18位。"),
        ("{{ value|sentence }}", "请选择学历。", "请选择学历。"),
        ("{{ value|headline }}|{{ value|rest }}", "请稍后再试。不用等待。", "请稍后再试。|不用等待。"),
        ("{{ value|headline }}|{{ value|rest }}", "身份证或密码错误", "身份证或密码错误|"),
    ],
)
def test_values_are_shown_in_the_words_of_the_country(source, value, shown):
    assert rendered(source, value=value) == shown


def test_a_short_name_is_shown_whole():
    assert rendered("{% org_name value %}", value="2023级1班团支部") == "2023级1班团支部"


def test_a_long_name_keeps_its_own_short_name_at_the_end():
    shown = rendered("{% org_name value %}", value=Sample(full_name=LONG, short_name="2019级新生临时团支部"))
    assert '<span class="org-tail">2019级新生临时团支部</span>' in shown
    assert f'data-whole="{LONG}"' in shown


def test_a_long_name_loses_no_character():
    assert strip_tags(rendered("{% org_name value %}", value=LONG)) == LONG


def test_a_name_with_an_address_is_a_link_and_escaped():
    assert rendered("{% org_name value '/x/' %}", value="<b>团支部") == '<a href="/x/">&lt;b&gt;团支部</a>'


def test_a_badge_of_an_unknown_kind_is_refused():
    with pytest.raises(TemplateSyntaxError):
        rendered('{% badge "待办" "purple" %}')


def test_steps_mark_what_is_done_and_where_one_is():
    marked = tags.steps("选择文件", "核对", "导入", current=2)["steps"]
    assert marked == [(1, "选择文件", "done"), (2, "核对", "now"), (3, "导入", "later")]


def test_a_required_field_says_so_and_an_optional_one_does_not():
    form = PersonForm()
    assert "（必填）" in rendered("{% field form.name %}", form=form)
    assert "（必填）" not in rendered("{% field form.remark %}", form=form)


def test_a_faulty_field_names_its_hint_and_its_error():
    shown = rendered("{% field form.name %}", form=PersonForm({}))
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'id="id_name_error"' in shown
    assert "请填写姓名。" in shown


def test_the_summary_leads_to_each_faulty_input():
    faults = tags.error_summary(PersonForm({"joined_year": "2019"}))["faults"]
    assert faults == [
        ("id_name", "姓名", "请填写姓名。"),
        ("id_status_0", "政治面貌", "请选择政治面貌。"),
        ("id_joined_0", "入团年月", "请把年和月都选上。"),
    ]


def test_forms_that_are_sent_together_have_one_summary():
    alone = tags.error_summary(PersonForm({}))["faults"]
    assert tags.error_summary(PersonForm({}), PersonForm({}))["faults"] == [*alone, *alone]


def test_the_targets_of_the_summary_exist_in_the_form():
    form = PersonForm({})
    page = rendered("{% for bound in form %}{% field bound %}{% endfor %}", form=form)
    missing = [target for target, _, _ in tags.error_summary(form)["faults"] if f'id="{target}"' not in page]
    assert missing == []


def test_a_form_without_faults_has_no_summary():
    assert rendered("{% error_summary form %}", form=PersonForm()).strip() == ""


@pytest.mark.parametrize(
    ("form_field", "size"),
    [
        (forms.CharField(max_length=8), "s"),
        (forms.CharField(max_length=18), "m"),
        (forms.CharField(max_length=60), "l"),
        (forms.DateField(), "s"),
        (forms.CharField(widget=forms.Textarea), "full"),
    ],
)
def test_the_width_follows_the_content(form_field, size):
    assert tags.field_size(form_field) == size
