"""All topics by chapter: found by key, offered on pages, and the right one beside a message."""

from __future__ import annotations

from dataclasses import dataclass

from .chapters import administrators, codes, door, organisations, papers, rosters, transfers
from .topic import Reader, Topic


@dataclass(frozen=True)
class Chapter:
    """Topics under one heading."""

    key: str
    title: str
    topics: tuple[Topic, ...]


CHAPTERS = (
    Chapter("door", "登录、注册和密码", door.TOPICS),
    Chapter("codes", "管理员注册码", codes.TOPICS),
    Chapter("organisations", "组织", organisations.TOPICS),
    Chapter("administrators", "管理员和团干部", administrators.TOPICS),
    Chapter("rosters", "添加和导入团员", rosters.TOPICS),
    Chapter("transfers", "组织关系转接", transfers.TOPICS),
    Chapter("papers", "个人资料和团员档案", papers.TOPICS),
)
TOPICS = tuple(topic for chapter in CHAPTERS for topic in chapter.topics)
_BY_KEY = {key: topic for topic in TOPICS for key in topic.keys}
_CHAPTER = {topic.key: chapter for chapter in CHAPTERS for topic in chapter.topics}
_PHRASES = tuple((phrase, topic) for topic in TOPICS for phrase in topic.errors)


def find(key: str) -> Topic | None:
    """The topic that answers a question, its key in any case."""
    return _BY_KEY.get(key.lower())


def chapter_of(topic: Topic) -> Chapter:
    """Where it stands."""
    return _CHAPTER[topic.key]


def for_reader(reader: Reader) -> tuple[Chapter, ...]:
    """The chapters with something for this reader, and only that."""
    kept = (
        Chapter(chapter.key, chapter.title, tuple(each for each in chapter.topics if reader in each.readers))
        for chapter in CHAPTERS
    )
    return tuple(chapter for chapter in kept if chapter.topics)


def _offers() -> dict[str, tuple[Topic, ...]]:
    """View name → topics; first whichever names the page first among its own."""
    names = {name for topic in TOPICS for name in topic.pages}
    return {
        name: tuple(
            sorted(
                (topic for topic in TOPICS if name in topic.pages), key=lambda each: each.pages.index(name)
            )
        )
        for name in names
    }


_OFFERS = _offers()


def offered(view_name: str) -> tuple[Topic, ...]:
    """What 帮助 offers on a page, the most fitting first; may be empty."""
    return _OFFERS.get(view_name, ())


def by_phrase(text: str, view_name: str = "") -> Topic | None:
    """The topic with the longest phrase found in a message; among equals one that the page offers."""
    hits = [(len(phrase), view_name in topic.pages, topic) for phrase, topic in _PHRASES if phrase in text]
    return max(hits, key=lambda hit: hit[:2])[2] if hits else None


def answer_for(text: str, view_name: str) -> Topic | None:
    """The answer beside a message: by its longest phrase, else the page's first topic, else none."""
    return by_phrase(text, view_name) or next(iter(offered(view_name)), None)
