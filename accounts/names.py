"""姓名: the one stored form of a name, when two are the same, and what a name may look like (§3, §5). Pure."""

from __future__ import annotations

import re
import unicodedata

from zhtj.lib.verdict import YES, Verdict, no

SHORTEST, LONGEST = 2, 50
DOT = "·"
_DOTS = re.compile("[.\u00b7\u0387\u1427\u16eb\u2022\u2024\u2027\u2219\u22c5\u25cf\u2981\u30fb\u318d\uff65]")
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\ufa0e-\ufa29\U00020000-\U0003ffff"
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_SHAPE = re.compile(f"[{_HAN}{_LATIN}]+(?:{DOT}[{_HAN}{_LATIN}]+)*")
_INVISIBLE = ("Cc", "Cf", "Zl", "Zp", "Zs")


def normalise(text: str) -> str:
    """The stored form: width unified, blanks and invisible characters dropped, every kind of middle dot `·`."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isprintable() or " " in text:
        text = "".join(char for char in text if unicodedata.category(char) not in _INVISIBLE)
    return _DOTS.sub(DOT, text)


def same(one: str, other: str) -> bool:
    """Whether two names are equal; blanks, width, case and kinds of middle dot do not matter (§3)."""
    return normalise(one).casefold() == normalise(other).casefold()


def problem(text: str) -> Verdict:
    """Whether a normalised name can be stored: Chinese characters, letters and ·, 2–50, no digits (§5)."""
    if SHORTEST <= len(text) <= LONGEST and _SHAPE.fullmatch(text):
        return YES
    if any(char.isdigit() for char in text):
        return no("姓名含数字", cause="name_digit", remedy="，请对照身份证填写姓名")
    if not SHORTEST <= len(text) <= LONGEST:
        reason = f"姓名应为{SHORTEST}至{LONGEST}个字（现为{len(text)}个）"
        return no(reason, cause="name_length", remedy="，请对照身份证填写完整的姓名")
    return no("姓名只能是汉字、字母和间隔号“·”", cause="name_characters", remedy="，请对照身份证填写姓名")


# The two-character family names that are still about.
_DOUBLES = (
    "欧阳上官司马诸葛东方皇甫尉迟公孙慕容令狐夏侯司徒司空轩辕端木南宫独孤长孙宇文澹台"
    "呼延百里东郭西门闻人申屠太史濮阳淳于单于公冶赫连钟离鲜于闾丘万俟拓跋左丘东野公羊"
)
_DOUBLE = frozenset(_DOUBLES[at : at + 2] for at in range(0, len(_DOUBLES), 2))


def shortened(name: str) -> str:
    """张*, 李*明, 欧阳*明, 古*·买*: enough for those who know the person (§6.4)."""
    if DOT in name:
        return DOT.join(f"{part[0]}*" for part in name.split(DOT) if part)
    family = name[:2] if name[:2] in _DOUBLE and len(name) > 2 else name[:1]
    rest = name[len(family) :]
    return f"{family}*{rest[-1]}" if len(rest) > 1 else f"{family}*"
