"""Pictures for zhtj/help/chapters/administrators.py."""

from tests.shots.shot import Shot

SHOTS: tuple[Shot, ...] = ()
