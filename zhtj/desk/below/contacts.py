"""组织名片 of the direct subordinates: whom to call, as a list to print and as a workbook (§7)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from members.queries import cards_of
from orgs import queries
from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import exports

COLUMNS = ("组织全称", "组织类别", "负责人", "联系电话", "通讯地址")
PRINTED = 500  # on one page, so that the list of nearly every committee prints in one go


def listed(parent: Organization) -> QuerySet[Organization]:
    """The direct subordinates somebody leads."""
    return queries.children(parent).exclude(category=Category.PENDING_BRANCH)


@transaction.atomic
def export(*, actor: Scope, now: datetime) -> bytes:
    """The .xlsx of all of them."""
    assert actor.root is not None, "the page is for administrators"
    cards = cards_of(listed(actor.root))
    record(
        "desk.contacts_exported", actor=actor, organization=actor.root, detail={"organizations": len(cards)}
    )
    note = (
        f"{actor.seat_organization_name} {actor.account_name} 于 {timezone.localtime(now):%Y-%m-%d %H:%M} 导出 "
        f"{len(cards)} 行，编号 {actor.act}。"
    )
    rows = [
        (
            card.organization.full_name,
            card.organization.get_category_display(),
            card.secretary,
            card.organization.contact_phone,
            card.organization.address,
        )
        for card in cards
    ]
    return exports.workbook("组织名片", COLUMNS, rows, note=note)
