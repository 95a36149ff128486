"""Whom a 催办 is about: people with shortened names and organisations, all of them in the scope (§8)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from os.path import commonprefix

from django.db.models import Q
from django.utils import timezone

from accounts import names
from accounts.models import Account
from members import completeness as people_complete
from members.models import BatchState, ImportBatch, Member
from orgs import completeness
from orgs.models import Organization, Post
from orgs.scope import Scope
from zhtj.lib.arrays import IsAnyOf

from .. import queries
from ..enums import OPEN, About

MOST = 500
UNCONFIRMED = (BatchState.PLANNED, BatchState.MAPPING)


@dataclass(frozen=True)
class Subjects:
    """What is to be said: shortened names under the organisation that acts (None: the people themselves), where that
    lies, how many, by when the first case lapses, and how many of those chosen are not for this seat to remind."""

    about: About
    groups: dict[Organization | None, list[str]]
    organization: Organization | None
    count: int
    due: datetime | None = None
    left_out: int = 0


@dataclass
class _Found:
    groups: dict[Organization | None, list[str]] = field(default_factory=dict)
    places: list[Organization] = field(default_factory=list)
    count: int = 0
    due: datetime | None = None

    def add(self, place: Organization, *, name: str = "", by: Organization | None = None) -> None:
        """One person, or one organisation without a name of anybody."""
        self.groups.setdefault(by, []).extend([name] if name else [])
        self.places.append(place)
        self.count += 1


def gather(about: About, ids: Collection[int], scope: Scope) -> Subjects:
    """The subjects with these ids of cases, accounts, organisations or imports; the queries do not grow with them."""
    wanted = sorted(ids)[:MOST]
    found = _Found()
    GATHERERS[about](found, wanted, scope)
    left = len(wanted) - found.count
    return Subjects(about, found.groups, _lowest(found.places), found.count, found.due, left)


def _cases(found: _Found, ids: Sequence[int], scope: Scope) -> None:
    """Open cases whose turn it is in the scope; elsewhere the case page reminds."""
    rows = queries.visible(scope).filter(pk__in=ids, state__in=OPEN).order_by("since", "pk")
    for each in rows:
        turn = each.turn_of
        if turn is not None and scope.covers(turn):
            found.add(turn, name=names.shortened(each.account.name), by=turn)
            found.due = min(filter(None, (found.due, each.due_at)), default=None)


def _start(found: _Found, ids: Sequence[int], scope: Scope) -> None:
    """Members for whom nothing is under way yet."""
    rows = Member.objects.within(scope).filter(IsAnyOf("account_id", list(ids)), held="")
    for each in rows.select_related("account", "branch").order_by("branch_path", "pk"):
        found.add(each.branch, name=names.shortened(each.account.name))


def _profile(found: _Found, ids: Sequence[int], scope: Scope) -> None:
    """Members and cadres of the scope whose required fields are not all given."""
    members = Member.objects.within(scope).filter(~people_complete.member_q())
    posts = Post.objects.filter(scope.q("organization__path"), ~people_complete.post_q(), ended_at=None)
    lacking = Q(pk__in=members.values("account")) | Q(pk__in=posts.values("account"))
    rows = Account.objects.filter(lacking, pk__in=ids).select_related("member__branch")
    for each in rows.order_by("initials", "pk"):
        member = getattr(each, "member", None)
        place = member.branch if member and scope.covers(member.branch) else scope.root
        found.add(place, name=names.shortened(each.name))


def _information(found: _Found, ids: Sequence[int], scope: Scope) -> None:
    """Organisations whose information still lacks something."""
    here = Organization.objects.within(scope).filter(pk__in=ids)
    for each in completeness.incomplete(here).order_by("path"):
        found.add(each, by=each)


def _imports(found: _Found, ids: Sequence[int], scope: Scope) -> None:
    """Imports that nobody has confirmed."""
    here = ImportBatch.objects.filter(scope.q("organization__path"), pk__in=ids, state__in=UNCONFIRMED)
    for each in here.select_related("organization").defer("file_cipher").order_by("pk"):
        found.add(each.organization, by=each.organization)


GATHERERS = {
    About.CASES: _cases,
    About.START: _start,
    About.PROFILE: _profile,
    About.INFORMATION: _information,
    About.IMPORTS: _imports,
}


def _lowest(places: Sequence[Organization]) -> Organization | None:
    """The lowest organisation at or above all of these."""
    if not places:
        return None
    parts = [each.path.strip("/").split("/") for each in places]
    shared = commonprefix(parts)
    return next((each for each in places if each.pk == int(shared[-1])), None) or Organization.objects.get(
        pk=shared[-1]
    )


def today_or_due(subjects: Subjects) -> str:
    """By when the first case lapses, for the text."""
    return f"{timezone.localtime(subjects.due):%Y-%m-%d}" if subjects.due else ""
