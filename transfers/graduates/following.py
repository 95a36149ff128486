"""Marks and plans of graduates go over when two accounts of one person become one."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Account
from members.merging import belongings

from ..models import PersonMark, Plan


def _marks(kept: Account) -> QuerySet[PersonMark]:
    """A member has one living mark in a branch."""
    living = PersonMark.objects.filter(ended_at=None)
    return living.exclude(branch__in=living.filter(account=kept).values("branch"))


def _plans(kept: Account) -> QuerySet[Plan]:
    """A member has one plan in a branch."""
    return Plan.objects.exclude(branch__in=Plan.objects.filter(account=kept).values("branch"))


belongings.follow("graduation_marks", PersonMark, _marks)
belongings.follow("graduation_plans", Plan, _plans)
