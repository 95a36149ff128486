"""The tables of transfers, by topic."""

from .cases import Step, Transfer, TransferQuerySet
from .nudges import Nudge
from .people_lists import PeopleList

__all__ = ["Nudge", "PeopleList", "Step", "Transfer", "TransferQuerySet"]
