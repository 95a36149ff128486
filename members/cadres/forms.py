"""Forms of 团干部管理: a post, a person without 团籍, an appointment, an invitation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from accounts.enums import PoliticalStatus
from accounts.fields import NameField, NumberField
from accounts.models import Account
from orgs.enums import TITLES, Nature
from orgs.models import Organization, Post
from orgs.posts import Office
from zhtj.lib.forms import Form, MonthField, PickField

from .. import rules
from ..models import Member
from ..profile_form import FIELD_OF, YES_NO, ProfileForm, pairs, yes_no
from .entry import Entered

NOT_OF_CADRES = ("league_number", "joined_at_unit")


class OfficeForm(Form):
    """A post in one organisation; `joined` is the person's 入团年月 where it is known."""

    title = forms.ChoiceField(label="团内职务")
    since = MonthField(label="任现职年月")
    nature = PickField(label="团干部性质", choices=Nature.choices)
    in_party_committee = PickField(label="是否同级党委（支部）成员", choices=YES_NO)

    OFFICE = ("title", "since", "nature", "in_party_committee")

    def __init__(self, *args: Any, organization: Organization, joined: date | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.joined = joined
        titles = [("", "请选择"), *pairs(TITLES[organization.category])]
        self.fields["title"].choices = titles  # type: ignore[attr-defined]
        self.fields["title"].error_messages["required"] = "请选择团内职务。"

    @staticmethod
    def initial_of(post: Post) -> dict[str, Any]:
        """What the form shows of a post."""
        party = {True: "yes", False: "no"}.get(post.in_party_committee, "")
        return {
            "title": post.title,
            "since": post.since,
            "nature": post.nature,
            "in_party_committee": party,
        }

    def clean_since(self) -> date | None:
        since = self.cleaned_data["since"]
        if since:
            verdict = rules.post_since(since, self.joined, today=timezone.localdate())
            if not verdict:
                raise forms.ValidationError(verdict.message)
        return since

    @property
    def office_fields(self) -> list[forms.BoundField]:
        """The particulars of the post."""
        return [self[name] for name in self.OFFICE]

    @property
    def office(self) -> Office:
        """What the verbs take."""
        return office_of(self.cleaned_data)


def office_of(data: dict[str, Any]) -> Office:
    """The post that was typed."""
    return Office(
        title=data["title"],
        since=data["since"],
        nature=data["nature"],
        in_party_committee=yes_no(data["in_party_committee"]),
    )


class AppointForm(OfficeForm):
    """A post for a member of the branch."""

    member = forms.TypedChoiceField(
        label="本团支部的团员", coerce=int, error_messages={"required": "请选择一位团员。"}
    )
    field_order = ("member", *OfficeForm.OFFICE)
    USUAL = {"nature": Nature.PART_TIME, "in_party_committee": "no"}  # of nearly every cadre of a branch

    def __init__(self, *args: Any, organization: Organization, members: list[Member], **kwargs: Any):
        super().__init__(*args, organization=organization, **kwargs)
        self.members = {each.pk: each for each in members}
        choices = [(pk, _told_apart(each.account)) for pk, each in self.members.items()]
        self.fields["member"].choices = [("", "请选择"), *choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        member = self.members.get(data.get("member") or 0)
        if member and data.get("since"):
            verdict = rules.post_since(data["since"], member.joined, today=timezone.localdate())
            if not verdict:
                self.add_error("since", verdict.message)
        return data

    @property
    def chosen(self) -> Account:
        """The member's account."""
        return self.members[self.cleaned_data["member"]].account


def _told_apart(account: Account) -> str:
    """Name, sex and month of birth: enough among people of one name, and nothing of the ID number."""
    return f"{account.name}（{account.sex}，{account.birth_date:%Y-%m}）"


class CadreForm(ProfileForm):
    """A person without 团籍 with a post; `account` when one is edited: name and ID number are then fixed."""

    name = NameField()
    number = NumberField(help_text="填完 18 位后显示性别、出生年月和年龄，请对照身份证核对。")
    political_status = PickField(
        label="政治面貌", choices=pairs(PoliticalStatus.values), widget=forms.RadioSelect
    )
    joined = MonthField(label="入团年月", required=False, help_text="入过团的填写，可以不填。")
    title = forms.ChoiceField(label="团内职务", error_messages={"required": "请选择团内职务。"})
    since = MonthField(label="任现职年月")
    nature = PickField(label="团干部性质", choices=Nature.choices)
    in_party_committee = PickField(label="是否同级党委（支部）成员", choices=YES_NO)

    REQUIRED = ("ethnicity", "political_status", "education", "phone", "joined")
    field_order = ("name", "number", *REQUIRED, *OfficeForm.OFFICE, *ProfileForm.OPTIONAL)
    OPTIONAL = tuple(name for name in ProfileForm.OPTIONAL if name not in NOT_OF_CADRES)
    holds_post = True

    def __init__(self, *args: Any, organization: Organization, account: Account | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.account = account
        self.titles = TITLES[organization.category]
        self.fields["title"].choices = [("", "请选择"), *pairs(self.titles)]  # type: ignore[attr-defined]
        for name in NOT_OF_CADRES if account is None else (*NOT_OF_CADRES, "name", "number"):
            del self.fields[name]
        for name in self.fields:
            if name in ("name", "number", "phone"):
                self.fields[name].widget.attrs["autocomplete"] = "off"
        if account and account.masked_phone:
            self.fields["phone"].required = False
            self.fields["phone"].help_text = f"现为{account.masked_phone}，不修改的不用填写。"

    @staticmethod
    def initial_of_cadre(post: Post) -> dict[str, Any]:
        """What the form shows of a cadre without 团籍."""
        account = post.account
        shown = {name: getattr(account, name) for name in ProfileForm.base_fields if hasattr(Account, name)}
        shown.pop("phone", None)
        shown["is_volunteer"] = {True: "yes", False: "no"}.get(account.is_volunteer, "")
        return {**shown, **OfficeForm.initial_of(post), "joined": account.league_joined}

    def clean(self) -> dict[str, Any]:
        """The rules of §5 for cadres: 入团年月 may be missing, there is no 发展团员编号."""
        data = forms.Form.clean(self) or {}
        today = timezone.localdate()
        for problem in rules.check(self.person, titles=self.titles, holds_post=True, today=today):
            if (problem.column, problem.cause) != (rules.JOINED, "required"):
                self._blame(FIELD_OF[problem.column], problem.message)
        born = rules.birth_date(self.person.number, today=today)
        if born and data.get("party_joined"):
            self._demand("party_joined", rules.party_joined(born, data["party_joined"], today=today))
        if data.get("volunteer_since"):
            self._demand("volunteer_since", rules.volunteer_since(data["volunteer_since"], today=today))
        return data

    @property
    def person(self) -> rules.Person:
        """What the rules judge; what is not asked comes from the account."""
        person = replace(super().person, is_cadre=True)
        if self.account is None:
            return person
        return replace(
            person,
            name=self.account.name,
            number=self.account.id_number,
            phone=person.phone or self.account.phone,
        )

    @property
    def person_fields(self) -> list[forms.BoundField]:
        """Name and ID number, where they are asked, and what every cadre has."""
        asked = [self["name"], self["number"]] if self.account is None else []
        return [*asked, *self.required_fields]

    @property
    def office_fields(self) -> list[forms.BoundField]:
        """The particulars of the post."""
        return [self[name] for name in OfficeForm.OFFICE]

    @property
    def office(self) -> Office:
        """The post that was typed."""
        return office_of(self.cleaned_data)

    @property
    def profile(self) -> dict[str, Any]:
        """The fields of the account; what was left empty is stored as its column wants it."""
        found = {**super().profile, "league_joined": self.cleaned_data["joined"]}
        for name, value in found.items():
            if value is None and not Account._meta.get_field(name).null:
                found[name] = ""
        return found

    @property
    def entered(self) -> Entered:
        """What `enter` takes."""
        data = self.cleaned_data
        return Entered(
            number=data["number"],
            name=data["name"],
            phone=data["phone"],
            office=self.office,
            profile=self.profile,
        )


class SearchForm(Form):
    """邀请: the person by name and ID number, sent by POST."""

    name = NameField()
    number = NumberField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"
