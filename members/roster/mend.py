"""Puts rows of a waiting plan right on its page: the cells of one row, or one wrong name in all its rows (§5).

What becomes of a row is found as at the upload: its changed cells are read, it is checked against the system and
against the other rows of the file. Nothing is written to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from .. import rules
from ..models import ImportBatch, ImportRow, RowVerdict
from . import brake, interpret, kinds, plan, planning, read, refusing, ticks, twins
from .check import BRANCH_COLUMN, Candidate, Finding
from .plan import PlanRow

MENDABLE = (RowVerdict.ERROR, RowVerdict.CONFLICT, RowVerdict.MOVE)
_ORDER = {name: at for at, name in enumerate((BRANCH_COLUMN, *rules.COLUMNS))}
_VALUES = {
    rules.NAME: "name",
    rules.NUMBER: "number",
    rules.ETHNICITY: "ethnicity",
    rules.STATUS: "status",
    rules.EDUCATION: "education",
    rules.JOINED: "joined",
    rules.IS_CADRE: "is_cadre",
    rules.PHONE: "phone",
    rules.WEIBO: "weibo",
    rules.QQ: "qq",
    rules.EMAIL: "email",
    rules.LEAGUE_NUMBER: "league_number",
    rules.TITLE: "title",
    rules.SINCE: "since",
    rules.NATURE: "nature",
    rules.IN_PARTY: "in_party",
}
# Cells that were read with an eye on another one.
_TOGETHER = {
    rules.IS_CADRE: rules.TITLE,
    rules.TITLE: rules.IS_CADRE,
    rules.JOINED: rules.LEAGUE_NUMBER,
}
Row = tuple[Candidate, list[str]]  # as read, and its cells as texts


def may_mend(scope: Scope, batch: ImportBatch) -> Verdict:
    """Rows are shown with full numbers: to the person who uploaded them, while the plan waits."""
    own = batch.importer_id is not None and batch.importer_id == scope.account_id
    others = no("名单含有完整的号码，只能由上传的人修改", cause="not_uploader", remedy="。")
    return first_no(YES if own else others, ticks.may_decide(scope, batch))


def may_fix(scope: Scope, batch: ImportBatch, row: PlanRow) -> Verdict:
    """Rows in trouble; what goes in as it is, is changed in the file."""
    sound = no("这一行没有错误", cause="sound", remedy="，不需要修改。")
    return first_no(may_mend(scope, batch), YES if row.verdict in MENDABLE else sound)


@transaction.atomic
def fix(batch: ImportBatch, number: int, *, cells: Mapping[str, str], actor: Scope) -> PlanRow:
    """Give a row other cells, by column, and find out anew what will happen to it. Raises Refused."""
    _hold(batch)
    may_mend(actor, batch).demand()  # first: a plan given up has no rows
    before = batch.rows.filter(number=number)
    may_fix(actor, batch, plan.shown(batch, before.get())).demand()
    _again(batch, [_reread(batch, row, cells) for row in _rows(batch, before)])
    detail = {"batch": batch.pk, "rows": 1}
    record("imports.row_fixed", actor=actor, organization=batch.organization, detail=detail)
    return plan.shown(batch, batch.rows.get(number=number))


@transaction.atomic
def take_name(batch: ImportBatch, number: int, *, organization: int, actor: Scope) -> list[Finding]:
    """Put one of the nearest organisations into every row with the wrong name of this row. Raises Refused."""
    _hold(batch)
    may_mend(actor, batch).demand()
    row = plan.shown(batch, batch.rows.get(number=number))
    chosen = _offered(row, organization)
    alike = batch.rows.filter(misnamed_index=plan.misnamed_index(row.branch_name))
    findings = _again(
        batch, [_reread(batch, each, {BRANCH_COLUMN: chosen.full_name}) for each in _rows(batch, alike)]
    )
    detail = {"batch": batch.pk, "rows": len(findings)}
    record("imports.name_taken", actor=actor, organization=batch.organization, detail=detail)
    return findings


def _offered(row: PlanRow, organization: int) -> Organization:
    """The organisation as it is called now, if the row was offered it."""
    offered = [pk for pk, _ in row.near if pk == organization]
    chosen = Organization.objects.living().filter(pk__in=offered).first()
    if chosen is None:
        raise Refused(no("这个组织已经不在可选的组织中", cause="not_offered", remedy="，请刷新后重新选择。"))
    return chosen


def _rows(batch: ImportBatch, rows: QuerySet[ImportRow]) -> list[Row]:
    """Stored rows as they were read."""
    return [(each.candidate, each.texts) for each in plan.planned(batch, plan.stored(rows))]


def _hold(batch: ImportBatch) -> None:
    """Nobody else changes, confirms or abandons this plan until the transaction ends."""
    held = ImportBatch.objects.select_for_update().only("state", "counts").get(pk=batch.pk)
    batch.state, batch.counts = held.state, held.counts


def _again(batch: ImportBatch, changed: Sequence[Row]) -> list[Finding]:
    """Check changed rows against the system and the other rows, and store them anew; their findings.

    Rows refused as twins of what a changed one claimed before are looked at again too.
    """
    kind = kinds.kind_of(batch.template)
    actor = refusing.importer_scope(batch)
    checker = kind.checker(batch.organization, actor=actor, today=timezone.localdate())
    rows = sorted([*changed, *_freed(batch, changed)], key=lambda row: row[0].number)
    findings = []
    for piece in planning.pieces(rows):
        candidates = [candidate for candidate, _ in piece]
        twins.remember(batch, checker, candidates)
        found = checker.check(candidates)
        plan.restore(batch, [(finding, texts) for finding, (_, texts) in zip(found, piece, strict=True)])
        findings += found
    _count(batch)
    numbers = {candidate.number for candidate, _ in changed}
    return [each for each in findings if each.candidate.number in numbers]


def _freed(batch: ImportBatch, changed: Sequence[Row]) -> list[Row]:
    """The rows in trouble that claim what a changed row claims in the stored plan."""
    return _rows(batch, twins.of_rows(batch, [candidate.number for candidate, _ in changed]))


def _count(batch: ImportBatch) -> None:
    """The tiles and the brake, counted anew."""
    tally = dict(batch.rows.values_list("verdict").annotate(Count("pk")))
    batch.counts = batch.counts | {verdict: tally.get(verdict, 0) for verdict in RowVerdict.values}
    batch.brake = brake.of_plan(batch)
    ImportBatch.objects.filter(pk=batch.pk).update(counts=batch.counts, brake=batch.brake)


def _reread(batch: ImportBatch, row: Row, cells: Mapping[str, str]) -> Row:
    """The row with these cells. Cells that stay keep what was read from them: their text may say less than they did."""
    candidate, texts = row
    layout = batch.layout
    columns: dict[str, int] = layout["columns"]
    changed = {name for name in cells if name in columns and cells[name] != texts[columns[name]]}
    fresh = changed | {_TOGETHER[name] for name in changed if name in _TOGETHER}
    texts = list(texts)
    for name in changed:
        texts[columns[name]] = cells[name]
    roster = read.Roster(
        batch.sheet_name, layout["header_row"], layout["header"], columns, layout["committee"], []
    )
    reading = interpret.interpret(
        read.RawRow(candidate.number, list(texts)), roster, category=batch.organization.category
    )
    values = {_VALUES[name]: getattr(reading.person, _VALUES[name]) for name in fresh & _VALUES.keys()}
    unread = [each for each in candidate.unreadable if each.column not in fresh]
    unread += [each for each in reading.problems if each.column in fresh]
    again = replace(
        candidate,
        person=replace(candidate.person, **values),
        branch_name=reading.branch if BRANCH_COLUMN in fresh else candidate.branch_name,
        unreadable=tuple(sorted(unread, key=lambda each: _ORDER[each.column])),
    )
    return again, texts
