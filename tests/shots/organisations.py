"""Pictures for zhtj/help/chapters/organisations.py."""

from tests.shots.shot import Shot

SHOTS: tuple[Shot, ...] = ()
