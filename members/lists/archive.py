"""A whole subtree as a ZIP: one workbook a branch on the roster template, and a list of what is inside.

What is unmasked imports back unchanged. The ZIP is made while it is sent; one branch at a time is in the memory.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib import exports
from zhtj.lib.verdict import YES, Verdict, no

from .. import rules
from ..models import Export, Member
from ..roster import template
from ..roster.changes import ACCOUNT_FIELDS, MEMBER_FIELDS, POST_FIELDS, shown
from . import quota, reading
from .exports import people_of
from .kinds import MEMBERS
from .tables import Line

WHAT = "团支部名单"
INDEX = "目录.xlsx"
NAME_MOST = 80  # characters: Windows takes about 250 for the whole path
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class Extent:
    """How much an archive holds: branches with members, and members."""

    branches: int
    people: int


def extent(root: Organization) -> Extent:
    """What lies at or below an organisation."""
    found = _members(root).aggregate(branches=Count("branch", distinct=True), people=Count("pk"))
    return Extent(**found)


def _members(root: Organization):
    return Member.objects.filter(branch_path__startswith=root.path)


def may_archive(size: Extent) -> Verdict:
    """Limits of one archive (*settings*)."""
    if not size.people:
        return no("这个组织和它的下级还没有团员", cause="nobody", remedy="。")
    if size.people > settings.ARCHIVE_PEOPLE or size.branches > settings.ARCHIVE_BRANCHES:
        reason = f"一次最多导出 {settings.ARCHIVE_BRANCHES:,} 个团支部、{settings.ARCHIVE_PEOPLE:,} 名团员"
        return no(reason, cause="too_many", remedy="，请选择下级组织分次导出。")
    return YES


@transaction.atomic
def archive(root: Organization, *, full: bool, reason: str, actor: Scope, now: datetime) -> Iterator[bytes]:
    """The ZIP in pieces, on record before the first byte leaves. Raises Refused.

    Whose numbers leave whole is read inside the transaction: nobody goes out who is not on record.
    """
    size = extent(root)
    may_archive(size).demand()
    if full:
        quota.claim(size.people, actor=actor, now=now)
    keys = list(_members(root).order_by(*MEMBERS.order).values_list("pk", flat=True))
    lines: Iterable[Line] = reading.pieces(MEMBERS, keys, MEMBERS.columns, scope=actor, now=now)
    whole = list(lines) if full else []
    export = quota.register(
        WHAT,
        people_of(whole),
        len(whole) if full else len(keys),
        full=full,
        reason=reason,
        actor=actor,
        now=now,
        detail={"below": root.pk, "branches": size.branches},
    )
    return _stream(whole if full else lines, export, quota.note(export, actor))


def _stream(lines: Iterable[Line], export: Export, note: str) -> Iterator[bytes]:
    sink, names, listed = _Sink(), _Names(), []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for _, group in groupby(lines, key=lambda line: line.organization.pk):
            people = list(group)
            branch = people[0].organization
            name = names.take(branch.full_name)
            rows = [row(each, full=export.full) for each in people]
            book.writestr(name, template.build(branch, rows, note=note))
            listed.append((branch.full_name, str(len(rows)), name))
            yield sink.taken()
        book.writestr(INDEX, exports.workbook("目录", ("团支部全称", "团员", "文件"), listed, note=note))
    yield sink.taken()


def row(line: Line, *, full: bool) -> dict[str, str]:
    """A member as a row of the template: what an import reads back."""
    account, member = line.account, line.member
    post = next((each for each in account.living_posts if each.organization_id == line.organization.pk), None)
    cells = {column: shown(getattr(account, kept)) for column, (_, kept) in ACCOUNT_FIELDS.items()}
    cells |= {column: shown(getattr(member, kept)) for column, (_, kept) in MEMBER_FIELDS.items()}
    cells |= {column: shown(getattr(post, kept, None)) for column, (_, kept) in POST_FIELDS.items()}
    cells[rules.IS_CADRE] = "是" if post else "否"
    cells[rules.NAME] = account.name
    cells[rules.NUMBER] = account.id_number if full else account.masked_id
    cells[rules.PHONE] = account.phone if full else account.masked_phone
    return cells


def file_name(root: Organization, *, full: bool) -> str:
    """石河子大学医学院团委团支部名单（隐藏号码）.zip"""
    return f"{_safe(root.short_name)}{WHAT}（{'完整号码' if full else '隐藏号码'}）.zip"


def _safe(text: str) -> str:
    """Without what file systems refuse; the end of a long name stays, for it tells branches apart."""
    return _UNSAFE.sub("_", text).strip(" .")[-NAME_MOST:] or "团支部"


class _Names:
    """File names of 全称: readable, safe everywhere, each once."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def take(self, full_name: str) -> str:
        """The name for one branch."""
        stem, at = _safe(full_name), 1
        name = f"{stem}.xlsx"
        while name in self.used:
            at += 1
            name = f"{stem}（{at}）.xlsx"
        self.used.add(name)
        return name


class _Sink(io.RawIOBase):
    """Takes what the archive writes and gives it away; it cannot seek, so nothing is written twice."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:  # type: ignore[no-untyped-def]
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        whole, self.parts = b"".join(self.parts), []
        return whole
