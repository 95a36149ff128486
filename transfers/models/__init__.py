"""The tables of transfers, by topic."""

from .cases import Step, Transfer, TransferQuerySet
from .graduates import BranchKind, BranchMark, Deadline, Destination, PersonKind, PersonMark, Plan
from .letters import Letter, LetterBook, LetterRange, Standing
from .nudges import Nudge
from .people_lists import PeopleList

__all__ = [
    "BranchKind",
    "BranchMark",
    "Deadline",
    "Destination",
    "Letter",
    "LetterBook",
    "LetterRange",
    "Nudge",
    "PeopleList",
    "PersonKind",
    "PersonMark",
    "Plan",
    "Standing",
    "Step",
    "Transfer",
    "TransferQuerySet",
]
