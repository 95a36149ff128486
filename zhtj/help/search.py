"""Finds answers: every word must be there; failing that, what shares the most pairs of characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from zhtj.lib.initials import initials

from . import bodies
from .topic import Topic
from .topics import TOPICS

LONGEST = 40  # characters of a question that are looked at
FEWEST = 0.5  # of its pairs that must be found
# Words every question has, and none is found by.
ASKING = re.compile(
    r"怎么办|怎么样|怎么|怎样|如何|什么|为什么|哪里|在哪|可以|能不能|是否|请问|一下|[吗呢啊的了，。？！、；：,.?!;:“”]"
)
Field = Callable[[Topic], str]


def _title(topic: Topic) -> str:
    return topic.title.lower()


@cache
def _words(topic: Topic) -> str:
    return f"{topic.words} {' '.join(topic.keys)} {initials(topic.title)}".lower()


def _short(topic: Topic) -> str:
    return topic.short.lower()


def _errors(topic: Topic) -> str:
    return " ".join(topic.errors).lower()


def _text(topic: Topic) -> str:
    return bodies.text(topic).lower()


# Where a word counts how much.
FIELDS: tuple[tuple[Field, int], ...] = ((_title, 16), (_words, 8), (_errors, 4), (_short, 4), (_text, 1))


def search(question: str) -> list[Topic]:
    """The topics that answer it, best first; empty when nothing does."""
    asked = question.lower()[:LONGEST]
    words = ASKING.sub(" ", asked).split() or asked.split()
    if not words:
        return []
    return _ranked(lambda topic: _score(topic, words)) or _ranked(lambda topic: _likeness(topic, words))


def _ranked(score: Callable[[Topic], float]) -> list[Topic]:
    found = [(score(topic), topic) for topic in TOPICS]
    return [topic for points, topic in sorted(found, key=lambda pair: -pair[0]) if points]


def _score(topic: Topic, words: list[str]) -> float:
    """The sum over the words of the best field each stands in; 0 when one stands nowhere."""
    points = [_best(topic, word) for word in words]
    return sum(points) if all(points) else 0


def _best(topic: Topic, word: str) -> int:
    return next((weight for field, weight in FIELDS if word in field(topic)), 0)


def _likeness(topic: Topic, words: list[str]) -> float:
    """How many pairs of neighbouring characters stand in title, words or short answer; letters have no such pairs."""
    pairs = {word[at : at + 2] for word in words for at in range(len(word) - 1) if not word.isascii()}
    if not pairs:
        return 0
    head = f"{_title(topic)} {_words(topic)} {_short(topic)} {_errors(topic)}"
    found = sum(pair in head for pair in pairs) / len(pairs)
    return found if found >= FEWEST else 0
