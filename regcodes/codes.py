"""The verbs that give out, show and void registration codes (§4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orgs import seating, tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from . import alphabet, rules
from .models import RegistrationCode

GONE = no("这个组织已不存在", cause="gone", remedy="，请返回列表刷新。")
NOTHING = no("没有可以作废的注册码", cause="nothing", remedy="。")


@retried
@transaction.atomic
def issue(organization: Organization, *, actor: Scope, now: datetime | None = None) -> RegistrationCode:
    """The valid code of the lowest free seat, or a new one; an expired one is voided first. Raises Refused."""
    now = now or timezone.now()
    organization = locked(organization)
    rules.may_issue(actor, organization).demand()
    seat = seating.free_seats(organization)[0]
    standing = _standing(organization, seat)
    if standing and standing.is_valid(now=now):
        return standing
    if standing:
        _void(standing, actor=actor, now=now)
    return _make(organization, seat, actor=actor, now=now)


@retried
@transaction.atomic
def reissue(organization: Organization, *, actor: Scope, now: datetime | None = None) -> RegistrationCode:
    """重新分配: void the standing code and make a new one for the same seat. Raises Refused."""
    now = now or timezone.now()
    organization = locked(organization)
    rules.may_issue(actor, organization).demand()
    seat = seating.free_seats(organization)[0]
    standing = _standing(organization, seat)
    if standing:
        _void(standing, actor=actor, now=now)
    return _make(organization, seat, actor=actor, now=now)


@retried
@transaction.atomic
def void(organization: Organization, *, actor: Scope, now: datetime | None = None) -> None:
    """作废: no code of the organisation opens any more. Raises Refused where there is none."""
    organization = locked(organization)
    rules.may_see(actor, organization).demand()
    if not void_standing(organization, actor=actor, now=now or timezone.now()):
        raise Refused(NOTHING)


def void_standing(organization: Organization, *, actor: Scope, now: datetime) -> int:
    """Void what still stands, for verbs that have asked who may and hold the organisation; how many there were."""
    standing = list(organization.registration_codes.filter(used_at=None, voided_at=None).order_by("pk"))
    for code in standing:
        _void(code, actor=actor, now=now)
    return len(standing)


def show(code: RegistrationCode, *, actor: Scope) -> str:
    """The eight characters for the page, with the row that says who saw them."""
    rules.may_see(actor, code.organization).demand()
    record("regcodes.shown", actor=actor, organization=code.organization, detail={"code_id": code.pk})
    return code.code


def locked(organization: Organization) -> Organization:
    """The living organisation, its part of the tree held and its row locked against other acts on its codes."""
    tree.entering(organization.path)
    rows = Organization.objects.living().select_related("parent")
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=organization.pk).first()
    if row is None:
        raise Refused(GONE)
    return row


def _standing(organization: Organization, seat: int) -> RegistrationCode | None:
    codes = organization.registration_codes.filter(used_at=None, voided_at=None, seat_number=seat)
    return codes.select_related("organization__parent").first()


def draw(organization: Organization, seat: int, *, actor: Scope, now: datetime) -> RegistrationCode:
    """A new code for a seat, not saved yet."""
    code = RegistrationCode(
        organization=organization,
        seat_number=seat,
        issued_by=actor.account_id,
        issued_by_name=actor.account_name,
        issued_at=now,
        expires_at=rules.expiry(now),
    )
    code.write_code(alphabet.draw())
    return code


def _make(organization: Organization, seat: int, *, actor: Scope, now: datetime) -> RegistrationCode:
    code = draw(organization, seat, actor=actor, now=now)
    code.save(force_insert=True)
    detail = {"code_id": code.pk, "seat": seat, "expires_at": code.expires_at.isoformat()}
    record("regcodes.issued", actor=actor, organization=organization, detail=detail)
    return code


def _void(code: RegistrationCode, *, actor: Scope, now: datetime) -> None:
    code.voided_at = now
    code.save(update_fields=["voided_at"])
    record("regcodes.voided", actor=actor, organization=code.organization, detail={"code_id": code.pk})
