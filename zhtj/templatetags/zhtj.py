"""Filters and tags for pages: dates, numbers, masks, icons, badges, names, fields and steps."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhtj.lib.writing import code_groups, day, dt, mask_id, mask_phone, month, number

register = template.Library()

BADGES = ("todo", "done", "returned", "void", "info", "neutral")
CUT_FROM = 22  # names up to this length are shown whole
TAIL = 12
STOPS = ("。", "？", "：")


# ---- values -------------------------------------------------------------------------------------

for each in (month, day, dt, number, mask_id, mask_phone, code_groups):
    register.filter(each)


@register.filter
def sentence(text: Any) -> str:
    """With its full stop, for rules that give their reason without one."""
    text = str(text)
    return text if text.endswith(STOPS) else f"{text}。"


@register.filter
def headline(text: str) -> str:
    """The first sentence."""
    return text[: _end_of_first(text)]


@register.filter
def rest(text: str) -> str:
    """What follows the first sentence; may be empty."""
    return text[_end_of_first(text) :]


def _end_of_first(text: str) -> int:
    return text.find("。") + 1 or len(text)


# ---- small pieces -------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A decorative icon of static/img/icons.svg; the meaning stands in the words beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def script(name: str) -> SafeString:
    """A behaviour of static/js for this page: `{% script "idcard" %}` inside block scripts."""
    return format_html('<script type="module" src="{}"></script>', static(f"js/{name}.js"))


@register.simple_tag
def badge(word: Any, kind: str = "neutral") -> SafeString:
    """A state as a word on colour; kinds: todo, done, returned, void, info, neutral."""
    if kind not in BADGES:
        raise template.TemplateSyntaxError(f"badge 的种类只能是 {'、'.join(BADGES)}。")
    return format_html('<span class="badge badge-{}">{}</span>', kind, word)


@register.simple_tag
def org_name(organization: Any, url: str = "") -> SafeString:
    """A 全称, cut in the middle where it is long, whole on hover and focus; a link when `url` is given."""
    whole = str(getattr(organization, "full_name", organization))
    if len(whole) <= CUT_FROM:
        return format_html('<a href="{}">{}</a>', url, whole) if url else format_html("{}", whole)
    own = str(getattr(organization, "short_name", ""))
    tail = own if own and whole.endswith(own) and len(own) <= CUT_FROM else whole[-TAIL:]
    head = whole[: -len(tail)]
    inside = format_html('<span class="org-head">{}</span><span class="org-tail">{}</span>', head, tail)
    if url:
        return format_html('<a class="org-name" href="{}" data-whole="{}">{}</a>', url, whole, inside)
    return format_html('<span class="org-name" tabindex="0" data-whole="{}">{}</span>', whole, inside)


@register.simple_tag
def copy(text: str, label: str = "复制") -> SafeString:
    """A button that copies `text`; it stays hidden without JavaScript."""
    return format_html(
        '<button class="btn btn-s" type="button" data-copy="{}" hidden>{}{}</button>',
        text,
        icon("copy"),
        label,
    )


@register.simple_tag
def joining_rules() -> SafeString:
    """The months (*settings*) from which a form with 入团年月 judges while typing; static/js/joining.js reads them."""
    return format_html(
        'data-joining data-number-from="{}" data-twelve-before="{}"',
        settings.NUMBER_REQUIRED_FROM,
        settings.JOINING_AGE_12_BEFORE,
    )


# ---- larger pieces ------------------------------------------------------------------------------


@register.inclusion_tag("parts/steps.html")
def steps(*labels: str, current: int = 1) -> dict[str, Any]:
    """Where I am and what comes: `{% steps "选择文件" "核对" "导入" current=2 %}`."""
    states = ("done", "now", "later")
    marked = [
        (at, label, states[(at > current) + (at >= current)]) for at, label in enumerate(labels, start=1)
    ]
    return {"steps": marked}


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, size: str = "") -> dict[str, Any]:
    """A field with label, hint and error; `size` s, m, l or full overrides what follows from its length."""
    return {"field": bound, "kind": field_kind(bound.field.widget), "size": size or field_size(bound.field)}


@register.inclusion_tag("parts/errors.html")
def error_summary(*given: forms.BaseForm) -> dict[str, Any]:
    """All errors of what is sent together, each a link to its field; nothing when there are none. `placed` where a field has one."""
    faults: list[tuple[str, Any, Any]] = []
    for form in given:
        faults += [("", "", text) for text in form.non_field_errors()]
        faults += [("", "", text) for bound in form.hidden_fields() for text in bound.errors]
        faults += [
            (first_input(bound), bound.label, text)
            for bound in form.visible_fields()
            for text in bound.errors
        ]
    return {"faults": faults, "placed": any(target for target, _, _ in faults)}


def field_kind(widget: forms.Widget) -> str:
    """How parts/field.html lays the widget out."""
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "group" if widget.use_fieldset else "plain"


def field_size(form_field: forms.Field) -> str:
    """The width that fits the content."""
    if isinstance(form_field.widget, forms.Textarea | forms.FileInput):
        return "full"
    longest = getattr(form_field, "max_length", None)
    if isinstance(form_field, forms.DateField) or (longest and longest <= 12):
        return "s"
    return "m" if isinstance(form_field.widget, forms.Select) or (longest and longest <= 20) else "l"


def first_input(bound: BoundField) -> str:
    """The id of the input that an error leads to."""
    return bound.id_for_label or f"{bound.auto_id}_0"
