"""验证码: a sum as a picture, the same sum in words for those who cannot read it, each answered once.

django-simple-captcha keeps them and lends its font; making, drawing, taking and asking in words are ours.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from hmac import compare_digest
from io import BytesIO

from captcha.conf import settings as captcha_settings
from captcha.models import CaptchaStore
from django.db import connection
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

TAKE = """
DELETE FROM captcha_captchastore WHERE hashkey = %s RETURNING response, expiration > %s
"""
SIZE, STEP, FONT_PIXELS = (220, 72), 34, 44
GROUND, LINE = "#eef0f4", "#8a94a6"
INKS = ("#1f3f77", "#5a1f66", "#7a2415", "#14532d")
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


def picture(text: str) -> bytes:
    """The challenge as a PNG at twice its shown size: upright enough to read, uneven enough to be no plain text."""
    image = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(image)
    for _ in range(4):
        ends = [(0, secrets.randbelow(SIZE[1])), (SIZE[0], secrets.randbelow(SIZE[1]))]
        pen.line(ends, fill=LINE, width=2)
    font = ImageFont.truetype(captcha_settings.CAPTCHA_FONT_PATH, FONT_PIXELS)
    left = (SIZE[0] - len(text) * STEP) // 2
    for place, char in enumerate(text):
        glyph = Image.new("L", (STEP * 2, SIZE[1]))
        ImageDraw.Draw(glyph).text((STEP, SIZE[1] // 2), char, font=font, fill=255, anchor="mm")
        glyph = glyph.rotate(secrets.randbelow(31) - 15, resample=Image.Resampling.BICUBIC)
        at = (left + place * STEP - STEP // 2, secrets.randbelow(13) - 6)
        image.paste(secrets.choice(INKS), at, glyph)
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def asked(key: str) -> str | None:
    """The stored sum, or None when it has been taken or has expired."""
    living = CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now())
    return living.values_list("challenge", flat=True).first()
