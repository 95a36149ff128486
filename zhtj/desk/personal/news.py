"""What happened to a person since a moment: notices, and what others did that leaves none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts import telling
from accounts.models import Account
from zhtj.audit import words
from zhtj.audit.models import AuditEntry, Result

MOST = 6
# Acts on a person that leave no notice of their own; what is told by a notice is not said twice.
SILENT = (
    "accounts.issue_reset_code",
    "graduates.person_marked",
    "members.amended",
    "members.cadre_amended",
    "members.certified",
    "members.enrolled",
    "members.moved",
    "members.papers_kept",
    "members.reveal_id",
    "members.reveal_phone",
    "members.scan_read",
    "orgs.post_changed",
    "orgs.post_ended",
    "orgs.post_given",
    "orgs.seat_left",
    "orgs.seat_taken",
)


@dataclass(frozen=True)
class News:
    """One thing that happened: when, what, by whom or why, and where there is more."""

    at: datetime
    said: str
    remark: str
    url: str


def since(account: Account, moment: datetime) -> list[News]:
    """The newest first, at most `MOST`: two queries."""
    told = [
        News(each.at, each.text, "", each.url) for each in telling.of(account).filter(at__gt=moment)[:MOST]
    ]
    done = AuditEntry.objects.filter(
        account_id=account.pk, at__gt=moment, verb__in=SILENT, result=Result.DONE
    ).exclude(actor_id=account.pk)
    found = [*told, *(_of(each) for each in done.order_by("-pk")[:MOST])]
    return sorted(found, key=lambda news: news.at, reverse=True)[:MOST]


def _of(entry: AuditEntry) -> News:
    by = "，".join(each for each in (entry.seat_name, entry.actor_name) if each) or "系统"
    remark = "；".join(each for each in (by, words.remark(entry)) if each)
    return News(entry.at, words.of(entry.verb), remark, reverse("me:seen"))
