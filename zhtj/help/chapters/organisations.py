"""Organisations: creating, naming, changing and deleting them."""

from zhtj.help.topic import Topic

TOPICS: tuple[Topic, ...] = ()
