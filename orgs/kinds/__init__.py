"""The kinds of petitions; importing this package makes them known to the door."""

from . import invitation, seats

__all__ = ["invitation", "seats"]
