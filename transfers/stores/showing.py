"""What a case to a special store shows of the unit, and to whom; when it is finished, hardly anybody anything (§6.2)."""

from __future__ import annotations

from orgs.rules import acts_for
from orgs.scope import Scope

from .. import sides
from ..enums import Landing, State
from ..models import Stored, Transfer
from .storing import said_of


def details(transfer: Transfer, scope: Scope) -> dict[str, str]:
    """The facts beside target and reason, by label, as the reader may see them.

    Of a special store: while the case is open, or has come to nothing, both sides and the person; after it the person
    alone, for the province looks at its own page, where the look is recorded.
    """
    if transfer.landing != Landing.STORE:
        return {**transfer.details, **({"备注": transfer.remark} if transfer.remark else {})}
    if not speaks(transfer, scope):
        return {}
    if transfer.state != State.DONE:
        return said_of(transfer)
    stored = Stored.objects.filter(transfer=transfer).first()
    return stored.unit if stored else {}


def speaks(transfer: Transfer, scope: Scope) -> bool:
    """Whether the reader may read what was said of the unit, remarks of the steps among it."""
    if transfer.landing != Landing.STORE or scope.account_id == transfer.account_id:
        return True
    if transfer.target is not None and acts_for(scope, transfer.target):
        return transfer.state != State.DONE
    return transfer.state != State.DONE and sides.is_side(scope, transfer.source)


def kept(transfer: Transfer, scope: Scope) -> Stored | None:
    """The page in the own store, for the province."""
    if transfer.landing != Landing.STORE or transfer.state != State.DONE:
        return None
    return Stored.objects.of(scope).filter(transfer=transfer).first()
