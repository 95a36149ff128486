"""The kinds of petitions; importing this package makes them known to the door."""

from . import info, invitation, relocation, seats

__all__ = ["info", "invitation", "relocation", "seats"]
