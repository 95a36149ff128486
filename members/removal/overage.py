"""超龄: every night those of 28 and more without a post are marked, and marks that no longer hold are taken off (§5).

Nothing is deleted by itself. The mark serves lists and figures over large scopes; the branch's own to-do asks anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from orgs.models import Post
from orgs.scope import Scope, of_command
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry

from ..models import Member
from . import queries, rules

PIECE = 2000


def mark_all(today: date | None = None) -> tuple[int, int]:
    """Mark and unmark the whole nation; how many of each. The worker calls it every night; doing it twice does no harm."""
    today = today or timezone.localdate()
    actor = of_command("overage")
    marked = sum(_piece(ids, _due(today), today, actor=actor) for ids in _pieces(_due(today)))
    freed = sum(_piece(ids, _free(today), None, actor=actor) for ids in _pieces(_free(today)))
    return marked, freed


def _due(today: date) -> QuerySet[Member]:
    return queries.overage(Member.objects.filter(overage_since=None), today=today)


def _free(today: date) -> QuerySet[Member]:
    """Marked, but younger after a correction of the ID number, or holding a post by now."""
    posted = Post.objects.filter(ended_at=None).values("account")
    marked = Member.objects.filter(overage_since__isnull=False)
    return marked.filter(Q(account__birth_date__gt=rules.born_by(today)) | Q(account__in=posted))


def _pieces(members: QuerySet[Member]) -> Iterator[list[int]]:
    ids = list(members.order_by("pk").values_list("pk", flat=True))
    return (ids[start : start + PIECE] for start in range(0, len(ids), PIECE))


@transaction.atomic
def _piece(ids: list[int], still: QuerySet[Member], since: date | None, *, actor: Scope) -> int:
    """Write the mark of those for whom it still holds, each with its audit row: three statements."""
    rows = still.filter(pk__in=ids).select_related("account", "branch")
    members = list(rows.order_by("account__id_index").select_for_update(of=("self",), skip_locked=True))
    Member.objects.filter(pk__in=[each.pk for each in members]).update(overage_since=since)
    AuditEntry.objects.bulk_create(
        [
            entry(
                "members.overage_marked" if since else "members.overage_unmarked",
                actor=actor,
                organization=each.branch,
                account=each.account,
            )
            for each in members
        ],
        batch_size=1000,
    )
    return len(members)
