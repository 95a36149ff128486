"""Adding and importing members, and what an import finds fault with."""

from zhtj.help.topic import Topic

TOPICS: tuple[Topic, ...] = ()
