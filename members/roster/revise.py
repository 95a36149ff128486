"""Writes on people whom the system knew before an import: empty fields filled, ticked updates applied (§3, §5)."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from orgs import posts
from orgs.models import Post

from ..rules import TITLE, Person
from .changes import ACCOUNT_FIELDS, MEMBER_FIELDS, POST_FIELDS
from .check import Finding


def fill_account(account: Account, person: Person) -> None:
    """Fill only what is empty in an account that was there before; account, password and posts stay (§3)."""
    fields = []
    for given, kept in ACCOUNT_FIELDS.values():
        value = getattr(person, given)
        if not value or getattr(account, kept):
            continue
        if kept == "phone":
            account.write_phone(value)
            fields += ["phone_cipher", "phone_index"]
        else:
            setattr(account, kept, value)
            fields.append(kept)
    if account.closed_at:
        account.closed_at = None
        fields.append("closed_at")
    if fields:
        account.save(update_fields=fields)


def update(finding: Finding, *, now: datetime) -> None:
    """Write the changed fields of one person; the columns are those the plan showed. A new title is a new post."""
    person, account = finding.candidate.person, finding.account
    changed = {change.column for change in finding.changes}
    assign(account, person, ACCOUNT_FIELDS, changed)
    assign(account.member, person, MEMBER_FIELDS, changed)
    if not changed & POST_FIELDS.keys():
        return
    post = Post.objects.filter(account=account, organization=finding.branch, ended_at=None).first()
    if post is None:
        new_post(finding).save()
    elif TITLE in changed:
        posts.succeed(post, _office(post, person), now=now)
    else:
        assign(post, person, POST_FIELDS, changed)


def _office(post: Post, person: Person) -> posts.Office:
    """What the row says about the post, and what the former one said where the row is silent."""
    said = {kept: getattr(person, given) for given, kept in POST_FIELDS.values()}
    kept = {name: getattr(post, name) if value in ("", None) else value for name, value in said.items()}
    return posts.Office(**kept)


def assign(row, person: Person, fields: dict[str, tuple[str, str]], changed: set[str]) -> None:
    written = []
    for column in fields.keys() & changed:
        given, kept = fields[column]
        if kept == "phone":
            row.write_phone(person.phone)
            written += ["phone_cipher", "phone_index"]
        else:
            setattr(row, kept, getattr(person, given))
            written.append(kept)
    if written:
        row.save(update_fields=written)


def new_post(finding: Finding) -> Post:
    person = finding.candidate.person
    return Post(
        account_id=finding.account.pk,
        organization=finding.branch,
        **{kept: getattr(person, given) for given, kept in POST_FIELDS.values()},
    )
