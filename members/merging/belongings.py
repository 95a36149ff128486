"""What belongs to a person beside 团籍 and posts: what the account that stays lacks goes over, and back with the undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from accounts.models import Account

from ..models import Certificate, Paper, Reissue, ReissueState, Scan

Moved = dict[str, list[int]]


@dataclass(frozen=True)
class Kind:
    """A table of things with an `account`, and which of them the account that stays has no equal of."""

    model: type[Model]
    lacking: Callable[[Account], QuerySet]


KINDS: dict[str, Kind] = {}


def follow(name: str, model: type[Model], lacking: Callable[[Account], QuerySet]) -> None:
    """Make a table known; `name` stands in what a merger keeps for its undo."""
    KINDS[name] = Kind(model, lacking)


def carry_over(kept: Account, absorbed: Account) -> Moved:
    """Hand over what the other account has no equal of; ids by table, for the undo."""
    return {name: _give(each.lacking(kept).filter(account=absorbed), kept) for name, each in KINDS.items()}


def give_back(moved: Moved, kept: Account, absorbed: Account) -> None:
    """What went over and is still there goes back."""
    for name, ids in moved.items():
        KINDS[name].model._default_manager.filter(pk__in=ids, account=kept).update(account=absorbed)


def _give(rows: QuerySet, account: Account) -> list[int]:
    ids = list(rows.values_list("pk", flat=True))
    rows.filter(pk__in=ids).update(account=account)
    return ids


# -- 团员档案 ---------------------------------------------------------------------------------------


def _only_one(rows: QuerySet) -> Callable[[Account], QuerySet]:
    """Of these a person has one: nothing goes over to somebody who has it."""
    return lambda kept: rows.none() if rows.filter(account=kept).exists() else rows.all()


def _papers(kept: Account) -> QuerySet:
    return Paper.objects.exclude(kind__in=Paper.objects.filter(account=kept).values("kind"))


follow("papers", Paper, _papers)
follow("certificates", Certificate, _only_one(Certificate.objects.all()))
follow("reissues", Reissue, _only_one(Reissue.objects.filter(~Q(state=ReissueState.DONE))))
follow("scans", Scan, _only_one(Scan.objects.filter(approved_at__isnull=False)))
