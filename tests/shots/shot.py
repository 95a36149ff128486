"""One picture of the 帮助中心: whose page, which address, what is outlined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shot:
    """A picture named as in `{% shot "name" … %}`. `who` is a person of the demonstration country (`zhtj.demo.country`:
    central, province, county, university, college, branch, member), empty for a visitor. `path` is an address, or
    what makes one of the photographer when it is not known beforehand. `prepare` is called with playwright's page
    once `path` is open and does what must be seen (fills, uploads, presses), without waiting for a fixed time."""

    name: str
    who: str
    path: str | Callable[[], str]
    mark: str = ""  # css of what is outlined
    clip: str = ""  # css of the part that is taken; empty: what fits the window
    prepare: Callable[[Any], None] | None = None
    width: int = 1366
