"""The tables of transfers, by topic."""

from .admissions import Admission
from .cases import Step, Transfer, TransferQuerySet
from .graduates import BranchKind, BranchMark, Deadline, Destination, PersonKind, PersonMark, Plan
from .letters import Letter, LetterBook, LetterRange, Standing
from .nudges import Nudge
from .people_lists import PeopleList
from .stores import Stored

__all__ = [
    "Admission",
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
    "Stored",
    "Transfer",
    "TransferQuerySet",
]
