"""书记登记: the 书记 named in an organisation's information is the holder of the post 书记 (§2).

Registering another person changes the post, and the other way round, for there is only the post.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts import names
from accounts.enums import SignInState
from accounts.models import Account
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Refused, Verdict, no

from . import posts
from .completeness import secretary_of
from .enums import SECRETARY
from .models import Organization, Post
from .posts import Office
from .scope import Scope

LEFT_OVER = "其他"  # the title of a former 书记 who goes on as administrator


@dataclass(frozen=True, kw_only=True)
class Secretary:
    """Who was named, normalised; without a number it is the present 书记."""

    name: str
    number: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Registration:
    """What came of it: the post, whether it is new, whether an account was made, who was 书记 before, and whether
    the phone stayed as it was."""

    post: Post
    appointed: bool = True
    new_account: bool = False
    former: Post | None = None
    kept_phone: bool = False


def may_register(organization: Organization, given: Secretary) -> Verdict:
    """Whether the person can become or stay 书记; the causes name the field."""
    head = secretary_of(organization)
    if not given.number:
        if head is None:
            return no("书记身份证号码未填写", cause="secretary_number", remedy="，请填写。")
        if not names.same(head.account.name, given.name):
            reason = f"现任书记是{head.account.name}"
            return no(reason, cause="secretary_number", remedy="，更换书记请同时填写新书记的身份证号码。")
        return YES
    known = Account.objects.with_number(given.number).first()
    if known is None and not given.phone:
        return no("书记手机号码未填写", cause="secretary_phone", remedy="，请填写。")
    return may_take(known, given) if known else YES


def may_take(account: Account, given: Secretary) -> Verdict:
    """An ID number known under another name, or of a closed account, is refused (§3)."""
    if not names.same(account.name, given.name):
        reason = "这个身份证号码已登记在另一个姓名下"
        return no(reason, cause="secretary_conflict", remedy="，请对照身份证核对书记的姓名和号码。")
    if account.closed_at:
        reason = f"{account.name}的账号已停用"
        return no(reason, cause="secretary_conflict", remedy="，重新录入后才能登记为书记。")
    if account.phone_cipher is None and not given.phone:
        return no("书记手机号码未填写", cause="secretary_phone", remedy="，请填写。")
    return YES


def register(organization: Organization, given: Secretary, *, actor: Scope, now: datetime) -> Registration:
    """Make the person 书记, with a new account or the own one; the caller holds the organisation. Raises Refused.

    A former 书记 loses the post; one who administers the organisation keeps the seat under another title.
    """
    may_register(organization, given).demand()
    head = secretary_of(organization)
    account, new = _account(head, given, now=now)
    kept = not new and not _write_phone(account, organization, given.phone, actor=actor)
    if head is not None and head.account_id == account.pk:
        return Registration(head, appointed=False, kept_phone=kept)
    if head is not None:
        _leave(head, actor=actor, now=now)
    post = _take(account, organization, actor=actor, now=now)
    if not new and post.agreed and account.sign_in_state == SignInState.SET and not _at_home(post, actor):
        post.agreed = False
        post.save(update_fields=["agreed"])
    record(
        "orgs.secretary_registered",
        actor=actor,
        organization=organization,
        account=account,
        detail={"new": new},
    )
    return Registration(post, new_account=new, former=head, kept_phone=kept)


def _account(head: Post | None, given: Secretary, *, now: datetime) -> tuple[Account, bool]:
    if not given.number:
        assert head is not None, "asked before"
        return head.account, False
    known = _known(given)
    if known is not None:
        return known, False
    account = Account.build(number=given.number, name=given.name, phone=given.phone, initial_since=now)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:  # somebody entered the same person just now
        known = _known(given)
        assert known is not None, "only the ID number is unique"
        may_take(known, given).demand()
        return known, False
    return account, True


def _known(given: Secretary) -> Account | None:
    return Account.objects.with_number(given.number).select_for_update().first()


def _write_phone(account: Account, organization: Organization, phone: str, *, actor: Scope) -> bool:
    """Fill an empty number, or change that of a person who belongs here alone; false where another one stays."""
    if not phone or phone == account.phone:
        return True
    if account.phone_cipher is not None and not _ours(account, organization):
        return False
    account.write_phone(phone)
    account.save(update_fields=["phone_cipher", "phone_index"])
    record(
        "orgs.secretary_phone",
        actor=actor,
        organization=organization,
        account=account,
        detail={"fields": ["phone"]},
    )
    return True


def _ours(account: Account, organization: Organization) -> bool:
    """Whether all posts of the person lie at or below the organisation, and one in it with the person's knowledge."""
    held = account.posts.filter(ended_at=None)
    elsewhere = held.exclude(organization__path__startswith=organization.path)
    return held.filter(organization=organization, agreed=True).exists() and not elsewhere.exists()


def _leave(head: Post, *, actor: Scope, now: datetime) -> None:
    """End the post; an administrator goes on with the seat under another title."""
    detail = {"from": SECRETARY, "to": ""}
    if hasattr(head, "seat"):
        office = Office(
            title=LEFT_OVER, since=head.since, nature=head.nature, in_party_committee=head.in_party_committee
        )
        posts.succeed(head, office, now=now)
        detail["to"] = LEFT_OVER
    else:
        head.ended_at = now
        head.save(update_fields=["ended_at"])
    record(
        "orgs.post_changed", actor=actor, organization=head.organization, account=head.account, detail=detail
    )


def _take(account: Account, organization: Organization, *, actor: Scope, now: datetime) -> Post:
    """Give the post, in place of another one the person may hold here."""
    held = organization.posts.filter(account=account, ended_at=None).select_related("account", "seat").first()
    if held is None:
        return posts.place(account, organization, Office(title=SECRETARY), actor=actor)
    held.organization = organization
    office = Office(
        title=SECRETARY, since=held.since, nature=held.nature, in_party_committee=held.in_party_committee
    )
    try:
        with transaction.atomic():
            post = posts.succeed(held, office, now=now)
    except IntegrityError as error:
        raise Refused(posts.clash(error, organization, account)) from error
    detail = {"from": held.title, "to": SECRETARY}
    record("orgs.post_changed", actor=actor, organization=organization, account=account, detail=detail)
    return post


def _at_home(post: Post, actor: Scope) -> bool:
    """Whether the person has another living post in the actor's reach, or is the actor."""
    if post.account_id == actor.account_id:
        return True
    others = post.account.posts.filter(ended_at=None).exclude(pk=post.pk)
    return others.filter(actor.q("organization__path")).exists()
