"""The door where a code is typed: attempts are limited for organisation and address, the code is never voided (§4)."""

from __future__ import annotations

from datetime import datetime

from accounts.limits import Limit, address_key
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import Result
from zhtj.audit.record import record
from zhtj.lib import crypto
from zhtj.lib.verdict import Refused, Verdict, no

from . import alphabet, queries, rules
from .models import RegistrationCode

PER_ORGANIZATION = Limit("regcode", 10, 15)
PER_ADDRESS = Limit("regcode_address", 40, 15)


def check(typed: str, *, organization: Organization | None, actor: Scope, now: datetime) -> RegistrationCode:
    """The valid code that was typed, for the chosen organisation or (None) whichever it opens. Raises Refused."""
    charged = _charge(organization, actor, now=now)
    typed = alphabet.tidy(typed)
    code = queries.typed(typed)
    verdict = verdict_on(code, typed, organization=organization, now=now)
    if verdict and code is not None:
        for limit, key in charged:
            limit.refund(key, now=now)
        return code
    record(
        "regcodes.refused",
        actor=actor,
        organization=organization,
        result=Result.FAILED,
        detail={"cause": verdict.cause},
    )
    raise Refused(verdict)


def verdict_on(
    code: RegistrationCode | None, typed: str, *, organization: Organization | None, now: datetime
) -> Verdict:
    """Whoever holds a real code hears which cause it is; everybody else the one message with all three."""
    if code is None:
        return rules.ANY_CAUSE
    return rules.opens(code, organization=organization, typed=typed, now=now)


def _charge(organization: Organization | None, actor: Scope, *, now: datetime) -> list[tuple[Limit, bytes]]:
    """Count the attempt as failed until it succeeds. Raises Refused while the address has to wait."""
    address = actor.address or ""
    keys = [(PER_ADDRESS, address_key(address))]
    if organization is not None:
        both = crypto.blind_index(f"{organization.pk}|{address}", field="regcode_attempt")
        keys.append((PER_ORGANIZATION, both))
    for limit, key in keys:
        until = limit.charge(key, now=now)
        if until:
            waits = _waiting(until, now)
            detail = {"cause": waits.cause}
            record(
                "regcodes.refused",
                actor=actor,
                organization=organization,
                result=Result.DENIED,
                detail=detail,
            )
            raise Refused(waits)
    return keys


def _waiting(until: datetime, now: datetime) -> Verdict:
    minutes = max(1, -int((now - until).total_seconds() // 60))
    reason = "注册码输错次数过多"
    return no(reason, cause="waiting", remedy=f"，请 {minutes} 分钟后再试。注册码没有作废。")
