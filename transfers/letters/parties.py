"""From whom and to whom a letter goes: the office above the branch left, and the one above the target (§6.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F

from orgs.enums import Category
from orgs.models import Organization

from ..enums import Landing
from ..models import LetterRange, Transfer


@dataclass(frozen=True)
class Parties:
    """The issuer, and the addressee: an organisation, or outside the system the text of the unit alone."""

    issuer: Organization | None
    addressee: Organization | None
    addressee_name: str


def parties(transfer: Transfer) -> Parties:
    """The two offices of one case."""
    return of_many([transfer])[transfer.pk]


def of_many(transfers: Iterable[Transfer]) -> dict[int, Parties]:
    """The two offices of each case, by its id: two queries for however many."""
    cases = list(transfers)
    known = _known(cases)
    holders = set(
        LetterRange.objects.filter(holder__in=known, last__gte=F("first")).values_list("holder", flat=True)
    )
    return {each.pk: _of(each, known, holders) for each in cases}


def _known(cases: Iterable[Transfer]) -> dict[int, Organization]:
    """Every organisation on the way up from both ends of the cases."""
    ends = [end for each in cases for end in (each.source, each.target) if end is not None]
    above = {pk for end in ends for pk in (*end.ancestor_ids, end.pk)}
    return Organization.objects.select_related("parent").in_bulk(above)


def _of(transfer: Transfer, known: Mapping[int, Organization], holders: set[int]) -> Parties:
    chain = [known[pk] for pk in reversed(transfer.source.ancestor_ids)]
    issuer = next((each for each in chain if _is_office(each) or each.pk in holders), None)
    if transfer.target is None or transfer.landing == Landing.STORE:
        return Parties(issuer, None, unit(transfer))
    way = [known[pk] for pk in reversed((*transfer.target.ancestor_ids, transfer.target.pk))]
    addressee = next((each for each in way if _is_office(each)), way[-1])
    return Parties(issuer, addressee, addressee.full_name)


def _is_office(organization: Organization) -> bool:
    """团委, 团工委 and leading bodies write and take letters; a 团总支 only writes, and only with numbers given to it."""
    return not organization.is_branch and organization.category != Category.GENERAL_BRANCH


def unit(transfer: Transfer) -> str:
    """The unit outside the system, as it was typed, without the destination before it."""
    return transfer.outside_name.partition("：")[2] or transfer.outside_name
