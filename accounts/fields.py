"""Form fields for what people type about themselves: ID number, name, phone, password, captcha."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from zhtj.lib.verdict import Verdict

from . import captchas, idcard, names, phones


class _Text(forms.CharField):
    """A text with one stored form and a rule about it; a broken rule becomes the field's error."""

    label_default = ""
    attrs: dict[str, str] = {}

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", self.label_default)
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("error_messages", {})
        kwargs["error_messages"] = {"required": f"请填写{kwargs['label']}", **kwargs["error_messages"]}
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), **self.attrs}

    def normalise(self, text: str) -> str:
        """The stored form."""
        return text

    def problem(self, text: str) -> Verdict:
        """The rule about the stored form."""
        raise NotImplementedError

    def clean(self, value: Any) -> str:
        text = self.normalise(super().clean(value))
        if text:
            verdict = self.problem(text)
            if not verdict:
                raise forms.ValidationError(verdict.message, code=verdict.cause)
        return text


class NumberField(_Text):
    """身份证号码: full-width characters, blanks and a lower-case x are accepted."""

    label_default = "身份证号码"
    attrs = {
        "autocomplete": "username",
        "autocapitalize": "characters",
        "spellcheck": "false",
        "data-idcard": "",
    }

    def normalise(self, text: str) -> str:
        return idcard.normalise(text)

    def problem(self, text: str) -> Verdict:
        return idcard.problem(text, today=timezone.localdate())


class NameField(_Text):
    """姓名."""

    label_default = "姓名"
    attrs = {"autocomplete": "name"}

    def normalise(self, text: str) -> str:
        return names.normalise(text)

    def problem(self, text: str) -> Verdict:
        return names.problem(text)


class PhoneField(_Text):
    """手机号码: +86, blanks and hyphens are accepted."""

    label_default = "手机号码"
    attrs = {"autocomplete": "tel", "inputmode": "tel"}

    def normalise(self, text: str) -> str:
        return phones.normalise(text)

    def problem(self, text: str) -> Verdict:
        return phones.problem(text)


class PasswordField(forms.CharField):
    """A password as typed; never shown again."""

    def __init__(self, *, label: str, autocomplete: str, **kwargs: Any):
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete}, render_value=False)
        missing = f"请{label}" if label.startswith("再次") else f"请填写{label}"
        errors = {"required": missing, "max_length": "密码太长，请重新填写"}
        super().__init__(
            label=label, widget=widget, strip=False, max_length=128, error_messages=errors, **kwargs
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # no maxlength: a browser would cut a pasted password without a word


class CaptchaInput(forms.Widget):
    """The picture with its answer field; every showing makes a new challenge, and nothing is refilled."""

    use_fieldset = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        return data.get(f"{name}_0", ""), data.get(f"{name}_1", "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_1" not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_1" if id_ else id_

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        key = captchas.create()
        attrs = self.build_attrs(self.attrs, attrs)
        context = {
            "name": name,
            "key": key,
            "id": attrs.pop("id", f"id_{name}"),
            "attrs": attrs,
            **addresses(key),
        }
        return mark_safe(render_to_string("accounts/_captcha.html", context))


class CaptchaField(forms.Field):
    """验证码: `captcha = CaptchaField()` in any form, shown by `{% field form.captcha %}` with the script `captcha`."""

    widget = CaptchaInput
    label_default = "验证码"

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", "验证码")
        super().__init__(**kwargs)

    def clean(self, value: tuple[str, str]) -> bool:
        key, answer = value
        right = captchas.take(key, answer)
        if not answer.strip():
            raise forms.ValidationError("请填写验证码", code="required")
        if not right:
            raise forms.ValidationError("验证码不对或已过期，请按新的算式填写", code="captcha")
        return True


def addresses(key: str) -> dict[str, str]:
    """Where the picture and the words of a challenge are."""
    return {
        "image_url": reverse("accounts:captcha_image", args=[key]),
        "words_url": reverse("accounts:captcha_words", args=[key]),
    }
