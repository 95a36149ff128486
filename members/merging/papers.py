"""团员档案 of two accounts of one person: what the account that stays lacks goes over, and goes back with the undo."""

from __future__ import annotations

from django.db.models import Model, QuerySet

from accounts.models import Account

from ..models import Certificate, Paper, Reissue, ReissueState, Scan

Moved = dict[str, list[int]]
_TABLES: dict[str, type[Model]] = {
    "papers": Paper,
    "certificates": Certificate,
    "reissues": Reissue,
    "scans": Scan,
}


def carry_over(kept: Account, absorbed: Account) -> Moved:
    """Hand over what the other account has no equal of; ids by table, for the undo."""
    known = set(Paper.objects.filter(account=kept).values_list("kind", flat=True))
    wanted: dict[str, QuerySet] = {"papers": Paper.objects.exclude(kind__in=known)}
    if not Certificate.objects.filter(account=kept).exists():
        wanted["certificates"] = Certificate.objects.all()
    if not Reissue.objects.filter(account=kept).exclude(state=ReissueState.DONE).exists():
        wanted["reissues"] = Reissue.objects.exclude(state=ReissueState.DONE)
    if not Scan.objects.filter(account=kept, approved_at__isnull=False).exists():
        wanted["scans"] = Scan.objects.filter(approved_at__isnull=False)
    return {name: _give(rows.filter(account=absorbed), kept) for name, rows in wanted.items()}


def give_back(moved: Moved, kept: Account, absorbed: Account) -> None:
    """What went over and is still there goes back."""
    for name, ids in moved.items():
        _TABLES[name]._default_manager.filter(pk__in=ids, account=kept).update(account=absorbed)


def _give(rows: QuerySet, account: Account) -> list[int]:
    ids = list(rows.values_list("pk", flat=True))
    rows.filter(pk__in=ids).update(account=account)
    return ids
