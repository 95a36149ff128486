"""Pictures for zhtj/help/chapters/transfers.py."""

from tests.shots.shot import Shot

SHOTS: tuple[Shot, ...] = ()
