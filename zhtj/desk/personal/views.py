"""个人首页."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members import queries
from orgs import vacancies
from transfers.rules import not_held

from . import news, waiting, welcome


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What to do now and whom to ask; also for somebody without 团籍 or post."""
    account = request.user
    member = queries.membership_of(account)
    posts = [post for post in queries.all_posts(account) if post.ended_at is None]
    place = member.branch if member else posts[0].organization if posts else None
    cards = queries.cards(place) if place else []
    mine, others = waiting.for_person(account, request.scope, now=timezone.now())
    first = welcome.is_first(account)
    since = account.visited_before
    context = {
        "member": member,
        "posts": posts,
        "place": place,
        "movable": member is not None and not_held(member),
        "mine": mine,
        "others": others,
        "first": welcome.sentences(account, member, posts, cards) if first else [],
        "since": since,
        "news": news.since(account, since) if since else [],
        "near": cards[:2],
        "further": cards[2:],
        "acting": vacancies.acting_words(place) if place else "",
    }
    return render(request, "me/home.html", context)
