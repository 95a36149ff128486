"""验证码: a sum as a picture, the same sum in words for those who cannot read it, each answered once.

django-simple-captcha keeps and draws them; making, taking and asking in words are ours.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from hmac import compare_digest

from captcha.conf import settings as captcha_settings
from captcha.models import CaptchaStore
from django.db import connection
from django.utils import timezone
from PIL.Image import Image
from PIL.ImageDraw import ImageDraw

TAKE = """
DELETE FROM captcha_captchastore WHERE hashkey = %s RETURNING response, expiration > %s
"""
_DIGITS = "零一二三四五六七八九"
_SUM = re.compile(r"(\d+)([+-])(\d+)=\?")


@dataclass(frozen=True)
class Challenge:
    """One question, e.g. `27+5=?`, and its answer in digits."""

    text: str
    answer: str


def draw() -> Challenge:
    """A sum or difference with an answer of two digits."""
    one, other = 20 + secrets.randbelow(60), 2 + secrets.randbelow(8)
    if secrets.randbelow(2):
        return Challenge(f"{one}+{other}=?", str(one + other))
    return Challenge(f"{one}-{other}=?", str(one - other))


def create() -> str:
    """Store a new challenge for a few minutes and return its key."""
    challenge = draw()
    stored = CaptchaStore.objects.create(
        challenge=challenge.text, response=challenge.answer, hashkey=secrets.token_hex(20)
    )
    return stored.hashkey


def take(key: str, answer: str) -> bool:
    """Whether `answer` is right. Right or wrong, the challenge is gone: one statement takes it, so one request does."""
    given = "".join(unicodedata.normalize("NFKC", answer).split())
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [key, timezone.now()])
        taken = cursor.fetchone()
    return taken is not None and taken[1] and compare_digest(taken[0].encode(), given.encode())


def in_words(text: str) -> str:
    """`27+5=?` → `二十七加五等于多少？`"""
    match = _SUM.fullmatch(text)
    if match is None:
        raise ValueError(text)
    one, sign, other = match.groups()
    return f"{_number(int(one))}{'加' if sign == '+' else '减'}{_number(int(other))}等于多少？"


def _number(value: int) -> str:
    """A number below 100 in Chinese."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


COLOURS = ("#1f3f77", "#5a1f66", "#7a2415", "#14532d")


def colour(index: int, challenge: str) -> str:
    """The colour of one character: dark enough to read on the grey ground."""
    return COLOURS[(index + len(challenge)) % len(COLOURS)]


def strokes(draw: ImageDraw, image: Image) -> ImageDraw:
    """Three thin lines across the picture; they disturb a program more than an eye."""
    width, height = image.size
    for _ in range(3):
        ends = [(0, secrets.randbelow(height)), (width, secrets.randbelow(height))]
        draw.line(ends, fill=captcha_settings.CAPTCHA_FOREGROUND_COLOR, width=1)
    return draw


def question(key: str) -> str | None:
    """The stored sum in words, or None when it has been taken or has expired."""
    text = CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now()).values_list(
        "challenge", flat=True
    )
    return in_words(text[0]) if text else None
