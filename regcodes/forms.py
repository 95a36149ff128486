"""The steps of 管理员注册 as forms: the post, the code, and all personal data at once (§4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from accounts import idcard
from accounts.enums import EDUCATIONS, ETHNICITIES, PoliticalStatus
from accounts.fields import NameField, NumberField, PasswordField, PhoneField
from accounts.forms import NewPasswordForm
from accounts.models import Account
from members import rules
from members.registered import Way, sign_in_ways, ways_of
from orgs.enums import TITLES, Nature
from orgs.models import Organization
from zhtj.lib.forms import Form, MonthField, PickField
from zhtj.lib.verdict import Verdict

from .redeem import PROFILE, Office, Person

YES_NO = [("yes", "是"), ("no", "否")]
MEMBERS_ONLY = [each for each in PoliticalStatus.values if each != PoliticalStatus.MASSES]


def words(values: Any) -> list[tuple[str, str]]:
    """Choices whose stored value is the word itself."""
    return [(value, value) for value in values]


class CodeForm(Form):
    """管理员注册码, as typed."""

    code = forms.CharField(
        label="管理员注册码",
        max_length=40,
        help_text="8 位字母和数字，区分大小写，由直接上级的管理员提供；中间的空格不影响。",
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "class": "is-code"}
        ),
    )


class TitleForm(Form):
    """团内职务, by the organisation's category."""

    title = PickField(label="团内职务", choices=[])

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["title"] = PickField(
            label="团内职务",
            choices=words(TITLES[organization.category]),
            error_messages={"required": "请选择团内职务。"},
        )


class OfficeForm(Form):
    """What comes with the post and, in a branch, with the 团籍; everybody fills it in."""

    joined = MonthField(label="入团年月", help_text="按入团志愿书上的批准年月填写。")
    member_number = forms.CharField(
        label="发展团员编号",
        max_length=20,
        required=False,
        help_text="12 位数字，前四位是入团年份。2016年以前入团的不用填写。",
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "class": "is-code"}),
    )
    since = MonthField(label="任现职年月")
    nature = PickField(label="团干部性质", choices=Nature.choices)
    in_party_committee = PickField(label="是否同级党委（支部）成员", choices=YES_NO)

    def __init__(self, *args: Any, organization: Organization, born: date | None = None, **kwargs: Any):
        self.organization, self.born = organization, born
        super().__init__(*args, **kwargs)
        if not organization.is_branch:
            del self.fields["joined"], self.fields["member_number"]

    def clean_member_number(self) -> str:
        """Blanks dropped, full-width digits made half-width."""
        return idcard.normalise(self.cleaned_data["member_number"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        number, today = cleaned.get("number", ""), timezone.localdate()
        born = self.born or (idcard.birth_date(number) if number else None)
        joined, since = cleaned.get("joined"), cleaned.get("since")
        if joined and born:
            self._hold("joined", rules.joining(born, joined, today=today))
        if joined:
            self._check_number(cleaned, born, joined)
        if since:
            self._hold("since", rules.post_since(since, joined, today=today))
        return cleaned

    def _check_number(self, cleaned: dict[str, Any], born: date | None, joined: date) -> None:
        """Demanded of those who joined from 2016 on; what others write is kept when it can be a number."""
        given = cleaned.get("member_number", "")
        verdict = rules.league_number(given, born, joined)
        if rules.needs_league_number(joined):
            self._hold("member_number", verdict)
        elif not verdict:
            cleaned["member_number"] = ""

    def _hold(self, field: str, verdict: Verdict) -> None:
        if not verdict:
            self.add_error(field, forms.ValidationError(verdict.message, code=verdict.cause))

    def office(self, title: str) -> Office:
        """The post as the verb takes it."""
        data = self.cleaned_data
        return Office(
            title=title,
            since=data["since"],
            nature=data["nature"],
            in_party_committee=data["in_party_committee"] == "yes",
            joined=data.get("joined"),
            member_number=data.get("member_number", ""),
        )


class PersonForm(NewPasswordForm, OfficeForm):
    """All personal data and the password of somebody who is not in the system yet, in one step."""

    name = NameField(help_text="身份证上的全名。")
    number = NumberField(help_text="18 位，末位可以是 X。它就是您的登录账号。")
    phone = PhoneField()
    ethnicity = PickField(label="民族", choices=words(ETHNICITIES))
    political_status = PickField(label="政治面貌", choices=words(PoliticalStatus.values))
    education = PickField(label="学历", choices=words(EDUCATIONS))
    new_password = PasswordField(label="登录密码", autocomplete="new-password")
    repeat_password = PasswordField(label="再次填写密码", autocomplete="new-password")

    PERSONAL = ("name", "number", "phone", *PROFILE)
    LEAGUE = ("joined", "member_number", "since", "nature", "in_party_committee")
    ways: tuple[Way, ...] = ()  # where it leads on for somebody who turned out to have an account

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any):
        super().__init__(*args, organization=organization, **kwargs)
        if organization.is_branch:
            self.fields["political_status"].choices = words(MEMBERS_ONLY)
        self.order_fields([*self.PERSONAL, *self.LEAGUE, "new_password", "repeat_password"])

    @property
    def personal(self) -> list[forms.BoundField]:
        """The fields about the person."""
        return [self[name] for name in self.PERSONAL if name in self.fields]

    @property
    def league(self) -> list[forms.BoundField]:
        """The fields about 团籍 and post."""
        return [self[name] for name in self.LEAGUE if name in self.fields]

    def person(self) -> Person:
        """Who registers, as the verb takes it."""
        data = self.cleaned_data
        return Person(**{name: data[name] for name in self.PERSONAL})

    def show(self, verdict: Verdict) -> None:
        """A refusal of the verb at the field it belongs to, else above the form."""
        fields = {"member_number": "member_number"}
        if verdict.cause == "account" or verdict.cause.startswith("registered"):
            fields[verdict.cause] = "number"
            self.ways = ways_of(verdict) if verdict.cause != "account" else sign_in_ways()
        self.refuse(verdict, fields)


class OwnForm(OfficeForm):
    """The same for a signed-in person: only what is missing is asked."""

    phone = PhoneField()
    ethnicity = PickField(label="民族", choices=words(ETHNICITIES))
    political_status = PickField(label="政治面貌", choices=words(PoliticalStatus.values))
    education = PickField(label="学历", choices=words(EDUCATIONS))

    LEAGUE = PersonForm.LEAGUE

    def __init__(self, *args: Any, organization: Organization, account: Account, **kwargs: Any):
        super().__init__(*args, organization=organization, born=account.birth_date, **kwargs)
        if organization.is_branch:
            self.fields["political_status"].choices = words(MEMBERS_ONLY)
        for name in PROFILE:
            if getattr(account, name):
                del self.fields[name]
        if account.phone_cipher is not None:
            del self.fields["phone"]
        self.order_fields(["phone", *PROFILE, *self.LEAGUE])

    @property
    def personal(self) -> list[forms.BoundField]:
        """What the account does not have yet."""
        return [self[name] for name in ("phone", *PROFILE) if name in self.fields]

    @property
    def league(self) -> list[forms.BoundField]:
        """The fields about 团籍 and post."""
        return [self[name] for name in self.LEAGUE if name in self.fields]

    def profile(self) -> dict[str, str]:
        """Values for the empty fields of the account."""
        return {name: self.cleaned_data[name] for name in PROFILE if name in self.cleaned_data}

    def show(self, verdict: Verdict) -> None:
        """A refusal of the verb at the field it belongs to, else above the form."""
        field = "member_number" if verdict.cause == "member_number" else None
        self.add_error(field, verdict.message)
