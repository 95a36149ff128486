"""The verbs that keep the papers of one person or many, and the certificate (§5 Documents)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Account
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry, record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from ..models import Certificate, Member, Paper, PaperState
from . import reissuing, rules
from .rules import Certified, Kept

MOST = 500  # people marked at once
FIELDS = ["state", "holder", "since", "changed_at", "changed_by_name"]
ELSEWHERE = "，请联系所在团支部；自己的由另一名管理员或直接上级登记。"


@retried
@transaction.atomic
def keep(member: Member, papers: Mapping[str, Kept], *, actor: Scope, now: datetime | None = None) -> None:
    """Write what is known of these papers, by kind; one without a state is forgotten. Raises Refused."""
    now = now or timezone.now()
    account = Account.objects.select_for_update(no_key=True).get(pk=member.account_id)
    rules.may_keep(actor, member).demand()
    certified = Certificate.objects.filter(account=account).exists()
    for kept in papers.values():
        rules.paper(kept, certified=certified, today=timezone.localdate(now)).demand()
    _write([account.pk], papers, [*FIELDS, "received_on"], actor=actor, now=now)
    detail = {"papers": {kind: kept.state for kind, kept in papers.items()}}
    record("members.papers_kept", actor=actor, organization=member.branch, account=account, detail=detail)


@retried
@transaction.atomic
def mark(
    members: Collection[Member],
    kinds: Collection[str],
    kept: Kept,
    *,
    actor: Scope,
    now: datetime | None = None,
) -> list[Member]:
    """Mark the same papers of many people alike; gives those who were marked. Raises Refused where nobody can be."""
    now = now or timezone.now()
    if not members or not kinds:
        raise Refused(no("没有选中人或材料", cause="nobody", remedy="，请先勾选。"))
    if len(members) > MOST:
        raise Refused(no(f"一次最多标记 {MOST} 人", cause="too_many", remedy="，请分几次办理。"))
    rules.paper(kept, certified=False, today=timezone.localdate(now)).demand()
    branches = {each.branch_id: each for each in members}
    near = {pk for pk, each in branches.items() if _keeps(actor, each)}
    chosen = [each for each in members if each.branch_id in near and rules.may_keep_oneself(actor, each)]
    if not chosen:
        raise Refused(no("选中的人都不由您登记", cause="not_superior", remedy=ELSEWHERE))
    ids = [each.account_id for each in chosen]
    list(Account.objects.filter(pk__in=ids).order_by("id_index").select_for_update(no_key=True).values("pk"))
    _write(ids, dict.fromkeys(kinds, kept), FIELDS, actor=actor, now=now)
    detail = {"papers": dict.fromkeys(kinds, kept.state)}
    AuditEntry.objects.bulk_create(
        [
            entry("members.papers_kept", actor=actor, organization=m.branch, account=m.account, detail=detail)
            for m in chosen
        ],
        batch_size=1000,
    )
    return chosen


def _keeps(actor: Scope, member: Member) -> bool:
    return bool(rules.may_keep_in(actor, member.branch))


def _write(
    ids: Collection[int], papers: Mapping[str, Kept], fields: list[str], *, actor: Scope, now: datetime
) -> None:
    forgotten = [kind for kind, kept in papers.items() if not kept.state]
    Paper.objects.filter(account__in=ids, kind__in=forgotten).delete()
    rows = [
        Paper(
            account_id=pk,
            kind=kind,
            changed_at=now,
            changed_by_name=actor.account_name,
            **_facts(kept),
        )
        for pk in ids
        for kind, kept in papers.items()
        if kept.state
    ]
    Paper.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["account", "kind"],
        update_fields=fields,
        batch_size=1000,
    )
    reissuing.sync(ids, now=now)


def _facts(kept: Kept) -> dict:
    """A paper that is not there lies nowhere."""
    return asdict(kept) | ({} if kept.state == PaperState.PRESENT else {"holder": ""})


@retried
@transaction.atomic
def certify(member: Member, given: Certified, *, actor: Scope, now: datetime | None = None) -> Certificate:
    """Write the certificate of a person, in place of an earlier one. Raises Refused."""
    today = timezone.localdate(now)
    account = Account.objects.select_for_update(no_key=True).get(pk=member.account_id)
    rules.may_keep(actor, member).demand()
    rules.certificate(given, account.birth_date, today=today).demand()
    facts = asdict(given) | {"changed_by_name": actor.account_name}
    found, _ = Certificate.objects.update_or_create(account=account, defaults=facts)
    record("members.certified", actor=actor, organization=member.branch, account=account)
    return found
