"""Pictures for zhtj/help/chapters/codes.py."""

from tests.shots.shot import Shot

SHOTS: tuple[Shot, ...] = ()
