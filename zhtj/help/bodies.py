"""The answers themselves: rendered for the screen or on paper, and as text for the search."""

from __future__ import annotations

import html
import re
from functools import cache

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from .topic import Topic

TAGS = re.compile(r"<[^>]+>")
SPACE = re.compile(r"\s+")


@cache
def body(topic: Topic, *, paper: bool = False) -> SafeString:
    """The answer in full; on paper places are words, not links. Empty where it is not written."""
    try:
        return mark_safe(render_to_string(topic.template, {"paper": paper}))  # noqa: S308
    except TemplateDoesNotExist:
        return mark_safe("")


@cache
def text(topic: Topic) -> str:
    """The answer without markup, on one line."""
    bare = strip_tags(body(topic, paper=True).replace("<", " <"))
    return SPACE.sub(" ", html.unescape(bare)).strip()
