"""The tables of transfers, by topic."""

from .cases import Step, Transfer, TransferQuerySet
from .letters import Letter, LetterBook, LetterRange, Standing
from .nudges import Nudge
from .people_lists import PeopleList

__all__ = [
    "Letter",
    "LetterBook",
    "LetterRange",
    "Nudge",
    "PeopleList",
    "Standing",
    "Step",
    "Transfer",
    "TransferQuerySet",
]
