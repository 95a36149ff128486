"""Registration codes: issuing, handing out, and what a refused code means."""

from zhtj.help.topic import Topic

TOPICS: tuple[Topic, ...] = ()
