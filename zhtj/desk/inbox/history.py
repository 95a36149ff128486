"""What an organisation has decided, read from the record of who acted in its name."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, QuerySet

from orgs import petition_queries
from orgs.enums import PetitionKind
from orgs.models import Petition
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry, Result

DECISIONS = ("同意", "部分同意", "退回")


@dataclass(frozen=True)
class Decision:
    """One line: the row of the record, and the petition with the badge of its present state."""

    entry: AuditEntry
    petition: Petition | None
    word: str
    state: tuple[str, str]
    act: str
    kind: str


def decisions(scope: Scope) -> QuerySet[AuditEntry]:
    """The decisions taken in the name of the organisation, for paging newest first by `newest`."""
    found = AuditEntry.objects.filter(verb="petitions.step", result=Result.DONE, detail__act__in=DECISIONS)
    return found.filter(seat_id=scope.root.pk, organization_id__isnull=False).annotate(newest=-F("pk"))


def rows(scope: Scope, entries: list[AuditEntry]) -> list[Decision]:
    """One query for the petitions of a page; what has left the scope since is not led to."""
    ids = [entry.detail["petition"] for entry in entries]
    found = petition_queries.visible(scope).in_bulk(ids)
    return [_row(entry, found.get(entry.detail["petition"])) for entry in entries]


def _row(entry: AuditEntry, petition: Petition | None) -> Decision:
    act = entry.detail["act"]
    state = petition_queries.badge(petition) if petition else ("", "neutral")
    word = PetitionKind(entry.detail["kind"]).label
    return Decision(entry, petition, word, state, act, petition_queries.KINDS_OF_ACT[act])
