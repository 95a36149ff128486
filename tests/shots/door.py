"""Pictures for zhtj/help/chapters/door.py."""

from tests.shots.shot import Shot

SHOTS: tuple[Shot, ...] = ()
