"""团籍 and its ledger, rosters, removals, applications, and what is kept about lists (§5)."""

from .applications import Application, ApplicationKind, ApplicationState, ReturnReason
from .documents import (
    Certificate,
    Holder,
    Paper,
    PaperKind,
    PaperState,
    Reissue,
    ReissueState,
    Scan,
    ScanPiece,
)
from .imports import BatchState, HeaderName, ImportBatch, ImportRow, RowVerdict, Template
from .lists import Export, ListKind, SavedView
from .matchings import Matching
from .membership import Act, Hold, Member, Membership
from .mergers import Distinction, Merger
from .outside import Origin, Reserved
from .removals import Removal, RemovalReason
from .rollups import Rollup

__all__ = [
    "Act",
    "Application",
    "ApplicationKind",
    "ApplicationState",
    "BatchState",
    "Certificate",
    "Distinction",
    "Export",
    "HeaderName",
    "Hold",
    "Holder",
    "ImportBatch",
    "ImportRow",
    "ListKind",
    "Matching",
    "Member",
    "Membership",
    "Merger",
    "Origin",
    "Paper",
    "PaperKind",
    "PaperState",
    "Reissue",
    "ReissueState",
    "Removal",
    "RemovalReason",
    "Reserved",
    "ReturnReason",
    "Rollup",
    "RowVerdict",
    "SavedView",
    "Scan",
    "ScanPiece",
    "Template",
]
