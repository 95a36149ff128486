"""The public door of applications: how often an address may knock, and what opens the state of one (§3, §8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from django.conf import settings
from django.utils import timezone

from accounts.limits import Limit, address_key
from accounts.models import number_index
from orgs import picker
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib import crypto
from zhtj.lib.verdict import Refused, Verdict, no

from ..models import Application, ApplicationKind
from . import applying, receipts
from .content import Content

CHOSEN, SHOWN = "applications.branch", "applications.state"
CHOSEN_SECONDS, SHOWN_SECONDS = 24 * 3600, 30 * 60
PER_RECEIPT = Limit("application_receipt", 5, 15)
PER_ADDRESS = Limit("application_address", 40, 15)
WRONG = no(
    "身份证号码或受理号错误",
    cause="pair",
    remedy="，请对照提交时记下的受理号核对；身份证号码更正过的，填更正后的号码。",
)


def submissions() -> Limit:
    """Applications from one address."""
    return Limit("application", settings.APPLICATIONS_PER_HOUR, 60)


def submit(
    branch: Organization, kind: ApplicationKind, content: Content, *, actor: Scope, now: datetime
) -> Application:
    """Submit, unless the address has to wait. Raises Refused."""
    key = address_key(actor.address or "")
    until = submissions().charge(key, now=now)
    if until:
        raise Refused(_waits("您所在的网络提交的申请太多", until))
    return applying.submit(branch, kind, content, actor=actor, now=now)


def find(number: str, receipt: str, *, actor: Scope, now: datetime) -> Application:
    """The application of this normalised ID and 受理号. Raises Refused: whatever is wrong, the answer is the same."""
    receipt = receipts.tidy(receipt)
    keys = [
        (PER_RECEIPT, crypto.blind_index(receipt, field="application_receipt")),
        (PER_ADDRESS, address_key(actor.address or "")),
    ]
    for limit, key in keys:
        until = limit.charge(key, now=now)
        if until:
            raise Refused(_waits("查询失败次数过多", until))
    rows = Application.objects.select_related("branch__parent")
    found = rows.filter(receipt=receipt).first()
    stored = bytes(found.id_index) if found else bytes(crypto.INDEX_BYTES)
    if not compare_digest(stored, number_index(number)) or found is None:
        raise Refused(WRONG)
    for limit, key in keys:
        limit.refund(key, now=now)
    return found


def _waits(reason: str, until: datetime) -> Verdict:
    return no(reason, cause="waiting", remedy=f"，请在{timezone.localtime(until):%H:%M}之后再试。")


# -- what travels through the browser ---------------------------------------------------------------


@dataclass(frozen=True)
class Chosen:
    """The branch that was picked; no personal data ever."""

    branch: Organization

    @property
    def token(self) -> str:
        return crypto.seal({"branch": self.branch.pk}, purpose=CHOSEN)


def chosen(text: str) -> Chosen | None:
    """The organisation with the id `text`, picked just now; whether one may apply there is for the rule."""
    found = picker.chosen(text)
    return Chosen(found) if found else None


def reopened(token: str) -> Chosen | None:
    """The branch of a token, unless it is too old or the branch is gone."""
    payload = crypto.unseal(token, purpose=CHOSEN, max_age=CHOSEN_SECONDS) if token else None
    return chosen(str(payload["branch"])) if payload else None


def shown_token(application: Application) -> str:
    """For the acts on the page of the state: whoever gave ID and 受理号 may act for half an hour."""
    return crypto.seal({"application": application.pk}, purpose=SHOWN)


def shown(token: str) -> Application | None:
    """The application of a page of the state."""
    payload = crypto.unseal(token, purpose=SHOWN, max_age=SHOWN_SECONDS) if token else None
    if payload is None:
        return None
    rows = Application.objects.select_related("branch__parent")
    return rows.filter(pk=payload["application"]).first()
