"""The forms of 自行注册: all personal data at once, the pair that opens the state, and the reason of 退回 (§3, §5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from accounts import idcard
from accounts.fields import CaptchaField, NameField, NumberField
from orgs.enums import TITLES, Category, Nature
from orgs.scope import Scope
from zhtj.lib.forms import Form, MonthField, PickField

from .. import rules
from ..models import Application, ApplicationKind, ApplicationState, ReturnReason
from ..profile_form import YES_NO, ProfileForm, pairs, yes_no
from . import queries
from .content import Content

OFFICE = ("title", "since", "nature", "in_party_committee")
PERSONAL = ("name", "number", "phone", "ethnicity", "political_status", "education")
LEAGUE = ("joined", "league_number")
CONSENT = "我同意提交；未满14周岁的，已取得监护人同意"


class ApplyForm(ProfileForm):
    """What every member has, and for 团干部注册 the post; nothing optional is asked of somebody not taken in yet.

    `known` is what was sent before: its ID and phone are not shown again, and stay where nothing is typed.
    """

    name = NameField(help_text="身份证上的全名。")
    number = NumberField(help_text="18 位，末位可以是 X。审批通过后，它就是您的登录账号。")
    title = PickField(label="团内职务", choices=pairs(TITLES[Category.BRANCH]))
    since = MonthField(label="任现职年月")
    nature = PickField(label="团干部性质", choices=Nature.choices)
    in_party_committee = PickField(label="是否同级党委（支部）成员", choices=YES_NO)
    consent = forms.BooleanField(
        label=CONSENT,
        help_text="这些资料只用于审批这份申请，由所选团支部及其直接上级的管理员查看。申请不占用身份证号码和编号，可以随时撤回。",
        error_messages={"required": f"请勾选“{CONSENT}”。"},
    )
    captcha = CaptchaField()

    field_order = (*PERSONAL, *LEAGUE, *OFFICE, "consent", "captcha")

    def __init__(self, *args: Any, kind: str, known: Content | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.is_cadre, self.known = kind == ApplicationKind.CADRE, known
        for name in (*self.OPTIONAL, *(() if self.is_cadre else OFFICE)):
            del self.fields[name]
        if known:
            self._keep("number", idcard.mask(known.number), "不更正的不用填写。")
            self._keep("phone", f"{known.phone[:3]}****{known.phone[-4:]}", "不修改的不用填写。")

    def _keep(self, name: str, shown: str, words: str) -> None:
        self.fields[name].required = False
        self.fields[name].help_text = f"现为{shown}，{words}"

    def clean_league_number(self) -> str:
        """Blanks dropped, full-width digits made half-width."""
        return idcard.normalise(self.cleaned_data["league_number"])

    @property
    def personal(self) -> list[forms.BoundField]:
        """The fields about the person."""
        return [self[name] for name in PERSONAL]

    @property
    def league(self) -> list[forms.BoundField]:
        """The fields about the 团籍."""
        return [self[name] for name in LEAGUE]

    @property
    def office(self) -> list[forms.BoundField]:
        """The fields about the post."""
        return [self[name] for name in OFFICE if name in self.fields]

    @property
    def person(self) -> rules.Person:
        """What the rules judge; what is kept counts as typed."""
        person = replace(super().person, is_cadre=self.is_cadre)
        if self.known is None:
            return person
        number, phone = person.number or self.known.number, person.phone or self.known.phone
        return replace(person, number=number, phone=phone)

    @property
    def holds_post(self) -> bool:
        """Nothing is looked up here: a post the system knows counts when the application is decided."""
        return False

    @property
    def content(self) -> Content:
        """What is submitted."""
        data, person = self.cleaned_data, self.person
        return Content(
            name=person.name,
            number=person.number,
            phone=person.phone,
            ethnicity=person.ethnicity,
            political_status=person.status,
            education=person.education,
            joined=data["joined"],
            league_number=self.number_to_keep,
            title=data.get("title", ""),
            since=data.get("since"),
            nature=data.get("nature", ""),
            in_party_committee=yes_no(data.get("in_party_committee", "")),
        )

    @staticmethod
    def refilled(content: Content) -> dict[str, Any]:
        """What is filled in again after a return: everything but ID and phone."""
        shown = {name: getattr(content, name) for name in (*PERSONAL, *LEAGUE, *OFFICE)}
        shown["in_party_committee"] = {True: "yes", False: "no"}.get(content.in_party_committee, "")
        return {name: value for name, value in shown.items() if name not in ("number", "phone")}


class CorrectForm(ApplyForm):
    """The same after 退回: whoever gave ID, 受理号 and captcha has agreed before and is not asked for another one."""

    consent = captcha = None  # type: ignore[assignment]


class StateForm(Form):
    """What opens the state of an application."""

    number = NumberField(help_text="提交申请时填写的号码。")
    receipt = forms.CharField(
        label="受理号",
        max_length=40,
        help_text="提交申请后显示的 12 位字母和数字，不分大小写，空格不影响。",
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "is-code",
            }
        ),
    )
    captcha = CaptchaField()


class ReturnForm(Form):
    """退回: the reason, and in words what the applicant is to do."""

    CHOICES = [each for each in ReturnReason.choices if each[0] != ReturnReason.CLOSED]

    reason = PickField(label="退回原因", choices=CHOICES)
    remark = forms.CharField(
        label="说明",
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="申请人可以看到。资料需要更正的和其他原因必须写明。",
    )


class RevealForm(Form):
    """Why a full number is looked at."""

    reason = forms.CharField(
        label="查看原因",
        max_length=100,
        help_text="查看会留下记录。",
        error_messages={"required": "请填写查看原因，例如“核对身份证”。"},
    )


class FilterForm(Form):
    """The filter row of the list."""

    state = forms.ChoiceField(label="状态", choices=ApplicationState.choices, required=False)

    @property
    def wanted(self) -> str:
        """The state asked for; what waits, unless told otherwise."""
        self.full_clean()
        return self.cleaned_data.get("state") or ApplicationState.PENDING


def chosen(data: QueryDict, scope: Scope) -> list[Application]:
    """The applications sent as `id:moment` that the scope handles, in the sent order; one that was sent again since
    it was shown keeps the moment that was seen, and is refused by the verb."""
    seen = dict(pair for text in data.getlist("application") if (pair := _pair(text)))
    found = {each.pk: each for each in queries.handled(scope).filter(pk__in=seen)}
    return [queries.as_shown(found[pk], moment) for pk, moment in seen.items() if pk in found]


def _pair(text: str) -> tuple[int, int] | None:
    pk, _, moment = text.partition(":")
    fits = pk.isdecimal() and moment.isdecimal() and len(pk) < 19 and len(moment) < 17
    return (int(pk), int(moment)) if fits else None
