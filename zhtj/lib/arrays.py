"""`column = ANY (array)`: one parameter where `IN` would prepare and send thousands."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Func, Value


class IsAnyOf(Func):
    """The condition that a column's value is one of `values`, all of the column's own type."""

    template = "%(expressions)s"
    arg_joiner = " = ANY "
    output_field = BooleanField()

    def __init__(self, column: str, values: Sequence[Any], **extra: Any):
        super().__init__(column, _Array(list(values)), **extra)


class _Array(Value):
    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "(%s)", [self.value]
