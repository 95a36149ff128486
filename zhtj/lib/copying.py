"""Many rows into one table with COPY: ids taken from the sequence first, rows written in their order."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model
from django.utils import timezone

Row = TypeVar("Row", bound=Model)
_CHUNK = 1 << 22

_special = re.compile(r"[\\\t\n\r]").search
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def next_ids(model: type[Model], count: int) -> list[int]:
    """`count` unused ids of the table, ascending."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id')::regclass)) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def insert(rows: Sequence[Row]) -> Sequence[Row]:
    """Write new rows of one model; each has its id afterwards. Constraints and triggers hold as always."""
    if not rows:
        return rows
    model = type(rows[0])
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    if model._meta.auto_field is not None:
        for row, pk in zip(rows, next_ids(model, len(rows)), strict=True):
            row.pk = pk
    now = timezone.now()
    for field in fields:
        if getattr(field, "auto_now_add", False):
            for row in rows:
                setattr(row, field.attname, now)
    columns = [_texts([getattr(row, field.attname) for row in rows]) for field in fields]
    write(_told(model, [field.column for field in fields], columns))
    return rows


class Told(NamedTuple):
    """Rows as COPY takes them: the table, the names of its columns, the lines."""

    table: str
    names: Sequence[str]
    lines: bytes


def insert_values(
    model: type[Model], rows: Sequence[Mapping[str, Any]], *, common: Mapping[str, Any] | None = None
) -> None:
    """Write new rows given as column → value, without making objects; see `tell`."""
    write(tell(model, rows, common=common))


def tell(
    model: type[Model], rows: Sequence[Mapping[str, Any]], *, common: Mapping[str, Any] | None = None
) -> Told | None:
    """New rows, ready to be written, or nothing; pure. Every row names the same columns.

    `common` are columns with one value for all rows. Columns that are not named get the model's default; an id that
    is not named comes from the sequence.
    """
    if not rows:
        return None
    common, now = common or {}, timezone.now()
    names, columns = [], []
    for field in model._meta.concrete_fields:
        given = field.attname in rows[0]
        if field.generated or (field.primary_key and not given):
            continue
        names.append(field.column)
        if given:
            columns.append(_texts([row[field.attname] for row in rows]))
            continue
        default = now if getattr(field, "auto_now_add", False) else field.get_default()
        columns.append([_text(common.get(field.attname, default))] * len(rows))
    return _told(model, names, columns)


def _told(model: type[Model], names: Sequence[str], columns: Sequence[Sequence[str]]) -> Told:
    """Columns of equal length as lines."""
    lines = map("\t".join, zip(*columns, strict=True))
    return Told(model._meta.db_table, names, "\n".join([*lines, ""]).encode())


def write(told: Told | None) -> None:
    """COPY rows that were told. Constraints and triggers hold as always."""
    if told is None:
        return
    listed = ", ".join(f'"{name}"' for name in told.names)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        # In large chunks: a thread that computes meanwhile would make every small one wait for its turn.
        command = f'COPY "{told.table}" ({listed}) FROM STDIN'
        cursor.copy_expert(command, io.BytesIO(told.lines), _CHUNK)


def _texts(column: Sequence[Any]) -> Sequence[str]:
    """The column as COPY wants it; objects that many rows share, as most optional values are, are told once."""
    kinds = set(map(type, column))
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is str:
        return list(map(_str, column)) if _special("\0".join(column)) else column
    if kind is bytes:
        return ["\\\\x" + value.hex() for value in column]
    if kind is int:
        return list(map(str, column))
    if kind is date:
        told = {value: value.isoformat() for value in set(column)}
        return [told[value] for value in column]
    shared = dict(zip(map(id, column), column, strict=True))
    if len(shared) * 4 > len(column):
        return [_text(value) for value in column]
    texts = {key: _text(value) for key, value in shared.items()}
    return [texts[key] for key in map(id, column)]


def _str(value: str) -> str:
    return value.translate(_ESCAPES) if _special(value) else value


def _bytes(value: bytes) -> str:
    return "\\\\x" + bytes(value).hex()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPES)


_WRITERS: dict[type, Callable[[Any], str]] = {
    type(None): lambda value: "\\N",
    str: _str,
    bool: lambda value: "t" if value else "f",
    int: str,
    bytes: _bytes,
    memoryview: _bytes,
    date: date.isoformat,
    datetime: datetime.isoformat,
    dict: _json,
    list: _json,
}


def _text(value: Any) -> str:
    writer = _WRITERS.get(type(value))
    return writer(value) if writer else str(value).translate(_ESCAPES)
