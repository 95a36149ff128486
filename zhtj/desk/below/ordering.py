"""The orders of the list of subordinates, as fields that a keyset page can go by."""

from __future__ import annotations

from django.db.models import Case, CharField, F, Func, IntegerField, QuerySet, Value, When

from orgs import completeness
from orgs.enums import Category
from orgs.models import Organization

SORTS = {
    "": ("pk",),
    "name": ("name_order", "pk"),
    "category": ("category_order", "pk"),
    "members": ("members_order", "pk"),
    "information": ("information_order", "rate_order", "pk"),
}
_NUMBER, _FIVE = r"(\d+)", r"0*(\d{5})"


def ordered(counted: QuerySet[Organization], sort: str) -> QuerySet[Organization]:
    """The counted organisations with the fields the order goes by; an unknown one is the order of their making."""
    if sort == "name":
        return counted.annotate(name_order=_natural())
    if sort == "category":
        ranks = [When(category=each, then=Value(rank)) for rank, each in enumerate(Category)]
        return counted.annotate(category_order=Case(*ranks, output_field=IntegerField()))
    if sort == "members":
        return counted.annotate(members_order=-F("members_total"))
    if sort == "information":
        complete = When(completeness.complete_q(), then=Value(1))
        share = Case(
            When(asked_total=0, then=Value(1000)),
            default=F("complete_total") * 1000 / F("asked_total"),
            output_field=IntegerField(),
        )
        return counted.annotate(
            information_order=Case(complete, default=Value(0), output_field=IntegerField()), rate_order=share
        )
    return counted


def _natural() -> Func:
    """By pinyin, numbers by their value: 2班 before 10班."""
    padded = Func(
        F("initials"),
        Value(_NUMBER),
        Value(r"0000\1"),
        Value("g"),
        function="regexp_replace",
        output_field=CharField(),
    )
    return Func(
        padded, Value(_FIVE), Value(r"\1"), Value("g"), function="regexp_replace", output_field=CharField()
    )
