"""Carries an uploaded list through the browser between plan and confirmation, sealed; nothing is stored (§2)."""

from __future__ import annotations

import base64
import json
import zlib

from zhtj.lib import crypto
from zhtj.lib.verdict import no

from ..models import Organization
from ..scope import Scope
from .read import Row, Upload

PURPOSE = "founding"
MAX_AGE = 12 * 3600
LAPSED = no("这份核对结果已失效", cause="lapsed", remedy="，请重新上传文件。")


def sealed(parent: Organization, upload: Upload, *, actor: Scope) -> str:
    """A token that only this person, for this superior, can send back."""
    data = {
        "header": upload.header,
        "columns": upload.columns,
        "rows": [[row.number, *row.texts] for row in upload.rows],
    }
    packed = zlib.compress(json.dumps(data, ensure_ascii=False).encode(), 9)
    payload = {"parent": parent.pk, "by": actor.account_id, "z": base64.b85encode(packed).decode()}
    return crypto.seal(payload, purpose=PURPOSE)


def opened(token: str, parent: Organization, *, actor: Scope) -> Upload | None:
    """The list behind a token, or None where it has lapsed or belongs elsewhere."""
    payload = crypto.unseal(token, purpose=PURPOSE, max_age=MAX_AGE)
    if payload is None or (payload["parent"], payload["by"]) != (parent.pk, actor.account_id):
        return None
    data = json.loads(zlib.decompress(base64.b85decode(payload["z"])))
    rows = [Row(number, texts) for number, *texts in data["rows"]]
    return Upload(data["header"], data["columns"], rows)
