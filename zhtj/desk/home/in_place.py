"""Requests of a person that are decided on 管理员首页 itself: few fields, all in sight, nothing overtaken (§5 Editing)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orgs import petitions
from orgs.enums import PetitionKind
from orgs.models import Petition
from orgs.petitions import Line
from zhtj.lib.todo import Todo

FEW = 3  # fields of a request, and requests
KIND = PetitionKind.PROFILE.label


@dataclass(frozen=True)
class Decision:
    """What 同意 would write, masked as on the case page, with what the person said; `seen` is sent with the act."""

    seen: str
    lines: list[Line]
    remark: str


def decisions(items: Iterable[Todo], keys: Iterable[str]) -> Mapping[str, Decision]:
    """By the key of the item, for those among `keys`: nothing where none is a person's request, else two queries and
    one for each of at most `FEW`."""
    wanted = set(keys)
    asked = [each for each in items if each.key in wanted and each.kind == KIND and each.decides][:FEW]
    if not asked:
        return {}
    rows = Petition.objects.select_related("account", "organization").prefetch_related("steps")
    found = rows.in_bulk([each.decides for each in asked])
    made = ((each.key, _decision(each, found.get(each.decides))) for each in asked)
    return {key: decision for key, decision in made if decision is not None}


def _decision(item: Todo, petition: Petition | None) -> Decision | None:
    """None where the request is to be read on its own page."""
    if petition is None or len(petition.payload["fields"]) > FEW:
        return None
    lines = petitions.kind_of(petition).lines(petition)
    if any(line.stale for line in lines):
        return None
    remark = min(petition.steps.all(), key=lambda step: step.pk).remark
    return Decision(f"{item.decides}:{item.step}", lines, remark)
