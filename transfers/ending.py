"""What an organisation's end means for cases: whatever comes from it or goes to it is returned, the 团籍 is free (§2)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from members.models import Member
from orgs.models import Organization
from orgs.scope import Scope

from . import workflow
from .enums import Act
from .models import Transfer
from .queries import SIDES
from .stores import kind as kind  # an organisation that ends sends its requests back: they must be known

REMARK = "“{name}”已撤销，转接退回；请改选转入组织后重新发起。"


def concerning(organization: Organization) -> QuerySet[Transfer]:
    """The open cases from or to an organisation, 待分配支部 among them."""
    return Transfer.objects.open().filter(Q(source=organization) | Q(target=organization))


def return_all(organization: Organization, *, actor: Scope, now: datetime) -> int:
    """Return what is open from or to an organisation that ends; how many there were.

    The caller holds the part of the tree alone, so that no case begins or goes on meanwhile; only the clock may let
    one lapse, which the lock on the 团籍 keeps apart. To be called before the 团籍 move on.
    """
    found = concerning(organization)
    people = Member.objects.filter(account__in=found.values("account")).order_by("account__id_index")
    list(people.select_for_update(of=("self",)).values_list("pk", flat=True))
    cases = list(found.select_related(*SIDES).order_by("pk"))
    for each in cases:
        said = REMARK.format(name=organization.short_name)
        workflow.by_system(each, Act.CLOSE, actor=actor, remark=said, now=now)
    return len(cases)
