"""The form of 组织信息: the fields of the category and the 书记; the superior may leave what the others must fill (§2)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.fields import NameField, NumberField, PhoneField
from zhtj.lib.forms import DayField, PickField
from zhtj.lib.verdict import Verdict

from . import completeness, facts, naming
from .enums import INDUSTRIES, Purpose
from .forms import ShortNameForm
from .information import Information
from .models import Organization
from .secretary import Secretary

SECRETARY = ("secretary_name", "secretary_number", "secretary_phone")
ALIAS = {"secretary_conflict": "secretary_number"}
MOST = 99_999


def _count(label: str) -> forms.IntegerField:
    """A number of posts; 0 is an answer."""
    field = forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": f"{label}是整数，没有的填 0。",
            "min_value": f"{label}不能小于 0。",
            "max_value": f"{label}不能超过 {MOST}。",
        },
    )
    field.max_length = len(str(MOST))  # the page sizes the box by it
    return field


def _postcode() -> forms.RegexField:
    """Six digits."""
    field = forms.RegexField(
        r"^[0-9]{6}$",
        label="邮编",
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 6}),
        error_messages={"invalid": "邮编是 6 位数字。"},
    )
    field.max_length = 6  # the page sizes the box by it; the pattern says what is wrong
    return field


def _typed(again: Information | None) -> dict[str, Any]:
    """What an earlier request asked for, but for the numbers of the 书记, which are never shown in full."""
    if again is None:
        return {}
    named = {"short_name": again.short_name, "secretary_name": again.secretary and again.secretary.name}
    return {**again.facts, **{name: text for name, text in named.items() if text}}


class InformationForm(ShortNameForm):
    """Everything but the 类别. `whole` asks for all that the category requires; `renames` offers the 简称.

    `again` fills in what was asked for before.
    """

    purpose = PickField(label="用途", choices=Purpose.choices)
    industry = PickField(label="所属行业类别", choices=[(each, each) for each in INDUSTRIES], required=False)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=100,
        error_messages={"invalid": "电子邮箱格式不对，例如 tw@example.org.cn。"},
    )
    contact_phone = forms.RegexField(
        r"^[0-9０-９+()（） -]{5,30}$",
        label="联系电话",
        required=False,
        help_text="办公电话，例如 0993-2057000。请不要填写个人手机号码。",
        error_messages={"invalid": "联系电话只能有数字、括号、加号和短横，例如 0993-2057000。"},
    )
    admin_quota = _count("行政编制数")
    admin_staff = _count("行政编制实际配备数")
    career_quota = _count("事业编制数")
    career_staff = _count("事业编制实际配备数")
    address = forms.CharField(label="通讯地址", required=False, max_length=200)
    postcode = _postcode()
    founded_on = DayField(label="成立时间", required=False)
    term_ends_on = DayField(label="换届时间", required=False)
    school_code = forms.CharField(label="学校机构编号", required=False, max_length=30)
    secretary_name = NameField(label="书记姓名", required=False)
    secretary_number = NumberField(label="书记身份证号码", required=False)
    secretary_phone = PhoneField(label="书记手机号码", required=False)

    def __init__(
        self,
        *args: Any,
        organization: Organization,
        whole: bool = True,
        renames: bool = True,
        again: Information | None = None,
        **kwargs: Any,
    ):
        self.organization = organization
        self.head = completeness.secretary_of(organization)
        kept = (*(["short_name"] if renames else []), *facts.fields_of(organization))
        initial = {field: getattr(organization, field) for field in ("short_name", *kept)}
        initial["secretary_name"] = self.head.account.name if self.head else ""
        super().__init__(*args, initial={**initial, **_typed(again)}, **kwargs)
        for name in set(self.fields) - {*kept, *SECRETARY}:
            del self.fields[name]
        required = facts.required_of(organization) if whole else ()
        self.order_fields((*kept[:1], *SECRETARY, *kept[1:]) if renames else (*SECRETARY, *kept))
        self._words(required, whole=whole)

    def _words(self, required: tuple[str, ...], *, whole: bool) -> None:
        """Hints, and what must be filled."""
        if "short_name" in self.fields:
            whose = "" if self.organization.is_branch else "本组织和全部下级组织的"
            self.fields["short_name"].help_text = f"更改简称会同时更改{whose}全称，原名称仍可查到。"
        for name in required:
            self._require(name)
        if "admin_quota" in self.fields:
            self.fields["admin_quota"].help_text = "四项编制数没有的填 0。"
        self.fields["secretary_name"].help_text = "书记即担任“书记”职务的人，更换后职务随之变更。"
        for name in SECRETARY:
            self.fields[name].widget.attrs["autocomplete"] = "off"
        number, phone = self.fields["secretary_number"], self.fields["secretary_phone"]
        if self.head is None:
            number.help_text = "系统中还没有的人，保存后自动建立账号，初始密码为身份证号码后八位。"
            for name in SECRETARY if whole else ():
                self._require(name)
            return
        account = self.head.account
        number.help_text = f"现为 {account.masked_id}。不更换书记时留空。"
        if account.phone_cipher:
            phone.help_text = f"现为 {account.masked_phone}。不更改时留空。"
        elif whole:
            self._require("secretary_phone")
        if whole:
            self._require("secretary_name")

    def _require(self, name: str) -> None:
        field = self.fields[name]
        field.required = True
        verb = "选择" if isinstance(field, forms.ChoiceField) else "填写"
        field.error_messages["required"] = f"请{verb}{field.label}。"
        if isinstance(field, PickField):
            field.widget.is_required = True

    def clean_short_name(self) -> str:
        """The 简称, held against the rules that need no other organisation."""
        short_name = self.cleaned_data["short_name"]
        verdict = naming.name_problem(self.organization.category, short_name)
        if not verdict:
            raise forms.ValidationError(verdict.message)
        return short_name

    def clean(self) -> dict[str, Any]:
        """A number or phone belongs to a name."""
        cleaned = super().clean() or self.cleaned_data
        others = cleaned.get("secretary_number") or cleaned.get("secretary_phone")
        if others and not cleaned.get("secretary_name") and not self.errors.get("secretary_name"):
            self.add_error("secretary_name", "请填写书记姓名。")
        return cleaned

    def refuse(self, verdict: Verdict) -> None:
        """A refusal about the 书记 stands at its field."""
        field = ALIAS.get(verdict.cause, verdict.cause)
        if field in SECRETARY:
            self.add_error(field, verdict.message)
        else:
            super().refuse(verdict)

    @property
    def information(self) -> Information:
        """What was typed, for the verb."""
        data = self.cleaned_data
        named = data.get("secretary_name")
        return Information(
            short_name=data.get("short_name"),
            facts={name: value for name, value in data.items() if name not in ("short_name", *SECRETARY)},
            secretary=Secretary(name=named, number=data["secretary_number"], phone=data["secretary_phone"])
            if named
            else None,
        )
