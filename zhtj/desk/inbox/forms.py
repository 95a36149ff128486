"""What is sent from the inbox: petitions with the step they were seen at, the reason, and where to return to."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from orgs import petition_queries
from orgs.models import Petition
from orgs.scope import Scope
from zhtj.lib.forms import Form


class ReasonForm(Form):
    """The reason of 退回, one for all that are chosen."""

    remark = forms.CharField(
        label="退回原因", max_length=200, widget=forms.Textarea({"rows": 2}), help_text="发起方可以看到。"
    )


def chosen(data: QueryDict, scope: Scope) -> list[Petition]:
    """The petitions sent as `id:step` that are visible here, each at the step its page showed, in the sent order."""
    seen = dict(pair for text in data.getlist("petition") if (pair := _pair(text)))
    found = {each.pk: each for each in petition_queries.visible(scope).filter(pk__in=seen)}
    for pk, petition in found.items():
        petition.turn = seen[pk]
    return [found[pk] for pk in seen if pk in found]


def _pair(text: str) -> tuple[int, int] | None:
    pk, _, step = text.partition(":")
    fits = pk.isdecimal() and step.isdecimal() and len(pk) < 19 and len(step) < 4
    return (int(pk), int(step)) if fits else None
