"""Pictures for zhtj/help/chapters/papers.py."""

from tests.shots.shot import Shot

SHOTS: tuple[Shot, ...] = ()
