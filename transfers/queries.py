"""Which cases somebody sees, and what is read of them (§6)."""

from __future__ import annotations

from django.db.models import QuerySet

from orgs.scope import Scope

from .models import Step, Transfer

SIDES = ("account", "source__parent", "target__parent", "landed__parent")


def visible(scope: Scope) -> QuerySet[Transfer]:
    """The own cases, and those that begin, go or have come to the scope (§8: what lies below is seen).

    Whoever is above both sides sees a case as superior of either; from day 7 the lowest of them finds it in the
    inbox and may remind (§6.4).
    """
    own = Transfer.objects.filter(account=scope.account_id or 0)
    return (own | Transfer.objects.within(scope)).select_related(*SIDES)


def of_person(account_id: int | None) -> QuerySet[Transfer]:
    """A person's cases, newest first."""
    return Transfer.objects.filter(account=account_id).select_related(*SIDES).order_by("-pk")


def steps(transfer: Transfer) -> list[Step]:
    """The course of a case, oldest first."""
    return list(Step.objects.filter(transfer=transfer))
