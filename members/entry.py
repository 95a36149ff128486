"""逐条录入: the verb that enters one person into a branch (§3 Ways in, §5 Adding)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import closing, names
from accounts.models import Account
from orgs import post_rules, posts, tree
from orgs.models import Organization, Post
from orgs.posts import Office
from orgs.scope import Scope
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from . import access, outside, registered, registry
from .models import Act, Member, Membership, Removal
from .outside import Arrival
from .removal import rules as removals
from .removal.queries import last_removal


@dataclass(frozen=True)
class Entered:
    """What was typed about a person, normalised and in order; `profile` holds fields of the account."""

    number: str
    name: str
    phone: str
    joined: date
    league_number: str = ""
    joined_at_unit: str = ""
    profile: Mapping[str, Any] = field(default_factory=dict)
    office: Office | None = None
    arrival: Arrival | None = None  # from outside the system (§6.2)


GONE = no("这个团支部已不存在", cause="gone", remedy="，请重新选择。")
NUMBER_TAKEN = no(
    "发展团员编号重复：已由另一位团员使用",
    cause="number_taken",
    remedy="，请对照团员证或入团志愿书核对。",
)
BUSY = no("同一个人刚刚被录入", cause="registered", remedy="，请刷新后核对。")


@retried
@transaction.atomic
def enter(
    branch: Organization,
    person: Entered,
    *,
    actor: Scope,
    now: datetime,
    act: Act = Act.ENTRY,
    application: int | None = None,
) -> Member:
    """Begin the person's 团籍 in the branch, with a new account or the one he or she has; perhaps as applied for.

    Raises Refused; its cause says which field: registered_… and conflict the ID number and name, number_taken the
    发展团员编号, secretary the post, gone the branch.
    """
    tree.entering(branch.path)
    branch = posts.locked(branch) if person.office else _living(branch)
    access.may_enter(actor, branch).demand()
    known = Account.objects.with_number(person.number).select_for_update().first()
    first_no(
        may_take(actor, branch, known, person.name, last_removal(known.pk if known else None)),
        outside.not_reserved(known),
        number_free(person.league_number, but=known),
        outside.may_arrive(person.arrival, today=timezone.localdate(now)) if person.arrival else YES,
        post_rules.secretary_free(
            branch, person.office.title if person.office else "", but=known and known.pk
        ),
    ).demand()
    try:
        with transaction.atomic():
            if known:
                account = fill_account(known, phone=person.phone, profile=person.profile)
            else:
                account = create_account(
                    number=person.number,
                    name=person.name,
                    phone=person.phone,
                    profile=person.profile,
                    now=now,
                )
            return _enrol(account, branch, person, act=act, application=application, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused(BUSY) from error


MERGED = no(
    "这个号码的账号已合并到此人的另一个账号",
    cause="conflict",
    remedy="，请填写身份证上的号码；合并有误的，在“疑似重复”中撤销。",
)


def may_take(
    scope: Scope, branch: Organization, account: Account | None, name: str, last: Removal | None
) -> Verdict:
    """Only a person with 团籍 counts as registered; an account without one is taken over if the name agrees (§3).

    `last` is the person's last removal, which some branches cannot go behind (§5 Removing).
    """
    if account is None:
        return YES
    if hasattr(account, "member"):
        return registered.to_administrator(scope, branch, account.member)
    if account.merged_into_id is not None:
        return MERGED
    if not names.same(account.name, name):
        reason = "这个身份证号码已登记在另一个姓名下"
        return no(
            reason,
            cause="conflict",
            remedy="，请对照身份证核对姓名和号码；姓名确实要改的，由登记该账号的组织的上级更正。",
        )
    return removals.may_reenter(scope, branch, last)


def number_free(league_number: str, *, but: Account | None) -> Verdict:
    """发展团员编号 is unique in the nation (§5)."""
    taken = (
        Member.objects.filter(number=league_number).exclude(account=but)
        if league_number
        else Member.objects.none()
    )
    if not taken.exists():
        return YES
    return NUMBER_TAKEN


def _living(branch: Organization) -> Organization:
    now = Organization.objects.living().select_related("parent").filter(pk=branch.pk).first()
    if now is None:
        raise Refused(GONE)
    return now


def create_account(
    *, number: str, name: str, phone: str, profile: Mapping[str, Any], now: datetime
) -> Account:
    """A new account with its initial password (§3)."""
    account = Account.build(number=number, name=name, phone=phone, **filled(profile))
    account.initial_since = now
    account.save(force_insert=True)
    return account


def fill_account(account: Account, *, phone: str, profile: Mapping[str, Any]) -> Account:
    """Fill only what is empty; account, password and posts stay. A closed account opens with its password."""
    empty = {name: value for name, value in filled(profile).items() if getattr(account, name) in ("", None)}
    for name, value in empty.items():
        setattr(account, name, value)
    fields = [*empty]
    if account.phone_cipher is None:
        account.write_phone(phone)
        fields += ["phone_cipher", "phone_index"]
    account.save(update_fields=[*fields, *closing.open_again(account)])
    return account


def filled(profile: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was left empty."""
    return {name: value for name, value in profile.items() if value not in ("", None)}


def _enrol(
    account: Account,
    branch: Organization,
    person: Entered,
    *,
    act: Act,
    application: int | None,
    actor: Scope,
    now: datetime,
) -> Member:
    member = registry.enrol(
        account,
        branch,
        joined=person.joined,
        number=person.league_number or None,
        act=Act.OUTSIDE if person.arrival else act,
        actor=actor,
        now=now,
        application=application,
    )
    if person.arrival:
        outside.note(Membership.objects.get(account=account, ended_at=None), person.arrival)
    if person.joined_at_unit:
        member.joined_at_unit = person.joined_at_unit
        member.save(update_fields=["joined_at_unit"])
    if (
        person.office
        and not Post.objects.filter(account=account, organization=branch, ended_at=None).exists()
    ):
        posts.place(account, branch, person.office, actor=actor)
    return member
