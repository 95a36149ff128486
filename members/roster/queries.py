"""Which imports somebody sees, and which rows stand on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, When

from orgs.models import Seat
from orgs.scope import Scope
from zhtj.lib.arrays import IsAnyOf

from ..models import BatchState, ImportBatch, RowVerdict
from . import plan
from .plan import PlanRow

SIZE = 100
STOPPED = plan.STOPPED
# What is asked of the user first stands first.
ORDER = (
    RowVerdict.ERROR,
    RowVerdict.CONFLICT,
    RowVerdict.MOVE,
    RowVerdict.UPDATE,
    RowVerdict.NEW,
    RowVerdict.SAME,
)


def visible(scope: Scope) -> QuerySet[ImportBatch]:
    """The imports into the organisation acted for, and those made in its seats; never the file itself."""
    seats = Seat.objects.filter(organization=scope.root)
    ours = Q(organization=scope.root) | Q(seat_id__in=seats.values("pk"))
    ours |= Q(importer=scope.account_id) & scope.q("organization__path")
    found = ImportBatch.objects.filter(scope.q("organization__path"), ours)
    return found.select_related("organization__parent", "importer").defer("file_cipher")


def same_file(batch: ImportBatch) -> ImportBatch | None:
    """The latest earlier import of the very same file into the same organisation: one that was written, else any
    that was undone or still waits."""
    earlier = ImportBatch.objects.filter(
        organization=batch.organization_id, file_index=batch.file_index, pk__lt=batch.pk
    ).exclude(state__in=(BatchState.REJECTED, BatchState.ABANDONED))
    found = earlier.select_related("importer").defer("file_cipher", "layout")
    written = Case(When(state=BatchState.DONE, then=0), default=1)
    return found.order_by(written, "-pk").first()


def newest_first(found: QuerySet[ImportBatch]) -> QuerySet[ImportBatch]:
    """For paging: an ascending key of descending imports."""
    return found.annotate(newest=-F("pk"))


@dataclass(frozen=True)
class Rows:
    """One page of rows of one kind; `previous` and `next` are row numbers for the links."""

    rows: list[PlanRow]
    total: int
    previous: int | None
    next: int | None
    size: int = SIZE


def misnamed(batch: ImportBatch, names: Collection[str]) -> Counter[str]:
    """How many rows in trouble bear each of these names of organisations that were not found."""
    if not names:
        return Counter()
    indexes = {plan.misnamed_index(name): name for name in names}
    rows = batch.rows.filter(IsAnyOf("misnamed_index", list(indexes)), verdict=RowVerdict.ERROR)
    counts = rows.order_by().values_list("misnamed_index").annotate(rows=Count("pk"))
    return Counter({indexes[bytes(index)]: count for index, count in counts})


def place_in(batch: ImportBatch, show: str, number: int) -> int:
    """After which row a page of these rows begins that shows row `number`, or the one that follows it."""
    before = batch.rows.filter(verdict=show, number__lt=number).order_by("number")
    count = before.count() // SIZE * SIZE
    return before.values_list("number", flat=True)[count - 1] if count else 0


def next_in(batch: ImportBatch, show: str, number: int) -> int:
    """The row of this kind that follows row `number`, else the first one; 0 where there is none."""
    left = batch.rows.filter(verdict=show).exclude(number=number).order_by("number")
    numbers = left.values_list("number", flat=True)
    return numbers.filter(number__gt=number).first() or numbers.first() or 0


def rows_page(batch: ImportBatch, show: str, *, after: int = 0, before: int = 0) -> Rows:
    """The page after a row or before one; `show` is a verdict or STOPPED."""
    found = batch.rows.filter(cause=STOPPED) if show == STOPPED else batch.rows.filter(verdict=show)
    found = found.order_by("number")
    if before:
        earlier = found.filter(number__lt=before).order_by("-number").values_list("number", flat=True)
        start = list(earlier[:SIZE])
        after = start[-1] - 1 if start else 0
    window = list(found.filter(number__gt=after)[: SIZE + 1])
    rows = [plan.shown(batch, row) for row in window[:SIZE]]
    has_earlier = bool(rows) and found.filter(number__lt=rows[0].number).exists()
    return Rows(
        rows=rows,
        total=found.count(),
        previous=rows[0].number if has_earlier else None,
        next=rows[-1].number if len(window) > SIZE else None,
    )
