"""The append-only record of who did what, to whom, from where, with what result."""
