"""The 18-character ID number: what it must look like and what follows from it (§5). Pure."""

from __future__ import annotations

import unicodedata
from datetime import date
from operator import mul

from zhtj.lib.verdict import YES, Verdict, no

LENGTH = 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def normalise(text: str) -> str:
    """Full-width characters made half-width, blanks dropped, x upper-case; nothing else is guessed."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def check_character(body: str) -> str:
    """The GB 11643 check character for the first 17 digits."""
    return _CHECKS[sum(map(mul, map(int, body), _WEIGHTS)) % 11]


def birth_date(number: str) -> date:
    """The birth date written in a valid number; raises ValueError where there is none."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex(number: str) -> str:
    """男 for an odd sequence number, 女 for an even one."""
    return "男" if int(number[16]) % 2 else "女"


def initial_password(number: str) -> str:
    """The last eight characters, X upper-case (§3)."""
    return number[-8:]


def mask(number: str, *, hide_tail: bool = False) -> str:
    """`110***********1234`, or with every character after the third hidden."""
    return number[:3] + "*" * 15 if hide_tail else number[:3] + "*" * 11 + number[-4:]


def problem(number: str, *, today: date) -> Verdict:
    """Whether a normalised number can be somebody's: length, characters, birth date, check character."""
    if len(number) != LENGTH:
        short = len(number) < LENGTH
        reason = f"身份证号码{'不足' if short else '超过'}18位（现为{len(number)}位）"
        return no(reason, cause="id_length", remedy="，请对照身份证填写完整的18位号码")
    if not (number[:17].isascii() and number[:17].isdigit() and (number[17].isdigit() or number[17] == "X")):
        return no("身份证号码只能是数字，末位可以是X", cause="id_characters", remedy="，请对照身份证改正")
    try:
        born = birth_date(number)
    except ValueError:
        return no("身份证号码中的出生日期不存在", cause="id_birth", remedy="，请对照身份证改正第7至14位")
    if born > today:
        return no("身份证号码中的出生日期晚于今天", cause="id_birth", remedy="，请对照身份证改正第7至14位")
    if check_character(number[:17]) != number[17]:
        return no(
            "身份证号码校验码不符，号码中有填错的数字", cause="id_check", remedy="，请对照身份证逐位核对"
        )
    return YES
