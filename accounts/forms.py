"""The shapes of what is typed at the door; passwords and captchas are never shown again."""

from __future__ import annotations

from typing import Any

from django import forms

from zhtj.lib.forms import Form

from . import passwords
from .fields import CaptchaField, NameField, NumberField, PasswordField
from .passwords import Facts


class SignInForm(Form):
    """登录."""

    number = NumberField()
    password = PasswordField(label="密码", autocomplete="current-password")
    captcha = CaptchaField()
    next = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2000)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_nobody(self) -> bool:
        """Whether all is well but that nobody can have this number: as wrong as a number nobody has (§3)."""
        return set(self.errors) == {"number"} and not self.has_error("number", "required")


class NewPasswordForm(Form):
    """The part every form with a new password shares: typed twice, held against the rules.

    A form that knows the person overrides `facts`; the template shows `rules` as the list that ticks itself off.
    """

    new_password = PasswordField(label="新密码", autocomplete="new-password")
    repeat_password = PasswordField(label="再次填写新密码", autocomplete="new-password")
    replaces_own = False  # whether there may be an own password already, which the new one must not repeat

    def facts(self) -> Facts:
        """What is known here about the person."""
        return Facts(number=self.cleaned_data.get("number", ""), phone=self.cleaned_data.get("phone", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.get("new_password")
        if password is None:
            return cleaned
        verdict = passwords.problem(password, self.facts())
        if not verdict:
            self.add_error("new_password", forms.ValidationError(verdict.message, code=verdict.cause))
        if cleaned.get("repeat_password") not in (None, password):
            self.add_error("repeat_password", "两次填写的新密码不一样，请重新填写")
        return cleaned

    def refuse(self, verdict: Any, fields: dict[str, str]) -> None:
        """Show a verb's refusal at the field its cause belongs to, else above the form."""
        rule_keys = {rule.key: "new_password" for rule in passwords.RULES}
        field = {**rule_keys, **fields}.get(verdict.cause)
        self.add_error(field, forms.ValidationError(verdict.message, code=verdict.cause))

    @property
    def rules(self) -> list[tuple[str, str, str]]:
        """Key, words and state (`is-bad` for the rule that was broken) of every line of the list."""
        broken = (
            {error.code for error in self.errors.as_data().get("new_password", [])}
            if self.is_bound
            else set()
        )
        shown = [rule for rule in passwords.RULES if self.replaces_own or rule.key != "previous"]
        return [(rule.key, rule.text, "is-bad" if rule.key in broken else "") for rule in shown]


class FirstForm(NewPasswordForm):
    """首次登录: the full name and the first own password."""

    name = NameField(help_text="请填写身份证上的全名，与名册一致。空格、大小写和间隔号的写法不影响核对。")
    field_order = ["name", "new_password", "repeat_password"]


class ChangeForm(NewPasswordForm):
    """修改密码."""

    old_password = PasswordField(label="原密码", autocomplete="current-password")
    replaces_own = True
    field_order = ["old_password", "new_password", "repeat_password"]


class ForgotForm(NewPasswordForm):
    """忘记密码."""

    number = NumberField()
    code = forms.CharField(
        label="重置密码验证码",
        max_length=40,
        help_text="8 位字母和数字，由本组织或上级组织的管理员提供。大小写、空格不影响。",
        error_messages={"required": "请填写重置密码验证码"},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "is-code",
            }
        ),
    )
    captcha = CaptchaField()
    replaces_own = True
    field_order = ["number", "code", "new_password", "repeat_password", "captcha"]
