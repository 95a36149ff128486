"""An import whose columns are not all recognised asks its uploader; an organisation's own headers are known (§5)."""

from __future__ import annotations

from django.db import transaction

from orgs.models import Organization

from .. import rules
from ..models import BatchState, HeaderName, ImportBatch, RowVerdict
from . import plan
from .check import Candidate, Finding
from .read import Unmapped


def names_of(organization: Organization) -> dict[str, str]:
    """What the organisation calls its columns: header key → column, "" where of no use."""
    return dict(HeaderName.objects.filter(organization=organization).values_list("header", "column"))


@transaction.atomic
def ask(batch: ImportBatch, question: Unmapped) -> None:
    """Have the import wait until its columns are mapped; the file stays, a few values of each column beside it."""
    heading = question.heading
    layout = {
        "header": heading.header,
        "columns": heading.columns,
        "header_row": heading.header_row,
        "committee": False,
        "doubtful": heading.doubtful,
    }
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.CHECKING)
    if waiting.update(
        state=BatchState.MAPPING,
        sheet_name=heading.sheet_name[:60],
        layout=layout,
        message=question.verdict.reason,
    ):
        plan.store(batch, [_sample(at, texts) for at, texts in enumerate(heading.samples, start=1)])
    batch.refresh_from_db()


def _sample(number: int, texts: list[str]) -> tuple[Finding, list[str]]:
    """Values to look at while mapping, kept as rows are: encrypted. They are nobody's plan."""
    return Finding(Candidate(number, rules.Person()), RowVerdict.ERROR), texts
