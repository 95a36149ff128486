"""Which rows of a stored plan claim the same: one ID number, one 发展团员编号, the lead of one branch (§5).

Found by the blind indexes beside the payloads, so that no other row of a large file has to be opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from zhtj.lib.arrays import IsAnyOf

from ..models import ImportBatch, ImportRow, RowVerdict
from .check import Candidate, Checker, Claims

MOST = 200  # rows looked at again for one correction: of more twins the others keep their message for a while


def of_rows(batch: ImportBatch, numbers: Collection[int]) -> QuerySet[ImportRow]:
    """Other rows in trouble that claim what these rows claim in the stored plan, the first of them."""
    among = batch.rows.filter(number__in=numbers)
    claims = [
        _claims(*row) for row in among.values_list("id_index", "number_index", "is_secretary", "branch_id")
    ]
    twins = batch.rows.filter(_any_of(claims), verdict=RowVerdict.ERROR).exclude(number__in=numbers)
    first = twins.order_by("number").values_list("number", flat=True)[:MOST]
    return batch.rows.filter(number__in=list(first))


def remember(batch: ImportBatch, checker: Checker, candidates: Sequence[Candidate]) -> None:
    """Tell the checker which other rows have what these rows claim.

    Whatever is planned keeps it, wherever it stands; of rows in trouble only those that stand before.
    """
    wanted = checker.claims(candidates)
    numbers = list(wanted)
    others = batch.rows.filter(_any_of(wanted.values())).exclude(number__in=numbers)
    found = others.order_by("number").values_list(
        "number", "verdict", "id_index", "number_index", "is_secretary", "branch_id"
    )
    for at, claimed in enumerate(checker.claimed):
        first = _first(numbers, (claims[at] for claims in wanted.values()))
        for number, verdict, *facts in found:
            claim = _claims(*facts)[at]
            if claim in first and (verdict != RowVerdict.ERROR or number < first[claim]):
                if verdict != RowVerdict.ERROR:
                    claimed[claim] = number
                claimed.setdefault(claim, number)


def _first(numbers: Iterable[int], claims: Iterable[Any]) -> dict[Any, int]:
    """Claim → the first row with it."""
    first: dict[Any, int] = {}
    for number, claim in zip(numbers, claims, strict=True):
        if claim is not None:
            first[claim] = min(first.get(claim, number), number)
    return first


def _claims(person: Any, number: Any, leads: Any, branch: Any) -> Claims:
    return Claims(person and bytes(person), number and bytes(number), branch if leads else None)


def _any_of(claims: Collection[Claims]) -> Q:
    """The condition that a row claims any of this."""
    if not claims:
        return Q(pk__in=[])
    people, numbers, branches = ([each for each in column if each] for column in zip(*claims, strict=True))
    found = Q(IsAnyOf("id_index", people)) | Q(IsAnyOf("number_index", numbers))
    return found | Q(IsAnyOf("branch_id", branches), is_secretary=True)
