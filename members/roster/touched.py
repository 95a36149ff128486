"""Why a row of an import does not go back: somebody or something has touched since what it wrote (§5). Pure on facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Model

from accounts.enums import SignInState
from accounts.models import Account, phone_index
from orgs.enums import SECRETARY
from orgs.models import Post
from orgs.scope import Scope

from ..models import ImportBatch, Member, Template
from ..rules import Person
from . import cadres, write
from .changes import ACCOUNT_FIELDS, MEMBER_FIELDS, POST_FIELDS
from .present import Present, Written

CORRECTED = "身份证号码已更正"
ANOTHER = "这个身份证号码已由其他方式录入"
SIGNED_IN = "本人已登录"
CLOSED = "账号已停用"
ENDED = "团籍已结束"
RETURNED = "团籍有过变动"
ELSEWHERE = "团籍已转到其他团支部"
HELD = "正在办理组织关系转接"
RELOCATED = "所在团支部已不在管理范围内"
POST_CHANGED = "团内职务已变更"
POST_ADDED = "已担任其他团内职务"
SEATED = "已是管理员"
SEAT_CHANGED = "管理员席位已变动"
ASKED = "有正在办理的申请"
REFERENCED = "系统中已有关于此人的其他记录"
NUMBER_TAKEN = "原来的发展团员编号已被他人使用"
SECRETARY_TAKEN = "已由他人担任书记"
POST_TAKEN = "原职务已不能恢复"

_NOTHING = {"", None}
# What an account has beside the facts about the person.
_TECHNICAL = frozenset(
    ("id", "password", "last_login", "initials", "id_cipher", "id_index", "phone_cipher", "birth_date", "sex")
    + ("sign_in_state", "initial_since", "name_failures", "initial_closed_until", "password_set_at")
    + ("closed_at", "created_at")
)


@dataclass(frozen=True)
class Judge:
    """Says of each written row of one import whether it may go back; `actor` is who asks."""

    batch: ImportBatch
    actor: Scope

    def reason(self, row: Written, now: Present) -> str:
        """Why the row stays as it is, in the user's words; an empty text where it goes back."""
        account = now.accounts.get(row.index)
        if account is None:
            return CORRECTED
        if row.made:
            return next(self._new(row, account, now), "")
        if row.trace.account_id != account.pk:
            return ANOTHER
        judged = self._updated if row.is_update else self._taken_over
        return next(judged(row, account, now), "")

    # -- the three kinds of rows ---------------------------------------------------------------------

    def _new(self, row: Written, account: Account, now: Present) -> Iterator[str]:
        """The account goes altogether, so nothing at all may have happened to it."""
        if not self._is_ours(row, account, now):
            yield ANOTHER
            return
        yield from self._belonging(row, account, now)
        if (
            account.sign_in_state != SignInState.INITIAL
            or account.name_failures
            or account.pk in now.signed_in
        ):
            yield SIGNED_IN
        if account.closed_at:
            yield CLOSED
        yield from _edited(account, self._facts_of(row.person))
        yield from self._only_post(row, account, now)
        if account.pk in now.asked_about:
            yield ASKED
        if account.pk in now.referenced:
            yield REFERENCED

    def _taken_over(self, row: Written, account: Account, now: Present) -> Iterator[str]:
        """Filled fields, the 团籍, the post and the opening of the account go back."""
        if account.closed_at:
            yield CLOSED
        yield from self._belonging(row, account, now)
        yield from _edited(account, self._facts_of(row.person, only=row.trace.account.keys()))
        if "closed_at" in row.trace.account:
            yield from _in_use(row, account, now)
        if row.trace.post_id:
            yield from _as_given(row, account, now, _office(row.person))
        if account.pk in now.asked_about:
            yield ASKED

    def _updated(self, row: Written, account: Account, now: Present) -> Iterator[str]:
        """The old values go back, and a replaced post with its seat."""
        if account.closed_at:
            yield CLOSED
        member = now.members.get(account.pk)
        if self.batch.template == Template.MEMBERS:
            yield from self._still_there(member, row.trace.branch_id)
        yield from _edited(account, self._facts_of(row.person, only=row.trace.account.keys()))
        said = {kept: getattr(row.person, given) for given, kept in MEMBER_FIELDS.values()}
        yield from _edited(member, {name: said[name] for name in row.trace.member})
        number = row.trace.member.get("number")
        if number and now.holders.get(number, account.pk) != account.pk:
            yield NUMBER_TAKEN
        if row.trace.post_id:
            yield from _office_touched(row, account, now)

    # -- what they have in common --------------------------------------------------------------------

    def _is_ours(self, row: Written, account: Account, now: Present) -> bool:
        if row.trace is not None:
            return row.trace.account_id == account.pk
        return now.stretch_of(self.batch, account) is not None

    def _belonging(self, row: Written, account: Account, now: Present) -> Iterator[str]:
        """The 团籍 is the one that the import began, and as it wrote it."""
        member = now.members.get(account.pk)
        if self.batch.template == Template.CADRES:
            if row.made and member is not None:
                yield RETURNED
            return
        stretch = now.stretch_of(self.batch, account)
        yield from self._still_there(member, stretch.branch_id if stretch else None)
        if stretch is None or stretch.ended_at or (row.made and len(now.stretches[account.pk]) > 1):
            yield RETURNED
        if member is not None:
            yield from _edited(member, _member_facts(row.person))
        if member is not None and member.held:
            yield HELD
        if account.pk in now.member_referenced:
            yield REFERENCED

    def _still_there(self, member: Member | None, branch: int | None) -> Iterator[str]:
        if member is None:
            yield ENDED
        elif member.branch_id != branch:
            known = self.actor.covers(member.branch)
            yield f"团籍已转到“{member.branch.full_name}”" if known else ELSEWHERE
        elif not self.actor.covers(member.branch):
            yield RELOCATED

    def _facts_of(self, person: Person, *, only: Any = None) -> dict[str, Any]:
        """What the row says about the account, by stored field; all its facts, or some of them."""
        fields = cadres.FIELDS if self.batch.template == Template.CADRES else ACCOUNT_FIELDS
        said = {kept: getattr(person, given) for given, kept in fields.values()}
        said["phone_index"] = phone_index(person.phone) if person.phone else None
        del said["phone"]
        if only is None:
            return {**_blank_account(), **said, "name": person.name}
        names = {"phone_index" if name == "phone" else name for name in only}
        return {name: said[name] for name in names & said.keys()}

    def _only_post(self, row: Written, account: Account, now: Present) -> Iterator[str]:
        """Nothing but the post that the row gave, as it gave it."""
        held = now.posts.get(account.pk, [])
        given = row.person.is_cadre
        if len(held) > given:
            yield POST_ADDED
        elif len(held) < given:
            yield POST_CHANGED
        elif held:
            yield from _as_given(row, account, now, _office(row.person), held[0])


def _in_use(row: Written, account: Account, now: Present) -> Iterator[str]:
    """An account that the import opened again is closed only if nobody has begun to use it."""
    given = row.trace.post_id
    if account.pk in now.signed_in:
        yield SIGNED_IN
    if any(post.ended_at is None and post.pk != given for post in now.posts.get(account.pk, ())):
        yield POST_ADDED
    if "sign_in_state" in row.trace.account and account.sign_in_state != SignInState.NONE:
        yield SIGNED_IN


def _as_given(
    row: Written, account: Account, now: Present, office: Mapping[str, Any], post: Post | None = None
) -> Iterator[str]:
    """The post that the row gave still lives, says the same and carries no seat."""
    post = post or now.post(account, row.trace.post_id)
    if post is None or post.ended_at or _differing(post, office):
        yield POST_CHANGED
    elif post.pk in now.seats:
        yield SEATED


def _office_touched(row: Written, account: Account, now: Present) -> Iterator[str]:
    """A post that an update gave, changed or replaced."""
    trace, office = row.trace, _office(row.person)
    if trace.office:
        post = now.post(account, trace.post_id)
        if post is None or post.ended_at or _differing(post, {name: office[name] for name in trace.office}):
            yield POST_CHANGED
        return
    if not trace.replaced:
        yield from _as_given(row, account, now, office)
        return
    post, former = now.post(account, trace.post_id), now.post(account, trace.replaced)
    said = {name: value for name, value in office.items() if value not in ("", None)}
    if post is None or post.ended_at or _differing(post, said):
        yield POST_CHANGED
    elif now.seats.get(post.pk) != trace.seat_id:
        yield SEAT_CHANGED
    elif former is None or former.ended_at is None:
        yield POST_TAKEN
    elif former.title == SECRETARY and now.secretaries.get(former.organization_id, post.pk) != post.pk:
        yield SECRETARY_TAKEN


def _office(person: Person) -> dict[str, Any]:
    return {kept: getattr(person, given) for given, kept in POST_FIELDS.values()}


def _member_facts(person: Person) -> dict[str, Any]:
    return {"joined": person.joined, "number": write.kept_number(person), "joined_at_unit": ""}


@cache
def _blank_account() -> dict[str, Any]:
    fields = (each for each in Account._meta.concrete_fields if each.name not in _TECHNICAL)
    return {field.attname: field.get_default() for field in fields}


def _edited(row: Model | None, expected: Mapping[str, Any]) -> Iterator[str]:
    if row is not None and (names := _differing(row, expected)):
        yield f"资料已修改：{'、'.join(names)}"


def _differing(row: Model, expected: Mapping[str, Any]) -> list[str]:
    """The fields, as users call them, that no longer hold what is expected."""
    found = []
    for name, value in expected.items():
        present = getattr(row, name)
        present = bytes(present) if isinstance(present, memoryview) else present
        if present != value and not {present, value} <= _NOTHING:
            label = str(row._meta.get_field(name).verbose_name)
            found.append(label.removesuffix("（索引）"))
    return found
