"""Fixtures every test may use: the throw-away database and the cast."""

pytest_plugins = ["tests.database", "tests.cast", "tests.tripwire", "tests.access.asking"]
