"""Pictures for zhtj/help/chapters/rosters.py."""

from tests.shots.shot import Shot

SHOTS: tuple[Shot, ...] = ()
