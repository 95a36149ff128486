"""Who acts: the facts about the acting person and seat that every audit row keeps."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The acting person, the organisation acted for, and where from; one `act` id per request or command."""

    account_id: int | None = None
    account_name: str = ""
    seat_organization_id: int | None = None
    seat_organization_name: str = ""
    address: str | None = None
    act: uuid.UUID = field(default_factory=uuid.uuid4)
