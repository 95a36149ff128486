"""One book for each reader: every answer in order, set for paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from django.utils.safestring import SafeString, mark_safe

from . import bodies
from .topic import Reader, Topic
from .topics import find, for_reader

TITLES: dict[Reader, str] = {"admin": "管理员手册", "member": "团员手册"}
HEADING = re.compile(r"<(/?)h([23])\b")
LINK = re.compile(r'<a\b[^>]*\bhref="/help/([A-Za-z0-9]+)/"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """A question with its answer as it stands in the book."""

    topic: Topic
    body: SafeString


@dataclass(frozen=True)
class Part:
    """A chapter of the book."""

    number: int
    key: str
    title: str
    entries: tuple[Entry, ...]


@cache
def parts(reader: Reader) -> tuple[Part, ...]:
    """The book's chapters; links to answers lead within the book, or are words where the book has them not."""
    chapters = for_reader(reader)
    kept = {topic.key for chapter in chapters for topic in chapter.topics}
    return tuple(
        Part(at, chapter.key, chapter.title, tuple(Entry(each, _set(each, kept)) for each in chapter.topics))
        for at, chapter in enumerate(chapters, start=1)
    )


def _set(topic: Topic, kept: set[str]) -> SafeString:
    """The body two headings deeper than on its own page."""

    def within(link: re.Match[str]) -> str:
        target = find(link[1])
        return f'<a href="#{target.key}">{link[2]}</a>' if target and target.key in kept else link[2]

    deeper = HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 2}", bodies.body(topic, paper=True))
    return mark_safe(LINK.sub(within, deeper))  # noqa: S308
