"""简称 in, 全称 out (§2 Names). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from zhtj.lib.verdict import YES, Verdict, no

from .enums import Category, Level, Purpose

CENTRE = "团中央"
LEADING = "共青团"
CENTRE_FULL = "中国共产主义青年团中央委员会"
PENDING_NAME = "待接转团支部"
MAX_SHORT = 60

_ENDINGS = {
    Category.COMMITTEE: "团委",
    Category.WORK_COMMITTEE: "团工委",
    Category.GENERAL_BRANCH: "团总支",
    Category.BRANCH: "团支部",
    Category.GRADUATE_BRANCH: "团支部",
    Category.PENDING_BRANCH: "团支部",
}
# Purpose of a branch by what its 简称 says, first match wins.
_PURPOSE_WORDS = (
    ("新生临时", Purpose.FRESHMEN),
    ("流动团员", Purpose.FLOATING),
    ("学社衔接", Purpose.LINKING),
    ("出国", Purpose.ABROAD),
    ("教师", Purpose.TEACHERS),
    ("教工", Purpose.TEACHERS),
)


def stem(short_name: str) -> str:
    """What an organisation adds to the full names below it: 团山东省委 → 山东省, 石河子大学团委 → 石河子大学."""
    if short_name == CENTRE:
        return ""
    for ending in ("团工委", "团总支", "团委"):
        if short_name.endswith(ending):
            return short_name.removesuffix(ending)
    for ending in ("工委", "委"):
        if short_name.startswith("团") and short_name.endswith(ending):
            return short_name[1:].removesuffix(ending)
    return short_name


def full_name(category: str, short_name: str, superior_stems: Sequence[str]) -> str:
    """The 全称 from the own 简称 and the stems of all superiors, topmost first."""
    above = "".join(superior_stems)
    if category != Category.LEADING_BODY:
        return above + short_name
    if short_name == CENTRE:
        return CENTRE_FULL
    kind = "工作委员会" if short_name.endswith("工委") else "委员会"
    return f"{LEADING}{above}{stem(short_name)}{kind}"


def purpose_of(short_name: str) -> str:
    """The purpose a branch's 简称 states, else 普通."""
    return next((purpose for word, purpose in _PURPOSE_WORDS if word in short_name), Purpose.ORDINARY)


def level_below(level: int | None) -> int:
    """The level a new leading body gets: one below its superior's; the topmost one of an installation is 中央."""
    return Level.CENTRAL if level is None else min(level + 1, Level.COUNTY)


def ending_problem(category: str, short_name: str) -> Verdict:
    """Whether the 简称 ends as its category does and leaves a stem."""
    if category == Category.LEADING_BODY:
        if short_name == CENTRE:
            return YES
        fits = short_name.endswith(("团委", "团工委")) or (
            short_name.startswith("团") and short_name.endswith("委")
        )
        ending = "形如“团山东省委”，或以“团委”“团工委”结尾"
    else:
        fits = short_name.endswith(_ENDINGS[category])
        ending = f"以“{_ENDINGS[category]}”结尾"
    if not fits or not stem(short_name):
        label = Category(category).label
        return no(
            f"组织简称“{short_name}”不符合组织类别“{label}”",
            cause="short_name_ending",
            remedy=f"，简称应{ending}。",
        )
    return YES


def shape_problem(short_name: str) -> Verdict:
    """Whether the text can be a 简称 at all: given, not too long, no blanks or control characters."""
    if not short_name:
        return no("组织简称未填写", cause="required", remedy="，请填写，例如“2023级1班团支部”。")
    if len(short_name) > MAX_SHORT:
        return no(f"组织简称超过{MAX_SHORT}个字", cause="too_long", remedy="，请缩短。")
    if any(char.isspace() or not char.isprintable() for char in short_name):
        return no("组织简称中有空格或不可见字符", cause="blank", remedy="，请去掉。")
    return YES


def name_problem(category: str, short_name: str) -> Verdict:
    """Every rule for a 简称 that needs no other organisation."""
    shape = shape_problem(short_name)
    return shape and ending_problem(category, short_name) if shape else shape
