"""管理员注册: a code becomes an account, a post, a seat and, in a branch, a 团籍, all or nothing (§4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from accounts import names, signin
from accounts.models import Account
from members import registry
from members.models import Act, Member
from orgs import seating
from orgs.models import Organization, Post, Seat
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, Verdict, no

from . import codes, entry, queries
from .models import code_index
from .standing import way_on

PROFILE = ("ethnicity", "political_status", "education")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The organisation and the code that is to open it."""

    organization: Organization
    code: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who registers; all texts are normalised and have passed the pure rules."""

    name: str
    number: str
    phone: str
    ethnicity: str
    political_status: str
    education: str


@dataclass(frozen=True, kw_only=True)
class Office:
    """The post that comes with the seat, and in a branch the 团籍 (`joined` and 发展团员编号)."""

    title: str
    since: date | None = None
    nature: str = ""
    in_party_committee: bool | None = None
    joined: date | None = None
    member_number: str = ""


@retried
@transaction.atomic
def register(
    claim: Claim, *, person: Person, office: Office, password: str, actor: Scope, now: datetime
) -> Seat:
    """Make the account with its password, then as `_install`. Raises Refused; 身份证已注册 says the way on."""
    organization = _open(claim, now=now)
    existing = Account.objects.with_number(person.number).first()
    if existing:
        same = names.same(existing.name, person.name)
        raise Refused(way_on(existing, organization, known=same))
    account = _make_account(person, organization, now=now)
    signin.write_password(account, password, now=now)
    return _install(claim, account, organization, office, actor=as_person(actor, account), now=now)


@retried
@transaction.atomic
def register_signed_in(
    claim: Claim,
    *,
    account: Account,
    phone: str,
    profile: dict[str, str],
    office: Office,
    actor: Scope,
    now: datetime,
) -> Seat:
    """The same for a signed-in person without 团籍: account and password stay, only empty fields are filled."""
    organization = _open(claim, now=now)
    account = Account.objects.select_for_update().get(pk=account.pk)
    verdict = way_on(account, organization, known=True, signed_in=True)
    if not verdict:
        raise Refused(verdict)
    _fill(account, phone, profile)
    return _install(claim, account, organization, office, actor=actor, now=now)


def as_person(actor: Scope, account: Account) -> Scope:
    """The visitor, now known to be the person of `account`."""
    return Scope(account_id=account.pk, account_name=account.name, address=actor.address, act=actor.act)


def _open(claim: Claim, *, now: datetime) -> Organization:
    """The organisation, locked, if the code still opens it."""
    organization = codes.locked(claim.organization)
    verdict = entry.verdict_on(queries.typed(claim.code), claim.code, organization=organization, now=now)
    verdict.demand()
    return organization


def _make_account(person: Person, organization: Organization, *, now: datetime) -> Account:
    facts = {field: getattr(person, field) for field in PROFILE}
    account = Account.build(number=person.number, name=person.name, phone=person.phone, **facts)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        if _constraint(error) != "account_id_unique":
            raise
        faster = Account.objects.with_number(person.number).get()
        raise Refused(way_on(faster, organization, known=names.same(faster.name, person.name))) from error
    return account


def _fill(account: Account, phone: str, profile: dict[str, str]) -> None:
    empty = [field for field in PROFILE if not getattr(account, field) and profile.get(field)]
    for field in empty:
        setattr(account, field, profile[field])
    if account.phone_cipher is None and phone:
        account.write_phone(phone)
        empty += ["phone_cipher", "phone_index"]
    if empty:
        account.save(update_fields=empty)


def _install(
    claim: Claim, account: Account, organization: Organization, office: Office, *, actor: Scope, now: datetime
) -> Seat:
    """Post, seat, in a branch the 团籍, and last the code, which only one of two rivals can use up."""
    post = _give_post(account, organization, office, actor=actor)
    code = queries.typed(claim.code)
    seat = seating.take_seat(post, actor=actor, number=code.seat_number if code else None)
    if seat is None:
        raise Refused(_full(organization))
    if organization.is_branch:
        _enrol(account, organization, office, actor=actor, now=now)
    if not _use_up(organization, claim.code, account, now=now):
        entry.verdict_on(queries.typed(claim.code), claim.code, organization=organization, now=now).demand()
    record("regcodes.redeemed", actor=actor, organization=organization, account=account)
    return seat


def _give_post(account: Account, organization: Organization, office: Office, *, actor: Scope) -> Post:
    try:
        with transaction.atomic():
            return seating.give_post(
                account,
                organization,
                office.title,
                actor=actor,
                since=office.since,
                nature=office.nature,
                in_party_committee=office.in_party_committee,
            )
    except IntegrityError as error:
        if _constraint(error) != "post_one_secretary":
            raise
        reason = f"“{organization.short_name}”已有书记，每个组织只有一名书记"
        remedy = "，请选择其他团内职务；确由您担任书记的，请联系上级组织先变更书记。"
        raise Refused(no(reason, cause="secretary", remedy=remedy)) from error


def _enrol(
    account: Account, organization: Organization, office: Office, *, actor: Scope, now: datetime
) -> None:
    assert office.joined is not None, "a branch asks 入团年月"
    try:
        with transaction.atomic():
            registry.enrol(
                account,
                organization,
                joined=office.joined,
                number=office.member_number or None,
                act=Act.CODE,
                actor=actor,
                now=now,
            )
    except IntegrityError as error:
        if Member.objects.filter(account=account).exists():  # an import was faster
            raise Refused(way_on(account, organization, known=True, signed_in=True)) from error
        if _constraint(error) != "member_number_unique":
            raise
        remedy = "，请核对编号；确认无误的，请联系上级组织。"
        raise Refused(no("发展团员编号已被他人使用", cause="member_number", remedy=remedy)) from error


def _use_up(organization: Organization, code: str, account: Account, *, now: datetime) -> bool:
    """One conditional statement: of two rivals one finds nothing left."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE regcodes_registrationcode SET used_at = %(now)s, used_by = %(account)s
                WHERE organization_id = %(organization)s AND code_index = %(index)s
                  AND used_at IS NULL AND voided_at IS NULL AND expires_at > %(now)s RETURNING id""",
            {
                "now": now,
                "account": account.pk,
                "organization": organization.pk,
                "index": code_index(code),
            },
        )
        return cursor.fetchone() is not None


def _full(organization: Organization) -> Verdict:
    reason = f"“{organization.short_name}”的管理员名额已被占用"
    return no(reason, cause="full", remedy="，请联系上级组织的管理员。")


def _constraint(error: IntegrityError) -> str:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
