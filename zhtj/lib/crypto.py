"""Field encryption, blind indexes and sealed tokens; keys come from settings only.

A cipher is `key id length (1 byte) | key id | nonce (12) | AES-256-GCM text and tag`. The field name and the
row's blind index are its associated data, so that a cipher moved to another column or row does not open.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import time
from collections.abc import Iterable
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12
INDEX_BYTES = 16
_BLOCK = 64  # bytes that SHA-256 takes at a time


class Undecipherable(Exception):
    """The key is unknown or the cipher does not belong here."""


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _active() -> tuple[bytes, bytes]:
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    return bytes([len(key_id)]) + key_id.encode(), key


def active_head() -> bytes:
    """How every cipher of the active key begins."""
    return _active()[0]


def encrypt_bytes(plain: bytes, *, field: str, bound: bytes) -> bytes:
    """Encrypt `plain` for `field` of the row whose blind index (or id) is `bound`, with the active key."""
    head, key = _active()
    nonce = os.urandom(NONCE)
    return head + nonce + _cipher(key).encrypt(nonce, plain, field.encode() + b"\0" + bound)


def decrypt_bytes(blob: bytes | memoryview, *, field: str, bound: bytes) -> bytes:
    """The inverse of `encrypt_bytes`; raises Undecipherable."""
    blob = bytes(blob)
    size = blob[0]
    key = settings.FIELD_KEYS.get(blob[1 : 1 + size].decode("ascii", "replace"))
    if key is None:
        raise Undecipherable(field)
    nonce, text = blob[1 + size : 1 + size + NONCE], blob[1 + size + NONCE :]
    try:
        return _cipher(key).decrypt(nonce, text, field.encode() + b"\0" + bytes(bound))
    except InvalidTag as error:
        raise Undecipherable(field) from error


def encrypt(plain: str, *, field: str, bound: bytes) -> bytes:
    """Encrypt a text; see `encrypt_bytes`."""
    return encrypt_bytes(plain.encode(), field=field, bound=bound)


def decrypt(blob: bytes | memoryview, *, field: str, bound: bytes) -> str:
    """The text behind `blob`; raises Undecipherable."""
    return decrypt_bytes(blob, field=field, bound=bound).decode()


def encrypt_all(plains: Iterable[tuple[str, bytes]], *, field: str) -> list[bytes]:
    """Encrypt many texts of one field, each given with what it is bound to; see `encrypt_bytes`."""
    rows = list(plains)
    head, key = _active()
    cipher, name = _cipher(key), field.encode() + b"\0"
    chance = os.urandom(NONCE * len(rows))
    found = []
    for at, (plain, bound) in enumerate(rows):
        nonce = chance[at * NONCE : (at + 1) * NONCE]
        found.append(head + nonce + cipher.encrypt(nonce, plain.encode(), name + bound))
    return found


def blind_index(value: str, *, field: str) -> bytes:
    """16 bytes that stand for `value` in exact searches and unique constraints; the same value, the same bytes."""
    begun = _begun(settings.INDEX_KEY, field)
    inner, outer = begun[0].copy(), begun[1].copy()
    inner.update(value.encode())
    outer.update(inner.digest())
    return outer.digest()[:INDEX_BYTES]


@cache
def _begun(key: bytes, field: str) -> tuple[Any, Any]:
    """The two hashes of an HMAC-SHA256 (RFC 2104) of a field's values, the inner one up to the value.

    The same as `hmac.new(key, field + NUL + value)`, which takes four times as long for a value as short as a number.
    """
    padded = (key if len(key) <= _BLOCK else hashlib.sha256(key).digest()).ljust(_BLOCK, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + f"{field}\0".encode())
    return inner, hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))


def seal(payload: dict[str, Any], *, purpose: str) -> str:
    """An opaque URL-safe token that carries `payload` through the browser, unreadable and unchangeable there."""
    body = json.dumps({"at": int(time.time()), "data": payload}, ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(encrypt_bytes(body, field="token", bound=purpose.encode())).decode()


def unseal(token: str, *, purpose: str, max_age: int) -> dict[str, Any] | None:
    """The payload of a token made for `purpose` at most `max_age` seconds ago, else None."""
    try:
        body = json.loads(
            decrypt_bytes(base64.urlsafe_b64decode(token), field="token", bound=purpose.encode())
        )
    except (Undecipherable, ValueError, IndexError):
        return None
    return body["data"] if time.time() - body["at"] <= max_age else None
