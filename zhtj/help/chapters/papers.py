"""团员档案: which papers there are, who holds them, and what to do without them."""

from zhtj.help.topic import Topic

TOPICS: tuple[Topic, ...] = ()
