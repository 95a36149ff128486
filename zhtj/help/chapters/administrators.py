"""Administrators and cadres: adding, changing, and people who belong to several organisations."""

from zhtj.help.topic import Topic

TOPICS: tuple[Topic, ...] = ()
