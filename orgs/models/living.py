"""The generated column that lets composite keys hold only living rows."""

from django.db import models
from django.db.models import Case, Value, When

ALIVE = models.BooleanField(null=True)


def alive_while(**alive: object) -> models.GeneratedField:
    """A column that is true while the row lives and NULL afterwards, so that composite keys hold only living rows."""
    return models.GeneratedField(
        expression=Case(When(**alive, then=Value(True)), default=None, output_field=ALIVE),
        output_field=ALIVE,
        db_persist=True,
    )
