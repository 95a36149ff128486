"""The verbs that enter a cadre without 团籍 and edit one (§5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts import idcard, names
from accounts.models import Account
from orgs import post_rules, posts
from orgs.models import Organization, Post
from orgs.posts import Office
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from .. import registered
from ..amend import write
from ..entry import BUSY, create_account, fill_account
from ..removal import rules as removals
from ..removal.queries import last_removal
from ..rules import LEAVING_AGE, age_on


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What was typed about a cadre, normalised; `profile` holds fields of the account, 入团年月 among them."""

    number: str
    name: str
    phone: str
    office: Office
    profile: Mapping[str, Any] = field(default_factory=dict)


@retried
@transaction.atomic
def enter(organization: Organization, person: Entered, *, actor: Scope, now: datetime) -> Post:
    """Give a post to a person without 团籍, with a new account or the one he or she has.

    Raises Refused; the causes registered_… and cadre name the situation and with it the way on (§4).
    """
    organization = posts.locked(organization)
    known = Account.objects.with_number(person.number).select_for_update().first()
    first_no(
        post_rules.may_manage(actor, organization),
        may_take(actor, organization, known, person),
        removals.may_reenter(actor, organization, last_removal(known.pk if known else None)),
        old_enough(organization, person.number, today=now.date()),
    ).demand()
    try:
        with transaction.atomic():
            account = _account(known, person, now=now)
    except IntegrityError as error:
        raise Refused(BUSY) from error
    post = posts.place(account, organization, person.office, actor=actor)
    record("members.cadre_entered", actor=actor, organization=organization, account=account)
    return post


def _account(known: Account | None, person: Entered, *, now: datetime) -> Account:
    if known:
        return fill_account(known, phone=person.phone, profile=person.profile)
    return create_account(
        number=person.number, name=person.name, phone=person.phone, profile=person.profile, now=now
    )


def may_take(scope: Scope, organization: Organization, account: Account | None, person: Entered) -> Verdict:
    """Whether the person can be entered here, or what to do instead (§3, §4)."""
    if account is None:
        return YES
    if not names.same(account.name, person.name):
        remedy = "，请对照身份证核对姓名和号码。"
        return no("这个身份证号码已登记在另一个姓名下", cause="conflict", remedy=remedy)
    if organization.posts.filter(account=account, ended_at=None).exists():
        return post_rules.held_already(organization, account.name)
    if not hasattr(account, "member"):
        return YES
    return registered.to_administrator(scope, organization, account.member)


def old_enough(organization: Organization, number: str, *, today: date) -> Verdict:
    """Into a branch, whoever is below 28 comes as a member; only the others are cadres without 团籍."""
    if not organization.is_branch or age_on(idcard.birth_date(number), today) >= LEAVING_AGE:
        return YES
    reason = f"未满{LEAVING_AGE}周岁的人在团支部应作为团员录入"
    return no(reason, cause="young", remedy="，请在“添加团员”中录入，并填写团内职务。")


@retried
@transaction.atomic
def amend(
    post: Post, office: Office, *, profile: Mapping[str, Any] | None, phone: str, actor: Scope, now: datetime
) -> Post:
    """Write the post's particulars and, for somebody without 团籍, the person's data. Raises Refused.

    `profile` is None for members, whose data is edited in 团员管理; an empty `phone` keeps the number.
    """
    changed = posts.change(post, office, actor=actor, now=now)
    if profile is None:
        return changed
    account = Account.objects.select_for_update().get(pk=post.account_id)
    if hasattr(account, "member"):
        reason = f"{account.name}已有团籍"
        raise Refused(no(reason, cause="member", remedy="，资料请在团员管理中修改。"))
    may_amend(actor, account, post.organization).demand()
    values = {"joined" if name == "league_joined" else name: value for name, value in profile.items()}
    values["phone"] = phone or account.phone
    write(account, None, values, organization=changed.organization, actor=actor)
    return changed


def may_amend(scope: Scope, account: Account, organization: Organization) -> Verdict:
    """The data of oneself is changed at once only at the top (§5 Editing); the post's rule is asked besides."""
    if account.pk != scope.account_id or organization.parent_id is None:
        return YES
    remedy = "，请在个人中心的“我的资料”中申请。"
    return no("自己的资料由别的管理员同意后修改", cause="own", remedy=remedy)


@transaction.atomic
def reveal(post: Post, what: str, *, reason: str, actor: Scope) -> str:
    """The full number of a cadre in the scope (`id` or `phone`), after the log row the person will see (§8)."""
    if not actor.covers(post.organization):
        raise Refused(no("这位团干部不在您的管理范围内", cause="out_of_scope", remedy="。"))
    record(
        f"members.reveal_{what}",
        actor=actor,
        organization=post.organization,
        account=post.account,
        detail={"reason": reason, "what": {"id": "身份证号码", "phone": "手机号码"}[what]},
    )
    return post.account.id_number if what == "id" else post.account.phone
