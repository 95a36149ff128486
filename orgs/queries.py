"""Finding organisations by name, and counting what lies below them (§2)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Greatest, Left, Length

from . import naming, tree
from .enums import BRANCHES
from .models import FormerName, Organization, Post

CONTAINS_FROM = 3  # shorter texts make no trigram
NEAR_ENOUGH = 0.3
MAX_RENAMES = 6  # how many renames on one line a former name is followed through
SEARCH_WINDOW = 200


def resolve(root: Organization, full_name: str) -> list[Organization]:
    """The living organisations at or below `root` that bear or once bore this 全称.

    A present name wins, wherever it is; otherwise every organisation a former name fits.
    """
    return resolve_all(root, [full_name])[full_name]


def resolve_all(root: Organization, full_names: Iterable[str]) -> dict[str, list[Organization]]:
    """`resolve` for many names: one query for all present ones, then a few for each that is left."""
    wanted = set(full_names)
    present = {each.full_name: each for each in Organization.objects.living().filter(full_name__in=wanted)}
    return {
        name: [each for each in [present[name]] if each.path.startswith(root.path)]
        if name in present
        else _formerly(root, name)
        for name in wanted
    }


def _formerly(root: Organization, full_name: str) -> list[Organization]:
    """Organisations below `root` for which a former name, own or of a superior, gives this 全称."""
    found: dict[int, Organization] = {}
    names = {full_name}
    for _ in range(MAX_RENAMES):
        if not names:
            break
        below = Q()
        own = FormerName.objects.filter(full_name__in=names).values_list("organization", flat=True)
        renewed: set[str] = set()
        for former in FormerName.objects.filter(lineage__in=_beginnings(names)).select_related(
            "organization"
        ):
            now = "".join(tree.stems_down_to(former.organization))
            for name in _renewed(names, former.lineage, now):
                renewed.add(name)
                below |= Q(full_name=name, path__startswith=former.organization.path)
        matches = Organization.objects.living().filter(path__startswith=root.path)
        matches = matches.filter(Q(pk__in=own) | below if below else Q(pk__in=own))
        found.update((each.pk, each) for each in matches)
        names = renewed - names
    return sorted(found.values(), key=lambda each: each.path)


def _beginnings(names: Iterable[str]) -> set[str]:
    """Every text with which one of the names begins, with and without 共青团."""
    cores = [core for name in names for core in {name, name.removeprefix(naming.LEADING)}]
    return {core[:length] for core in cores for length in range(1, len(core) + 1)}


def _renewed(names: Iterable[str], old: str, new: str) -> Iterable[str]:
    """The names that begin with the lineage `old`, with `new` in its place."""
    for name in names:
        for mark in {"", naming.LEADING}:
            if name.startswith(mark + old):
                yield mark + new + name.removeprefix(mark + old)


def nearest(root: Organization, text: str, limit: int = 3, *, branches: bool = False) -> list[Organization]:
    """The living organisations at or below `root` whose 全称 or 简称 is most like `text`, best first."""
    candidates = Organization.objects.living().filter(path__startswith=root.path)
    if branches:
        candidates = candidates.filter(category__in=BRANCHES)
    whole = Greatest(TrigramSimilarity("full_name", text), TrigramSimilarity("short_name", text))
    likeness = whole + TrigramWordSimilarity(text, "full_name")
    ranked = candidates.annotate(likeness=likeness).filter(likeness__gte=NEAR_ENOUGH)
    return list(ranked.order_by("-likeness", "path")[:limit])


def tidy(text: str) -> str:
    """What was typed into a search box, without blanks; full-width letters and digits made half-width."""
    narrow = "".join(
        unicodedata.normalize("NFKC", char) if unicodedata.normalize("NFKC", char).isalnum() else char
        for char in text
    )
    return "".join(narrow.split())[: naming.MAX_SHORT * 2]


def matching(text: str) -> Q:
    """The condition that an organisation answers to a search text: names, former names, initials.

    From three characters anywhere in the 全称; shorter texts only at the beginning of the 简称.
    """
    text = tidy(text)
    if not text:
        return Q(pk__in=[])
    found = Q(short_name__startswith=text)
    if text.isascii():
        found |= Q(initials__startswith=text.lower())
    if len(text) >= CONTAINS_FROM:
        former = FormerName.objects.filter(Q(full_name__contains=text) | Q(short_name__contains=text))
        found |= Q(full_name__contains=text) | Q(pk__in=former.values("organization"))
    return found


def search(text: str, *, limit: int = 20) -> list[Organization]:
    """Living organisations of the whole tree for a picker: exact 简称 first, then the nearer to the top."""
    wanted = tidy(text)
    window = list(Organization.objects.living().filter(matching(text))[:SEARCH_WINDOW])
    window.sort(
        key=lambda each: (
            each.short_name != wanted and each.full_name != wanted,
            not each.short_name.startswith(wanted),
            each.path.count("/"),
            len(each.full_name),
            each.full_name,
        )
    )
    return window[:limit]


def children(parent: Organization) -> QuerySet[Organization]:
    """The living direct subordinates, in the order they were made."""
    return Organization.objects.living().filter(parent=parent).order_by("pk")


def below(queryset: QuerySet, field: str) -> Coalesce:
    """An annotation for organisations: how many rows of `queryset` have their path `field` at or below each.

    It is a range on the path (“/” is followed by “0”), so each row costs one look into an index.
    """
    end = Concat(Left(OuterRef("path"), Length(OuterRef("path")) - 1), Value("0"))
    inside = queryset.filter(**{f"{field}__gte": OuterRef("path"), f"{field}__lt": end})
    counted = (
        inside.order_by().annotate(one=Value(1)).values("one").annotate(count=Count("*")).values("count")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def organizations_below() -> Coalesce:
    """An annotation: the living organisations below each, itself not counted."""
    return below(Organization.objects.living(), "path") - 1


def branches_below() -> Coalesce:
    """An annotation: the living branches at or below each."""
    return below(Organization.objects.living().branches(), "path")


def cadres_below() -> Coalesce:
    """An annotation: the living posts at or below each."""
    return below(Post.objects.filter(ended_at=None), "organization__path")


def children_count() -> Coalesce:
    """An annotation: the living direct subordinates of each."""
    mine = Organization.objects.living().filter(parent=OuterRef("pk")).order_by()
    counted = mine.values("parent").annotate(count=Count("*")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def path_of(organization: Organization) -> list[Organization]:
    """The superiors and the organisation itself, topmost first: one query."""
    return [*tree.ancestors(organization), organization]


def holders(organization: Organization) -> QuerySet[Post]:
    """The living posts, administrators first, each with its person and seat loaded."""
    return (
        organization.posts.filter(ended_at=None)
        .select_related("account", "seat")
        .order_by(F("seat__number").asc(nulls_last=True), "pk")
    )
