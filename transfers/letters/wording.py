"""What stands on the three parts of a letter, for the PDF and the print view alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..models import Letter, Standing

TITLE = "团组织关系介绍信"


@dataclass(frozen=True)
class Part:
    """One part of the sheet: its title, whom it addresses (may be empty), paragraphs, and who signs when."""

    title: str
    to: str
    paragraphs: Sequence[str]
    signer: str
    on: str


@dataclass(frozen=True)
class Sheet:
    """A letter ready to be set: the number, the three parts, the way to check it."""

    number: str
    stub: Part
    letter: Part
    receipt: Part
    address: str
    code: str


def sheet(letter: Letter, *, base: str) -> Sheet:
    """The words of one letter; `base` is the address of the page for checking, which the code follows."""
    code = letter.code
    return Sheet(
        number=letter.shown_number,
        stub=_stub(letter),
        letter=_letter(letter),
        receipt=_receipt(letter),
        address=f"{base}{code}/",
        code=" ".join(code[at : at + 4] for at in range(0, len(code), 4)),
    )


def chinese(day: date) -> str:
    """2026 年 11 月 23 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _days(letter: Letter) -> int:
    return (letter.valid_until - letter.issued_on).days


def _person(letter: Letter) -> str:
    """The person in one bracket: sex, ethnicity, months and status, with the masked number."""
    facts = letter.facts
    told = [facts.get("性别", ""), facts.get("民族", "")]
    for label, words in (("出生年月", "{} 出生"), ("入团年月", "{} 入团")):
        if text := facts.get(label):
            told.append(words.format(text))
    told += [facts.get("政治面貌", ""), f"身份证号码 {letter.transfer.account.masked_id}"]
    return "，".join(each for each in told if each)


def _stub(letter: Letter) -> Part:
    lines = [
        f"{letter.name}（{_person(letter)}），由{letter.source_name}转往{letter.target_name}。",
        f"致：{letter.addressee_name}。",
        f"有效期 {_days(letter)} 天，至 {chinese(letter.valid_until)}。开具人：{letter.issued_by_name}。",
    ]
    return Part(f"{TITLE}（存根）", "", lines, letter.issuer_name, chinese(letter.issued_on))


def _letter(letter: Letter) -> Part:
    lines = [
        f"兹有 {letter.name} 同志（{_person(letter)}），由{letter.source_name}转往{letter.target_name}，"
        "请接转团组织关系。团费交至 ______ 年 ____ 月。",
        f"（本介绍信自开具之日起 {_days(letter)} 天内有效，至 {chinese(letter.valid_until)}止。）",
    ]
    return Part(TITLE, letter.addressee_name, lines, letter.issuer_name, chinese(letter.issued_on))


BLANK_DAY, BLANK = "______ 年 ____ 月 ____ 日", "____________"


def _receipt(letter: Letter) -> Part:
    given = letter.state == Standing.RETURNED
    on = chinese(letter.receipt_on) if given else BLANK_DAY
    day = f" {on} "
    clerk = letter.receipt_clerk if given and letter.receipt_clerk else BLANK
    how = "（网上接收，自动填写）" if given and letter.receipt_online else ""
    lines = [
        f"{letter.name} 同志的团组织关系已于{day}转入我单位，特此回复。{how}",
        f"经办人：{clerk}，联系电话：{BLANK}",
    ]
    return Part(f"{TITLE}（回执）", letter.issuer_name, lines, letter.receipt_from if given else "", on)
