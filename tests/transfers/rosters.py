"""Rosters that are planned already, without a file: for tests in which an import is one act among many."""

from __future__ import annotations

import os
from datetime import date

from django.utils import timezone

from accounts.models import Account
from members.models import BatchState, ImportBatch, RowVerdict
from members.roster import batch as batches
from members.roster import check, plan, undo
from members.rules import Person
from orgs.models import Organization
from orgs.scope import of_command


def person(name: str, number: str, **facts) -> Person:
    """One row's values, right in themselves."""
    given = {"ethnicity": "汉族", "status": "共青团员", "education": "本科（在读）", "phone": "13800000001"}
    joined = facts.pop("joined", date(2021, 5, 1))
    return Person(
        name=name,
        number=number,
        joined=joined,
        league_number=facts.pop("league_number", f"{joined.year}{number[9:17]}"),
        **{**given, **facts},
    )


def of(account: Account, **facts) -> Person:
    """A row about somebody known, with something changed."""
    return person(account.name, account.id_number, **facts)


def planned(branch: Organization, *people: Person) -> ImportBatch:
    """The plan of a roster into a branch, confirmed with every update ticked where there is anything to do."""
    actor = of_command("tests", branch)
    batch = ImportBatch.objects.create(
        organization=branch,
        file_name="名单.xlsx",
        file_size=1,
        file_index=os.urandom(16),
        state=BatchState.PLANNED,
        row_count=len(people),
        planned_at=timezone.now(),
    )
    checker = check.Checker(branch, actor=actor, today=timezone.localdate())
    findings = checker.check([check.Candidate(at, each) for at, each in enumerate(people, start=2)])
    plan.store(batch, [(finding, []) for finding in findings])
    verdicts = [finding.verdict.value for finding in findings]
    batch.counts = {each: verdicts.count(each) for each in RowVerdict.values} | {"total": len(people)}
    batch.save(update_fields=["counts"])
    ticks = set(batch.rows.filter(verdict=RowVerdict.UPDATE).values_list("number", flat=True))
    if ticks or RowVerdict.NEW in verdicts:
        batches.confirm(batch, actor=actor, ticks=ticks, acknowledged=True)
    return batch


def imported(branch: Organization, *people: Person) -> ImportBatch:
    """The roster, run."""
    batch = planned(branch, *people)
    batches.work(batch.pk)
    batch.refresh_from_db()
    return batch


def undone(batch: ImportBatch) -> ImportBatch:
    """The import taken back as far as it goes. Raises Refused."""
    batch = ImportBatch.objects.select_related("organization__parent").get(pk=batch.pk)
    undo.undo(batch, actor=of_command("tests", batch.organization))
    batches.work(batch.pk)
    batch.refresh_from_db()
    return batch
