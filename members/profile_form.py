"""The form of a member's data (§5), judged by the rules; what is entered and what is edited share it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from accounts.enums import EDUCATIONS, ETHNICITIES, PoliticalStatus
from accounts.fields import PhoneField
from orgs.enums import TITLES, Category
from zhtj.lib.forms import DayField, Form, MonthField, PickField
from zhtj.lib.verdict import Verdict

from . import rules
from .models import Member

MEMBER_STATUSES = [each.value for each in PoliticalStatus if each != PoliticalStatus.MASSES]
YES_NO = [("yes", "是"), ("no", "否")]
PROFILE = (
    "ethnicity", "political_status", "education", "email", "qq", "wechat", "weibo", "occupation", "workplace",
    "household", "party_joined", "is_volunteer", "volunteer_since",
)  # fmt: skip


FIELD_OF = {
    rules.NAME: "name",
    rules.NUMBER: "number",
    rules.ETHNICITY: "ethnicity",
    rules.STATUS: "political_status",
    rules.EDUCATION: "education",
    rules.JOINED: "joined",
    rules.PHONE: "phone",
    rules.LEAGUE_NUMBER: "league_number",
    rules.TITLE: "title",
    rules.SINCE: "since",
    rules.NATURE: "nature",
    rules.IN_PARTY: "in_party_committee",
}


def pairs(values: Iterable[str]) -> list[tuple[str, str]]:
    """Choices whose stored value is the word users see."""
    return [(value, value) for value in values]


def yes_no(value: str) -> bool | None:
    """The answer of an optional 是/否."""
    return {"yes": True, "no": False}.get(value)


class ProfileForm(Form):
    """Everything about a member but name and ID number; `facts` is what the verbs take."""

    phone = PhoneField()
    ethnicity = PickField(label="民族", choices=pairs(ETHNICITIES))
    political_status = PickField(label="政治面貌", choices=pairs(MEMBER_STATUSES))
    education = PickField(label="学历", choices=pairs(EDUCATIONS))
    joined = MonthField(label="入团年月", help_text="按入团志愿书批准的年月填写。")
    league_number = forms.CharField(
        label="发展团员编号",
        max_length=20,
        required=False,
        help_text="12 位数字。2016年及以后入团的必须填写，以前入团的可以不填。",
    )
    email = forms.EmailField(
        label="邮箱",
        required=False,
        max_length=254,
        error_messages={"invalid": "邮箱格式不符，请对照填写，例如 name@example.cn。"},
    )
    qq = forms.CharField(label="QQ", required=False, max_length=20)
    wechat = forms.CharField(label="微信", required=False, max_length=40)
    weibo = forms.CharField(label="微博", required=False, max_length=60)
    occupation = forms.CharField(label="职业", required=False, max_length=60)
    workplace = forms.CharField(label="学习/工作单位", required=False, max_length=120)
    household = forms.CharField(label="户籍所在地", required=False, max_length=120)
    joined_at_unit = forms.CharField(label="入团时所在单位", required=False, max_length=120)
    party_joined = MonthField(label="入党年月", required=False)
    is_volunteer = forms.TypedChoiceField(
        label="是否注册志愿者",
        choices=[("", "未填写"), *YES_NO],
        coerce=yes_no,
        empty_value=None,
        required=False,
    )
    volunteer_since = DayField(
        label="注册志愿者时间", required=False, error_messages={"invalid": "请选择日期，例如 2025-03-05。"}
    )

    REQUIRED = ("ethnicity", "political_status", "education", "joined", "league_number", "phone")
    OPTIONAL = (
        "email", "qq", "wechat", "weibo", "occupation", "workplace", "household", "joined_at_unit",
        "party_joined", "is_volunteer", "volunteer_since",
    )  # fmt: skip
    field_order = (*REQUIRED, *OPTIONAL)

    @property
    def required_fields(self) -> list[forms.BoundField]:
        """The fields every member has, in the order of the template."""
        return [self[name] for name in self.REQUIRED]

    @property
    def optional_fields(self) -> list[forms.BoundField]:
        """The rest."""
        return [self[name] for name in self.OPTIONAL]

    def __init__(self, *args: Any, member: Member | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.member = member
        if member and member.account.masked_phone:
            self.fields["phone"].required = False
            self.fields["phone"].help_text = f"现为{member.account.masked_phone}，不修改的不用填写。"

    @staticmethod
    def initial_of(member: Member) -> dict[str, Any]:
        """What the form shows of a member."""
        account = member.account
        shown = {name: getattr(account, name) for name in PROFILE}
        shown["is_volunteer"] = {True: "yes", False: "no"}.get(account.is_volunteer, "")
        return {
            **shown,
            "joined": member.joined,
            "league_number": member.number or "",
            "joined_at_unit": member.joined_at_unit,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        today = timezone.localdate()
        for problem in rules.check(
            self.person, titles=TITLES[Category.BRANCH], holds_post=self.holds_post, today=today
        ):
            self._blame(FIELD_OF[problem.column], problem.message)
        born = rules.birth_date(self.person.number, today=today)
        if born and data.get("party_joined"):
            self._demand("party_joined", rules.party_joined(born, data["party_joined"], today=today))
        if data.get("volunteer_since"):
            self._demand("volunteer_since", rules.volunteer_since(data["volunteer_since"], today=today))
        return data

    def _blame(self, name: str, message: str) -> None:
        """One fault a field: the first one found."""
        if name in self.fields and name not in self.errors:
            self.add_error(name, message)

    def _demand(self, name: str, verdict: Verdict) -> None:
        if not verdict:
            self._blame(name, verdict.message)

    @property
    def person(self) -> rules.Person:
        """What the rules of §5 judge; what is not asked here comes from the member."""
        data, account = self.cleaned_data, self.member.account if self.member else None
        return rules.Person(
            name=data.get("name") or (account.name if account else ""),
            number=data.get("number") or (account.id_number if account else ""),
            ethnicity=data.get("ethnicity", ""),
            status=data.get("political_status", ""),
            education=data.get("education", ""),
            joined=data.get("joined"),
            phone=data.get("phone") or (account.phone if account else ""),
            league_number=data.get("league_number", ""),
            is_cadre=data.get("is_cadre") == "yes",
            title=data.get("title", ""),
            since=data.get("since"),
            nature=data.get("nature", ""),
            in_party=yes_no(data.get("in_party_committee", "")),
        )

    @property
    def holds_post(self) -> bool:
        """Whether the system knows a post of the person; an enrolled person's age is no fault of an edit."""
        return True

    @property
    def number_to_keep(self) -> str:
        """The 发展团员编号 as it is stored: a malformed one where none is needed is left out (§5)."""
        number, joined = self.cleaned_data["league_number"], self.cleaned_data["joined"]
        needed = rules.needs_league_number(joined)
        return number if needed or rules.league_number(number, None, joined) else ""

    @property
    def dropped_number(self) -> bool:
        """Whether a malformed 发展团员编号 was left out, which the page says."""
        return bool(self.cleaned_data["league_number"]) and not self.number_to_keep

    @property
    def profile(self) -> dict[str, Any]:
        """The fields of the account."""
        return {name: self.cleaned_data.get(name) for name in PROFILE}

    @property
    def facts(self) -> dict[str, Any]:
        """What `amend` takes."""
        data = self.cleaned_data
        return {
            "profile": self.profile,
            "phone": data["phone"] or self.member.account.phone,
            "joined": data["joined"],
            "league_number": self.number_to_keep,
            "joined_at_unit": data["joined_at_unit"],
        }
