"""Writes on people whom the system knew before an import: empty fields filled, ticked updates applied (§3, §5).

Whatever is written leaves its trace, so that it can go back; a fixed number of statements for any number of people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from accounts import closing
from accounts.models import Account
from orgs import posts
from orgs.models import Post, Seat
from orgs.posts import Office
from zhtj.lib import copying, updating
from zhtj.lib.arrays import IsAnyOf

from ..models import ImportBatch, Member
from ..rules import TITLE, Person
from . import traces
from .changes import ACCOUNT_FIELDS, MEMBER_FIELDS, POST_FIELDS
from .check import Finding
from .traces import Trace, Was

Fields = dict[str, tuple[str, str]]
_STORED = {"phone": ("phone_cipher", "phone_index")}


def carry_out(
    batch: ImportBatch,
    known: Sequence[Finding],
    updates: Sequence[Finding],
    *,
    now: datetime,
    fields: Fields = ACCOUNT_FIELDS,
) -> None:
    """Take over the accounts of `known`, apply `updates`, and keep what was there before.

    `fields` are those of an account without 团籍; where there is one, its facts stand on it.
    """
    kept: dict[int, Trace] = {}
    _take_over(known, kept, fields)
    _update(updates, kept, fields, now=now)
    traces.keep(batch, kept)


# -- accounts taken over -----------------------------------------------------------------------------


def _take_over(findings: Sequence[Finding], kept: dict[int, Trace], fields: Fields) -> None:
    """Only what is empty is filled; account, password and posts stay (§3). A closed account opens again."""
    written: set[str] = set()
    for finding in findings:
        account, person = finding.account, finding.candidate.person
        trace = kept[finding.candidate.number] = Trace(account_id=account.pk)
        empty = {
            column
            for column, (given, stored) in _fields_of(account, fields).items()
            if getattr(person, given) and not getattr(account, stored)
        }
        trace.account = _assign(account, person, fields, empty, written)
        if account.closed_at:
            was = {name: traces.plain(getattr(account, name)) for name in ("closed_at", "sign_in_state")}
            opened = closing.open_again(account)
            trace.account |= {name: was[name] for name in opened}
            written.update(opened)
    updating.update([finding.account for finding in findings], written)
    _give_posts(findings, kept)


def _fields_of(account: Account, fields: Fields) -> Fields:
    return ACCOUNT_FIELDS if hasattr(account, "member") else fields


def _give_posts(findings: Iterable[Finding], kept: dict[int, Trace]) -> None:
    """Posts for the cadres among them, where they hold none there yet."""
    cadres = [finding for finding in findings if finding.candidate.person.is_cadre]
    held = _living_posts(cadres)
    without = [each for each in cadres if (each.account.pk, each.branch.pk) not in held]
    for finding, post in zip(without, copying.insert([new_post(each) for each in without]), strict=True):
        kept[finding.candidate.number].post_id = post.pk


def _living_posts(findings: Sequence[Finding]) -> dict[tuple[int, int], Post]:
    """The posts of these people, by account and organisation."""
    if not findings:
        return {}
    people = [finding.account.pk for finding in findings]
    living = Post.objects.filter(IsAnyOf("account", people), ended_at=None)
    return {(post.account_id, post.organization_id): post for post in living}


def new_post(finding: Finding) -> Post:
    """The post a row speaks of."""
    person = finding.candidate.person
    return Post(
        account_id=finding.account.pk,
        organization=finding.branch,
        **{kept: getattr(person, given) for given, kept in POST_FIELDS.values()},
    )


# -- ticked updates ----------------------------------------------------------------------------------


def _update(findings: Sequence[Finding], kept: dict[int, Trace], fields: Fields, *, now: datetime) -> None:
    """Write the fields that the plan showed. A new title is a new post."""
    of_account: set[str] = set()
    of_member: set[str] = set()
    members: list[Member] = []
    for finding in findings:
        account, person = finding.account, finding.candidate.person
        changed = {change.column for change in finding.changes}
        trace = Trace(account_id=account.pk, branch_id=finding.branch.pk)
        kept[finding.candidate.number] = trace
        trace.account = _assign(account, person, _fields_of(account, fields), changed, of_account)
        if hasattr(account, "member") and changed & MEMBER_FIELDS.keys() - fields.keys():
            trace.member = _assign(account.member, person, MEMBER_FIELDS, changed, of_member)
            members.append(account.member)
    updating.update([finding.account for finding in findings], of_account)
    updating.update(members, of_member)
    _update_posts(findings, kept, now=now)


def _update_posts(findings: Sequence[Finding], kept: dict[int, Trace], *, now: datetime) -> None:
    about = [
        (finding, changed)
        for finding in findings
        if (changed := {change.column for change in finding.changes} & POST_FIELDS.keys())
    ]
    held = _living_posts([finding for finding, _ in about])
    amended: list[Post] = []
    written: set[str] = set()
    succeeded: list[tuple[Finding, Post]] = []
    without: list[Finding] = []
    for finding, changed in about:
        post = held.get((finding.account.pk, finding.branch.pk))
        if post is None:
            without.append(finding)
        elif TITLE in changed:
            succeeded.append((finding, post))
        else:
            trace = kept[finding.candidate.number]
            trace.post_id = post.pk
            trace.office = _assign(post, finding.candidate.person, POST_FIELDS, changed, written)
            amended.append(post)
    updating.update(amended, written)
    _succeed(succeeded, kept, now=now)
    for finding, post in zip(without, copying.insert([new_post(each) for each in without]), strict=True):
        kept[finding.candidate.number].post_id = post.pk


def _succeed(pairs: Sequence[tuple[Finding, Post]], kept: dict[int, Trace], *, now: datetime) -> None:
    if not pairs:
        return
    seats = dict(Seat.objects.filter(post__in=[post for _, post in pairs]).values_list("post", "pk"))
    offices = [(post, _office(post, finding.candidate.person)) for finding, post in pairs]
    for (finding, post), successor in zip(pairs, posts.succeed_all(offices, now=now), strict=True):
        trace = kept[finding.candidate.number]
        trace.post_id, trace.replaced, trace.seat_id = successor.pk, post.pk, seats.get(post.pk)


def _office(post: Post, person: Person) -> Office:
    """What the row says about the post, and what the former one said where the row is silent."""
    said = {kept: getattr(person, given) for given, kept in POST_FIELDS.values()}
    was = asdict(posts.office_of(post))
    return Office(**{name: was[name] if value in ("", None) else value for name, value in said.items()})


def _assign(row: Any, person: Person, fields: Fields, columns: Collection[str], written: set[str]) -> Was:
    """Set what the row says; the values before. `written` gathers the stored fields."""
    was: Was = {}
    for column in fields.keys() & set(columns):
        given, kept = fields[column]
        was[kept] = traces.plain(getattr(row, kept))
        if kept == "phone":
            row.write_phone(person.phone)
        else:
            setattr(row, kept, getattr(person, given))
        written.update(_STORED.get(kept, (kept,)))
    return was
