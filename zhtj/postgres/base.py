"""Django's PostgreSQL backend, starting the embedded server when it is needed and not running."""

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL as Django knows it."""
