"""Fixtures every test may use: the throw-away database and the cast."""

import gc

# Thousands of tests make objects by the million and few cycles: looking for them less often is 6 % of the whole run.
gc.set_threshold(100_000, 50, 100)

pytest_plugins = ["tests.database", "tests.cast", "tests.tripwire", "tests.access.asking"]
