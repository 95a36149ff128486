"""The kinds of petitions; importing this package makes them known to the door."""

from . import invitation, relocation, seats

__all__ = ["invitation", "relocation", "seats"]
