"""管理员首页: what now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.figures import rollups
from members.queries import fills_a_branch
from orgs import queries as tree
from orgs.enums import Category
from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.scope import Scope

from ..inbox import collect
from . import in_place, news, numbers, waiting
from .start import Start, start

LATE_SHOWN = 6
SAID_BY = {
    "information": "information",
    "codes": "vacancies",
}  # the thing in the inbox that a step says already


@require_safe
@administrators_only
def home(request: HttpRequest) -> HttpResponse:
    """管理员首页: first steps, what waits, what is late, what has changed since the last visit, the numbers."""
    scope, now = request.scope, timezone.now()
    organization = scope.root
    children = [] if organization.is_branch else list(tree.children(organization))
    figures = rollups.figures(organization, children, now=now)
    own = figures.counts[organization.pk]
    begun = start(scope, organization, own)
    since = request.user.visited_before
    context = {
        "organization": organization,
        "start": None if begun.finished else begun,
        "may_add": not organization.is_branch and (not organization.is_leading_body or fills_a_branch(scope)),
        "direct": len(children),
        "may_import": organization.is_grassroots,
        "takes_roster": organization.is_branch and organization.category != Category.PENDING_BRANCH,
        **_waiting(scope, organization, begun, now=now),
        "since": since,
        "news": _news(scope, organization, children, since, rolled=figures.at is not None),
        "tiles": numbers.tiles(organization, own, len(children)),
        "trend": numbers.trend(organization, own) if own["members"] else None,
        "behind": numbers.behind(children, figures.counts),
        "at": figures.at,
    }
    return render(request, "desk/home.html", context)


def _waiting(scope: Scope, organization: Organization, begun: Start, *, now: datetime) -> dict[str, Any]:
    """The late things first, then the kinds; without what the first steps say already."""
    open_steps = {step.key for step in begun.steps if not step.done}
    said = {SAID_BY[key] for key in open_steps & SAID_BY.keys()}
    items = [each for each in collect.items(scope, now=now) if each.key not in said]
    late = waiting.late(organization, items, now=now)
    kinds = [*waiting.kinds(items, late[:LATE_SHOWN]), *waiting.to_clear(organization)]
    if "roster" not in open_steps:
        kinds += waiting.beside(organization)
    found = in_place.decisions(items, [each.key for each in (*late[:LATE_SHOWN], *kinds)])
    return {
        "late": [replace(each, decision=found.get(each.key)) for each in late[:LATE_SHOWN]],
        "first_roster": "roster" in open_steps,
        "late_more": max(len(late) - LATE_SHOWN, 0),
        "kinds": [replace(each, decision=found.get(each.key)) for each in kinds],
    }


def _news(
    scope: Scope, organization: Organization, children: list, since: datetime | None, *, rolled: bool
) -> list[news.News]:
    if since is None:
        return []
    ids = [each.pk for each in children]
    return news.news(scope, organization, ids, since=since, rolled=rolled)
