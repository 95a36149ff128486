"""What the tests of 撤销导入 share: an import run and undone, and everything that stands about people, to compare."""

from __future__ import annotations

from typing import Any

from accounts.models import Account
from members.models import BatchState, ImportBatch, Member, Membership, RowVerdict, Template
from members.roster import batch as batches
from members.roster import undo
from orgs.models import Organization, Post, Seat
from orgs.scope import Scope, of_command

from .sheets import roster

CIPHERS = ("id_cipher", "phone_cipher")


def imported(
    branch: Organization,
    *people: dict,
    actor: Scope | None = None,
    template: str = Template.MEMBERS,
    **kind: Any,
) -> ImportBatch:
    """These people imported, every update ticked."""
    actor = actor or of_command("tests", branch)
    batch = batches.create(branch, "名单.xlsx", roster(*people, **kind), actor=actor, template=template)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.PLANNED, batch.message
    ticks = set(batch.rows.filter(verdict=RowVerdict.UPDATE).values_list("number", flat=True))
    batches.confirm(batch, actor=actor, ticks=ticks)
    return worked(batch, BatchState.DONE)


def worked(batch: ImportBatch, state: str) -> ImportBatch:
    """The next piece of work done."""
    batches.work(batch.pk)
    batch = ImportBatch.objects.select_related("organization__parent", "importer").get(pk=batch.pk)
    assert batch.state == state, batch.message
    return batch


def undone(batch: ImportBatch, actor: Scope | None = None, state: str = BatchState.UNDONE) -> ImportBatch:
    """The import taken back."""
    batch = ImportBatch.objects.select_related("organization__parent").get(pk=batch.pk)
    undo.undo(batch, actor=actor or of_command("tests", batch.organization))
    return worked(batch, state)


def everything() -> dict[str, dict[int, Any]]:
    """All people, 团籍, ledger rows, posts and seats, the encrypted values in clear."""
    accounts = {}
    for account in Account.objects.all():
        facts = {key: value for key, value in vars(account).items() if key not in (*CIPHERS, "_state")}
        accounts[account.pk] = {key: _plain(value) for key, value in facts.items()} | {
            "number": account.id_number,
            "phone": account.phone,
        }
    tables = {model.__name__: _rows(model) for model in (Member, Membership, Post, Seat)}
    return {"Account": accounts, **tables}


def _rows(model: Any) -> dict[int, Any]:
    return {row["id"]: row for row in model.objects.values()}


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def by_person(snapshot: dict[str, dict[int, Any]]) -> dict[int, Any]:
    """The same, gathered by account."""
    people = {pk: {"Account": facts} for pk, facts in snapshot["Account"].items()}
    holders = {post["id"]: post["account_id"] for post in snapshot["Post"].values()}
    for table in ("Member", "Membership", "Post", "Seat"):
        for pk, row in snapshot[table].items():
            owner = holders[row["post_id"]] if table == "Seat" else row["account_id"]
            people[owner].setdefault(table, {})[pk] = row
    return people
