"""The pages of the 帮助中心: public, without a question to the database."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import bodies, handbook, topics
from .search import LONGEST, search


def _show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """In the frame of whoever reads: with the menu for those signed in, plain for visitors."""
    shell = "help/_app.html" if request.user.is_authenticated else "help/_public.html"
    return render(request, template, {"shell": shell, "longest": LONGEST, **context})


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All questions by chapter."""
    context = {
        "chapters": [chapter for chapter in topics.CHAPTERS if chapter.topics],
        "books": handbook.TITLES,
    }
    return _show(request, "help/index.html", context)


@login_not_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The questions that fit the words in `q`, best first."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = [(topic, topics.chapter_of(topic)) for topic in search(asked)]
    return _show(request, "help/search.html", {"asked": asked, "found": found})


@login_not_required
@require_safe
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """One answer, with the other questions of its chapter."""
    found = topics.find(key)
    if found is None:
        raise Http404
    chapter = topics.chapter_of(found)
    context = {
        "topic": found,
        "chapter": chapter,
        "body": bodies.body(found),
        "related": [each for each in chapter.topics if each is not found],
    }
    return _show(request, "help/topic.html", context)


@login_not_required
@require_safe
def book(request: HttpRequest, reader: str) -> HttpResponse:
    """Every answer for one kind of reader, to print."""
    if reader not in handbook.TITLES:
        raise Http404
    context = {"title": handbook.TITLES[reader], "parts": handbook.parts(reader), "reader": reader}
    return render(request, "help/handbook.html", context)
