"""关系转接: online and offline, what to mind, whom to ask."""

from zhtj.help.topic import Topic

TOPICS: tuple[Topic, ...] = ()
