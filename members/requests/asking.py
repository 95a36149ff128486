"""The short forms of 申请更正: what it should be, and what is wrong; what is registered is shown, not asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.fields import NameField, NumberField
from accounts.models import Account
from orgs.models import Organization, Post
from zhtj.lib.forms import Form, MonthField

from .. import amend, facts
from ..cadres.forms import OfficeForm
from ..models import Member
from . import topics

LIKE = "例如“入团志愿书上批准的年月是2019年12月”。"


def remark_field(hint: str) -> forms.CharField:
    """What is wrong and by which paper, with an example."""
    widget = forms.Textarea({"rows": 2})
    return forms.CharField(label="哪里不对，以什么为准", max_length=200, widget=widget, help_text=hint)


class AskForm(Form):
    """Base: `old` and `new` in the shape of the topic; `now` is what is registered, for the page."""

    def __init__(self, *args: Any, account: Account, member: Member | None, **kwargs: Any):
        self.account, self.member = account, member
        super().__init__(*args, initial=self.shown(account, member), **kwargs)

    def shown(self, account: Account, member: Member | None) -> dict[str, Any]:
        """What the fields hold at first."""
        return {}

    def same(self, name: str) -> None:
        """The refusal of what is registered already."""
        self.add_error(name, "与现在登记的相同，不用更正。")


class NameForm(AskForm):
    """姓名."""

    right = NameField(label="正确的姓名")
    remark = remark_field("例如“身份证上的姓名是……”。")

    def clean_right(self) -> str:
        if self.cleaned_data["right"] == self.account.name:
            raise forms.ValidationError("与现在登记的相同，不用更正。")
        return self.cleaned_data["right"]

    @property
    def now(self) -> list[tuple[str, str]]:
        return [("姓名", self.account.name)]

    @property
    def old(self) -> Mapping[str, Any]:
        return {"name": self.account.name}

    @property
    def new(self) -> Mapping[str, Any]:
        return {"name": self.cleaned_data["right"]}


class NumberForm(AskForm):
    """身份证号码; whether another account bears it is found only when it is decided."""

    right = NumberField(label="正确的身份证号码", help_text="填完 18 位后显示性别、出生年月和年龄，请核对。")
    remark = remark_field("例如“第 17 位登记错了，以身份证为准”。请不要写号码。")

    def clean_right(self) -> str:
        right = self.cleaned_data["right"]
        if right == self.account.id_number:
            raise forms.ValidationError("与现在登记的相同，不用更正。")
        verdict = amend.fits(right, self.account, self.member)
        if not verdict:
            raise forms.ValidationError(verdict.message)
        return right

    @property
    def now(self) -> list[tuple[str, str]]:
        return [("身份证号码", self.account.masked_id)]

    @property
    def old(self) -> Mapping[str, Any]:
        return {"masked": self.account.masked_id}

    @property
    def new(self) -> Mapping[str, Any]:
        return {"number": self.cleaned_data["right"]}


class JoinedForm(AskForm):
    """入团年月 and, for members, 发展团员编号: they are judged together."""

    joined = MonthField(label="入团年月", help_text="按入团志愿书批准的年月填写。")
    number = forms.CharField(
        label="发展团员编号",
        max_length=20,
        required=False,
        help_text="12 位数字。2016年及以后入团的必须填写，以前入团的可以不填。",
    )
    remark = remark_field(LIKE)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.member is None:
            del self.fields["number"]
            self.fields["joined"].required = False

    def shown(self, account: Account, member: Member | None) -> dict[str, Any]:
        return {name: facts.stored(name, account, member) for name in self.names(member)}

    @staticmethod
    def names(member: Member | None) -> tuple[str, ...]:
        """What is registered of this person."""
        return ("joined", "number") if member else ("joined",)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        values = {name: data[name] for name in self.names(self.member)}
        verdict = topics.joined_fits(self.account, self.member, values)
        if values == self.shown(self.account, self.member):
            self.same("joined")
        elif not verdict:
            self.add_error("number" if verdict.cause.startswith("number") else "joined", verdict.message)
        return data

    @property
    def now(self) -> list[tuple[str, str]]:
        shown = self.shown(self.account, self.member)
        return [(facts.LABELS[name], facts.words(name, value)) for name, value in shown.items()]

    @property
    def old(self) -> Mapping[str, Any]:
        return {name: facts.to_json(value) for name, value in self.shown(self.account, self.member).items()}

    @property
    def new(self) -> Mapping[str, Any]:
        return {name: facts.to_json(self.cleaned_data[name]) for name in self.names(self.member)}


class BranchForm(AskForm):
    """所在团支部, in the person's words."""

    right = forms.CharField(
        label="应在的团支部", max_length=120, help_text="写全称或简称，例如“2023级2班团支部”。"
    )
    remark = remark_field("例如“已转专业，班级变更”。")

    @property
    def now(self) -> list[tuple[str, str]]:
        return [("所在团支部", self.place)]

    @property
    def place(self) -> str:
        """Where the 团籍 is now."""
        return self.member.branch.full_name if self.member else ""

    @property
    def old(self) -> Mapping[str, Any]:
        return {"branch": self.place}

    @property
    def new(self) -> Mapping[str, Any]:
        return {"branch": self.cleaned_data["right"].strip()}


class TitleForm(OfficeForm):
    """A 团内职务 with its particulars, or that it is not held any more; `post` None where it was never registered."""

    ended = forms.BooleanField(label="已不再担任这项职务", required=False)
    remark = remark_field("例如“9 月换届后改任宣传委员”。")

    def __init__(
        self,
        *args: Any,
        account: Account,
        member: Member | None,
        post: Post | None,
        place: Organization,
        **kwargs: Any,
    ):
        self.post = post
        joined = facts.stored("joined", account, member)
        initial = OfficeForm.initial_of(post) if post else {}
        super().__init__(*args, organization=place, joined=joined, initial=initial, **kwargs)
        if post is None:
            del self.fields["ended"]

    def clean(self) -> dict[str, Any]:
        """Of a post that has ended nothing more is asked."""
        data = super().clean() or {}
        if data.get("ended"):
            for name in self.OFFICE:
                self.errors.pop(name, None)
        elif not self.errors and self.old == self.new:
            self.add_error("title", "与现在登记的相同，不用更正。")
        return data

    @property
    def now(self) -> list[tuple[str, str]]:
        if self.post is None:
            return []
        triples = topics.TOPICS["title"].triples({"old": {}, "new": self.old}, self.post.account)
        return [(label, value) for label, _, value in triples]

    @property
    def old(self) -> Mapping[str, Any]:
        return topics.office_of(self.post) if self.post else {}

    @property
    def new(self) -> Mapping[str, Any]:
        kept = {"post": self.post.pk} if self.post else {}
        return kept if self.cleaned_data.get("ended") else {**kept, **topics.office_json(self.office)}


FORMS: dict[str, type[AskForm]] = {
    "name": NameForm,
    "number": NumberForm,
    "joined": JoinedForm,
    "branch": BranchForm,
}
