"""What travels through the browser between the steps of 管理员注册: organisation, post and code, sealed."""

from __future__ import annotations

from dataclasses import dataclass

from orgs.models import Organization
from zhtj.lib import crypto

PURPOSE = "regcodes.registration"
MAX_AGE = 2 * 3600  # seconds


@dataclass(frozen=True)
class Passed:
    """How far somebody has come; empty texts are still to be given. No personal data ever."""

    organization_id: int
    title: str = ""
    code: str = ""

    def sealed(self) -> str:
        """The token for the hidden field."""
        payload = {"organization": self.organization_id, "title": self.title, "code": self.code}
        return crypto.seal(payload, purpose=PURPOSE)

    def organization(self) -> Organization | None:
        """The organisation, unless it was deleted meanwhile."""
        rows = Organization.objects.living().select_related("parent")
        return rows.filter(pk=self.organization_id).first()


def opened(token: str) -> Passed | None:
    """What the token carries, or None when it is too old or not ours."""
    payload = crypto.unseal(token, purpose=PURPOSE, max_age=MAX_AGE) if token else None
    if payload is None:
        return None
    return Passed(payload["organization"], payload["title"], payload["code"])
