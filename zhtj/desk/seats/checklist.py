"""交接清单: what is open in an organisation when its administrator changes, counted from live data (§4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from accounts.models import Account
from members.models import BatchState, ImportBatch, Member
from orgs import queries
from orgs.enums import Category
from orgs.models import Organization, Petition, Post, Seat
from regcodes.models import RegistrationCode
from zhtj.menu import address

LACKS = (
    Q(account__ethnicity="")
    | Q(account__political_status="")
    | Q(account__education="")
    | Q(account__phone_cipher=None)
)
OPEN_BATCHES = (
    BatchState.QUEUED,
    BatchState.CHECKING,
    BatchState.PLANNED,
    BatchState.CONFIRMED,
    BatchState.RUNNING,
)


@dataclass(frozen=True)
class Item:
    """One line of the list: what, how many, and the page where it is settled (may be empty)."""

    label: str
    count: int
    url: str = ""


def checklist(organization: Organization, *, now: datetime) -> list[Item]:
    """What the successor finds open; the number of queries does not depend on how much it is."""
    pending = Petition.objects.pending()
    items = [
        Item(
            "等本组织办理的申请",
            pending.filter(turn_organization=organization).count(),
            address("desk:inbox") or "",
        ),
        Item("本组织发起、还没有办结的申请", pending.filter(opened_for=organization).count()),
        Item("没有完成的导入", _open_batches(organization), address("imports:list") or ""),
    ]
    if organization.is_branch:
        incomplete = Member.objects.filter(LACKS, branch=organization).count()
        return [*items, Item("资料不完整的团员", incomplete, reverse("members:list"))]
    below = reverse("desk:subordinates")
    return [
        *items,
        Item("发给下级、还有效的管理员注册码", _live_codes(organization, now=now), below),
        Item("没有管理员的直属下级组织", _vacant(organization), f"{below}?lacking=administrators"),
        Item("资料不完整的团干部", _incomplete_cadres(organization), address("cadres:list") or ""),
    ]


def _open_batches(organization: Organization) -> int:
    return ImportBatch.objects.filter(organization=organization, state__in=OPEN_BATCHES).count()


def _live_codes(organization: Organization, *, now: datetime) -> int:
    codes = RegistrationCode.objects.filter(organization__parent=organization, organization__deleted_at=None)
    return codes.filter(used_at=None, voided_at=None, expires_at__gt=now).count()


def _vacant(organization: Organization) -> int:
    children = queries.children(organization).exclude(category=Category.PENDING_BRANCH)
    return children.exclude(pk__in=Seat.objects.values("organization")).count()


def _incomplete_cadres(organization: Organization) -> int:
    return Post.objects.filter(LACKS, organization=organization, ended_at=None).count()


def is_last_member(organization: Organization, account: Account) -> bool:
    """Whether the person is all that is left of a branch, and so may leave without a successor (§4)."""
    members = Member.objects.filter(branch=organization)
    return list(members.values_list("account", flat=True)[:2]) == [account.pk]
