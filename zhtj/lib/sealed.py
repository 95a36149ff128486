"""Values that a row keeps encrypted, so that neither a backup nor a glance at the table shows whom it is about."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from zhtj.lib import crypto


class Sealed:
    """An attribute of a model: any JSON value, encrypted in `column` for `field` and bound to the UUID `key` of its row.

    `payload = Sealed("payload_cipher", field="petition")`. Reading raises crypto.Undecipherable where the cipher belongs
    to another row. With `counted`, writing also sets `line_count` to what it says of the value.
    """

    def __init__(self, column: str, *, field: str, counted: Callable[[Any], int] | None = None):
        self.column, self.field, self.counted = column, field, counted

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        return json.loads(crypto.decrypt(getattr(row, self.column), field=self.field, bound=row.key.bytes))

    def __set__(self, row: Any, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False)
        setattr(row, self.column, crypto.encrypt(text, field=self.field, bound=row.key.bytes))
        if self.counted:
            row.line_count = self.counted(value)
