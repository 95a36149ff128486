"""What the tests of requests have in common: the forms as a browser sends them."""

from __future__ import annotations

from accounts.models import Account
from members import facts
from members.requests.forms import OwnForm


def sent(account: Account, **changes: str) -> dict[str, str]:
    """The form 修改资料 with what is stored, and `changes` over it."""
    member = getattr(account, "member", None)
    shown = OwnForm.shown(account, member)
    data = {
        name: facts.to_json(value) for name, value in shown.items() if name not in ("party_joined", "joined")
    }
    return {**data, "phone": "", "remark": "", **changes}
