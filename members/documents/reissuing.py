"""补办 of lost 团员证: the college's list fills by itself, the university's 团委 gathers and reissues in one go (§5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import telling
from accounts.models import Account
from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry, record
from zhtj.lib.verdict import Refused, no

from ..models import Holder, Member, Paper, PaperKind, PaperState, Reissue, ReissueState
from . import rules

NOTHING = no("没有可以办理的补办名单", cause="nothing", remedy="，请刷新后查看。")


def sync(accounts: Iterable[int], *, now: datetime) -> None:
    """Make the lists agree with the papers of these people: who lost the 团员证 alone is on, who did not is off.

    Lists that were gathered stay as they are. A fixed number of queries.
    """
    ids = set(accounts)
    states: dict[int, dict[str, str]] = {pk: {} for pk in ids}
    for account, kind, state in Paper.objects.filter(account__in=ids).values_list("account", "kind", "state"):
        states[account][kind] = state
    lost = {pk for pk, papers in states.items() if rules.is_lost(papers)}
    waiting = Reissue.objects.filter(account__in=ids, state=ReissueState.WAITING)
    waiting.exclude(account__in=lost).delete()
    members = Member.objects.filter(account__in=lost).select_related("branch")
    new = list(members.exclude(account__in=_open().values("account")))
    colleges = _colleges([each.branch for each in new])
    Reissue.objects.bulk_create(
        [
            Reissue(
                account_id=each.account_id,
                branch=each.branch,
                college=colleges[each.branch_id],
                listed_at=now,
            )
            for each in new
        ],
        ignore_conflicts=True,
    )


def _open() -> QuerySet[Reissue]:
    return Reissue.objects.exclude(state=ReissueState.DONE)


def _colleges(branches: Iterable[Organization]) -> dict[int, Organization]:
    """The 团委 next above each branch; where there is none, whatever stands above: one query."""
    found = {each.pk: each for each in branches}
    above = Organization.objects.in_bulk({pk for each in found.values() for pk in each.ancestor_ids})
    return {pk: _college(each, above) for pk, each in found.items()}


def _college(branch: Organization, above: dict[int, Organization]) -> Organization:
    chain = [above[pk] for pk in reversed(branch.ancestor_ids)]
    passing = (each for each in chain if each.category != Category.GENERAL_BRANCH)
    return next(passing, chain[-1] if chain else branch)


def gathered_by(scope: Scope) -> Q:
    """The lists this scope gathers: all below a topmost 团委, a leading body only its own."""
    if scope.root is not None and scope.root.is_leading_body:
        return Q(college=scope.root)
    return scope.q("college__path")


@transaction.atomic
def gather(*, actor: Scope, now: datetime | None = None) -> int:
    """Take in all lists that wait; how many people. Raises Refused."""
    rules.may_gather(actor).demand()
    now = now or timezone.now()
    waiting = Reissue.objects.filter(gathered_by(actor), state=ReissueState.WAITING)
    ids = list(waiting.select_for_update(of=("self",)).values_list("pk", flat=True))
    if not ids:
        raise Refused(NOTHING)
    Reissue.objects.filter(pk__in=ids).update(
        state=ReissueState.GATHERED, gathered_at=now, gathered_by_name=actor.account_name
    )
    record("members.reissues_gathered", actor=actor, organization=actor.root, detail={"people": len(ids)})
    return len(ids)


@transaction.atomic
def finish(on: date, *, actor: Scope, now: datetime | None = None) -> int:
    """Note that all gathered 团员证 were reissued on a day: the papers are there again, the people are told."""
    rules.may_gather(actor).demand()
    now = now or timezone.now()
    if on > timezone.localdate(now):
        raise Refused(no("补办日期晚于今天", cause="future", remedy="，请更正。"))
    gathered = Reissue.objects.filter(gathered_by(actor), state=ReissueState.GATHERED)
    rows = list(gathered.select_related("branch", "account").select_for_update(of=("self",)).order_by("pk"))
    if not rows:
        raise Refused(NOTHING)
    Reissue.objects.filter(pk__in=[each.pk for each in rows]).update(
        state=ReissueState.DONE, done_on=on, done_by_name=actor.account_name
    )
    people = [each.account for each in rows]
    _card_is_back(people, on, actor=actor, now=now)
    AuditEntry.objects.bulk_create(
        [entry("members.card_reissued", actor=actor, organization=r.branch, account=r.account) for r in rows]
    )
    telling.tell(
        [each.pk for each in people],
        "您的团员证已补办，请到学院团委领取。",
        url=reverse("documents:mine"),
        now=now,
    )
    return len(rows)


def _card_is_back(people: Iterable[Account], on: date, *, actor: Scope, now: datetime) -> None:
    cards = Paper.objects.filter(account__in=list(people), kind=PaperKind.CARD)
    cards.update(
        state=PaperState.PRESENT,
        holder=Holder.COLLEGE,
        since=on,
        changed_at=now,
        changed_by_name=actor.account_name,
    )
