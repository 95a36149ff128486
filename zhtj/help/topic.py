"""One page of the 帮助中心: the question, its short answer, and where it is offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reader = Literal["member", "admin"]


@dataclass(frozen=True)
class Topic:
    """A question with its answer; the body stands in templates/help/answers/<first key>.html."""

    keys: tuple[str, ...]  # the questions it answers, one address each; the first names the template
    title: str  # the question in the user's words
    short: str  # the answer in one or two sentences: on top, in search results, beside errors
    readers: tuple[Reader, ...]  # in which handbooks
    words: str = ""  # further words people search for, with spaces between
    pages: tuple[str, ...] = ()  # view names on whose 帮助 it is offered
    errors: tuple[str, ...] = ()  # phrases of messages beside which it is offered

    @property
    def key(self) -> str:
        """The key of its page and template."""
        return self.keys[0]

    @property
    def template(self) -> str:
        """The file with the body."""
        return f"help/answers/{self.key}.html"
