"""Who lacks what, and the list of 补办, as workbooks with masked numbers; both on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from django.utils import timezone

from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import exports

from ..models import Member, Reissue
from . import queries

MOST = 10_000


def papers(members: Iterable[Member], *, actor: Scope) -> bytes:
    """The first MOST people of the list."""
    rows = [queries.cells(each) for each in islice(members, MOST)]
    record("members.papers_exported", actor=actor, organization=actor.root, detail={"rows": len(rows)})
    return exports.workbook("团员档案", queries.COLUMNS, rows, note=_note(actor, rows), code=(1,))


def reissues(found: Iterable[Reissue], *, actor: Scope) -> bytes:
    """The first MOST people of the list of 补办."""
    chosen = list(islice(found, MOST))
    members = {
        each.account_id: each
        for each in Member.objects.filter(account__in=[row.account_id for row in chosen])
    }
    rows = [queries.reissue_cells(row, members.get(row.account_id)) for row in chosen]
    record("members.reissues_exported", actor=actor, organization=actor.root, detail={"rows": len(rows)})
    return exports.workbook("补办名单", queries.REISSUE_COLUMNS, rows, note=_note(actor, rows), code=(1, 5))


def _note(actor: Scope, rows: Sequence[object]) -> str:
    who = f"{actor.seat_organization_name} {actor.account_name}".strip()
    return f"{who} 于 {timezone.localtime():%Y-%m-%d %H:%M} 导出 {len(rows)} 行，编号 {actor.act}。"
