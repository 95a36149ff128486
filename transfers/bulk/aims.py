"""Where each line of a list goes: what was chosen for it, the 全称 beside it, or the target all lines share (§6.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.limits import address_key
from orgs import picker, queries
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, no

from .lists import Common, Entry

OFFERED = 20  # misspelt names for which the nearest ones are looked up at once
NOWHERE = no("没有写去向", cause="target", remedy="，请为这一行选择，或选择大家共同的去向。")
GONE = no("选择的组织已不存在", cause="target", remedy="，请重新选择去向。")


@dataclass(frozen=True)
class Aim:
    """The target of a line, or none for a place outside the system; a refusal says why there is neither."""

    target: Organization | None = None
    verdict: Verdict = YES
    meant: tuple[Organization, ...] = ()  # former names may mean these


def resolve(entries: Sequence[Entry], common: Common) -> dict[int, Aim]:
    """The aim of each line by its place: one query for ids, one for names, a few for each former name."""
    ids = {each.target for each in entries if each.target} | ({common.target} if common.target else set())
    known = Organization.objects.living().select_related("parent").in_bulk(ids)
    names = {each.said for each in entries if each.said and not each.target}
    top = Organization.objects.living().filter(parent=None).order_by("pk").first()
    named = queries.resolve_all(top, names) if names and top else {}
    loaded = Organization.objects.select_related("parent").in_bulk(
        {each.pk for found in named.values() for each in found}
    )
    meant = {name: tuple(loaded[each.pk] for each in found) for name, found in named.items()}
    return {each.at: _aim(each, common, known, meant) for each in entries}


def _aim(
    entry: Entry,
    common: Common,
    known: dict[int, Organization],
    meant: dict[str, tuple[Organization, ...]],
) -> Aim:
    if entry.target:
        return Aim(known[entry.target]) if entry.target in known else Aim(verdict=GONE)
    if entry.said:
        return _said(entry.said, meant.get(entry.said, ()))
    if common.target:
        return Aim(known[common.target]) if common.target in known else Aim(verdict=GONE)
    return Aim() if common.outside else Aim(verdict=NOWHERE)


def _said(name: str, found: tuple[Organization, ...]) -> Aim:
    if len(found) == 1:
        return Aim(found[0])
    if found:
        why = no(f"“{name}”是曾用名，可能是几个组织", cause="target", remedy="，请选择其中一个。")
        return Aim(verdict=why, meant=found)
    return Aim(verdict=no(f"没有全称为“{name}”的组织", cause="target", remedy="，请选择去向。"))


def nearest(names: Sequence[str], *, actor: Scope, now: datetime) -> dict[str, list[Organization]]:
    """Organisations whose names are most like these, as the picker would find them: rate-limited like it (§8)."""
    top = Organization.objects.living().filter(parent=None).order_by("pk").first()
    offered: dict[str, list[Organization]] = {}
    for name in dict.fromkeys(names[:OFFERED]):
        if top is None or picker.LOOKS.charge(address_key(actor.address or ""), now=now):
            break
        offered[name] = [each for each in queries.nearest(top, name) if not each.is_leading_body]
    return offered
