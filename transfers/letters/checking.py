"""The public check: a code answers valid, used, expired or void, and between which organisations; nothing else (§6.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.limits import Limit, address_key
from zhtj.lib.verdict import YES, Verdict, no

from ..models import Letter, Standing
from ..models.letters import code_index
from . import codes

LOOKS = Limit("letters", 60, 1)
WORDS = {
    Standing.ISSUED: ("有效", "done", "这封介绍信有效。"),
    Standing.ACCEPTED: ("已使用", "info", "这封介绍信已经用过，不能再次使用。"),
    Standing.RETURNED: ("已使用", "info", "这封介绍信已经用过，不能再次使用。"),
    Standing.EXPIRED: ("已过期", "void", "这封介绍信已过有效期，请原团委换开。"),
    Standing.VOID: ("已作废", "void", "这封介绍信已作废，请以换开的为准。"),
}


@dataclass(frozen=True)
class Answer:
    """What everybody may know of a letter; without `word` nothing was found."""

    verdict: Verdict = YES
    word: str = ""
    kind: str = ""
    said: str = ""
    issuer: str = ""
    addressee: str = ""


def check(code: str, *, address: str | None, now: datetime) -> Answer:
    """The answer to a code, scanned or typed; forged, mistyped and unknown ones are one, after the same work."""
    if LOOKS.charge(address_key(address or ""), now=now):
        return Answer(no("查询太频繁", cause="waiting", remedy="，请一分钟后再试。"))
    found = Letter.objects.filter(code_index=code_index(codes.tidy(code))).select_related("transfer").first()
    if found is None:
        return Answer()
    word, kind, said = WORDS[found.standing(today=timezone.localdate(now))]
    return Answer(YES, word, kind, said, found.issuer_name, found.addressee_shown)
