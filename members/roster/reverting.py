"""Takes back what rows of an import have written, in the caller's transaction: a fixed number of statements a piece (§5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model

from accounts.models import Account, Notice
from orgs import posts
from orgs.models import Post
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import values
from zhtj.lib import copying, updating

from ..models import ImportBatch, Member, Membership
from .present import Present, Written
from .traces import Was

_STORED = {"phone": ("phone_cipher", "phone_index")}
Pair = tuple[Written, Account]


def revert(batch: ImportBatch, pairs: Sequence[Pair], now: Present, *, actor: Scope) -> None:
    """Undo these rows; the caller holds their accounts, 团籍 and organisations and has asked whether they may go back."""
    made = [pair for pair in pairs if pair[0].made]
    known = [pair for pair in pairs if not pair[0].made]
    _posts_back([row for row, _ in known], now)
    _memberships_end(batch, [account for row, account in known if not row.is_update], now)
    _values_back(known, now)
    _unmake([account.pk for _, account in made])
    _tell(batch, pairs, now, actor)


def _posts_back(rows: Iterable[Written], now: Present) -> None:
    """Given posts go, replaced ones live again with their seats, changed ones say what they said."""
    given, replaced, changed = [], {}, []
    held = {post.pk: post for each in now.posts.values() for post in each}
    fields: set[str] = set()
    for row in rows:
        trace = row.trace
        if trace.post_id and trace.replaced:
            replaced[trace.post_id] = trace.replaced
        elif trace.post_id and trace.office:
            fields |= _set(held[trace.post_id], trace.office)
            changed.append(held[trace.post_id])
        elif trace.post_id:
            given.append(trace.post_id)
    _delete(Post, "id", given)
    if replaced:
        posts.restore_all(replaced)
    updating.update(changed, fields)


def _memberships_end(batch: ImportBatch, accounts: Sequence[Account], now: Present) -> None:
    """The 团籍 that the import began, and its stretch in the ledger, as if it had never been."""
    stretches = [stretch.pk for each in accounts if (stretch := now.stretch_of(batch, each))]
    members = [now.members[each.pk].pk for each in accounts if now.stretch_of(batch, each)]
    _delete(Member, "id", members)
    _delete(Membership, "id", stretches)


def _values_back(known: Iterable[Pair], now: Present) -> None:
    accounts, members = [], []
    of_account: set[str] = set()
    of_member: set[str] = set()
    for row, account in known:
        if row.trace.account:
            of_account |= _set(account, row.trace.account)
            accounts.append(account)
        if row.trace.member:
            member = now.members[account.pk]
            of_member |= _set(member, row.trace.member)
            members.append(member)
    updating.update(accounts, of_account)
    updating.update(members, of_member)


def _unmake(accounts: list[int]) -> None:
    """People whom only the import knew: nothing of them stays but what the audit says."""
    for model in (Post, Member, Membership, Notice):
        _delete(model, "account_id", accounts)
    _delete(Account, "id", accounts)


def _set(row: Model, was: Was) -> set[str]:
    """Set the values before on an object; the stored fields to write."""
    written: set[str] = set()
    for name, value in was.items():
        if name == "phone":
            row.write_phone(value)  # type: ignore[attr-defined]
        else:
            setattr(row, name, row._meta.get_field(name).to_python(value))
        written.update(_STORED.get(name, (name,)))
    return written


def _delete(model: type[Model], column: str, ids: list[int]) -> None:
    """One statement, whatever their number; what still speaks of the rows makes it fail."""
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{column}" = ANY(%s)', [ids])


def _tell(batch: ImportBatch, pairs: Iterable[Pair], now: Present, actor: Scope) -> None:
    """One audit row a person, at the branch where he or she stood."""
    told = []
    for _, account in pairs:
        member = now.members.get(account.pk)
        place = member.branch if member else batch.organization
        told.append(
            {
                "organization_id": place.pk,
                "organization_path": place.path,
                "organization_name": place.full_name,
                "account_id": account.pk,
                "account_name": account.name,
            }
        )
    common = values("members.import_undone", actor=actor, detail={"batch": batch.pk})
    copying.insert_values(AuditEntry, told, common=common)
