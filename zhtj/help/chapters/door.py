"""Signing in, registering, passwords and what a browser must be able to do."""

from zhtj.help.topic import Topic

TOPICS: tuple[Topic, ...] = ()
