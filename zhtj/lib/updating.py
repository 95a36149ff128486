"""Many rows of one table changed with one statement: UPDATE … FROM unnest, each row with values of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

PIECE = 5000  # rows in one statement


def update(rows: Collection[Model], fields: Collection[str]) -> None:
    """Write these fields of objects of one model as they stand on the objects; the caller holds the rows."""
    if not rows or not fields:
        return
    model = type(next(iter(rows)))
    columns = [model._meta.pk, *(model._meta.get_field(name) for name in sorted(fields))]
    update_values(model, columns, [[getattr(row, each.attname) for each in columns] for row in rows])


def update_values(model: type[Model], columns: Sequence[Any], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows given as values in the order of `columns`; the first column finds the row."""
    key, *written = [each.column for each in columns]
    arrays = ", ".join(f"%s::{each.rel_db_type(connection)}[]" for each in columns)
    names = ", ".join(f'"{name}"' for name in (key, *written))
    sets = ", ".join(f'"{name}" = "given"."{name}"' for name in written)
    table = model._meta.db_table
    statement = (
        f'UPDATE "{table}" SET {sets} FROM unnest({arrays}) AS "given" ({names}) '
        f'WHERE "{table}"."{key}" = "given"."{key}"'
    )
    for piece in _pieces(rows):
        with connection.cursor() as cursor:
            cursor.execute(statement, [_array(column) for column in zip(*piece, strict=True)])


def _pieces(rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    for start in range(0, len(rows), PIECE):
        yield rows[start : start + PIECE]


def _array(values: Sequence[Any]) -> list[Any]:
    return [bytes(value) if isinstance(value, memoryview) else value for value in values]
