"""The password rules of §3 as data: what the page lists, what the forms ask and what the verbs demand. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator

from zhtj.lib.verdict import YES, Verdict, no

from . import idcard

SHORTEST, LONGEST = 8, 32
KINDS_NEEDED = 3
RUN = 4
SHARED = 6
_KINDS = (re.compile("[A-Z]"), re.compile("[a-z]"), re.compile("[0-9]"), re.compile(r"[!-/:-@\[-`{-~]"))


def _never(password: str) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rules must know about the person; whatever is unknown stays empty and forbids nothing."""

    number: str = ""
    phone: str = ""
    is_previous: Callable[[str], bool] = _never


NOBODY = Facts()


@dataclass(frozen=True)
class Rule:
    """One line of the list: `key` names it to the browser, `text` says what a good password is."""

    key: str
    text: str
    holds: Callable[[str, Facts], bool]
    personal: bool = False

    def judge(self, password: str, facts: Facts) -> Verdict:
        """Yes, or no with the rule's own words."""
        if self.holds(password, facts):
            return YES
        return no(f"密码没有达到要求“{self.text}”", cause=self.key, remedy="，请换一个密码")


def _has_length(password: str, facts: Facts) -> bool:
    return SHORTEST <= len(password) <= LONGEST


def _has_kinds(password: str, facts: Facts) -> bool:
    return sum(1 for kind in _KINDS if kind.search(password)) >= KINDS_NEEDED


def _has_no_blank(password: str, facts: Facts) -> bool:
    return not any(char.isspace() for char in password)


def _is_ascii(password: str, facts: Facts) -> bool:
    return all(" " <= char <= "~" for char in password)


def _has_no_run(password: str, facts: Facts) -> bool:
    text = password.lower()
    return all(_longest_run(text, step) < RUN for step in (0, 1, -1))


def _longest_run(text: str, step: int) -> int:
    """The longest stretch in which each character follows the one before by `step`; only letters and digits count up."""
    longest = length = min(len(text), 1)
    for one, next_one in pairwise(text):
        countable = step == 0 or (one + next_one).isalpha() or (one + next_one).isdigit()
        length = length + 1 if countable and ord(next_one) - ord(one) == step else 1
        longest = max(longest, length)
    return longest


def _shares_nothing(password: str, other: str) -> bool:
    text, other = password.upper(), other.upper()
    return not any(other[at : at + SHARED] in text for at in range(len(other) - SHARED + 1))


def _is_not_initial(password: str, facts: Facts) -> bool:
    return not facts.number or password.upper() != idcard.initial_password(facts.number)


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


RULES = (
    Rule("length", f"{SHORTEST}至{LONGEST}个字符", _has_length),
    Rule("classes", "大写字母、小写字母、数字、符号中至少三类", _has_kinds),
    Rule("blank", "没有空格", _has_no_blank),
    Rule("ascii", "只用英文字母、数字和半角符号", _is_ascii),
    Rule("run", "没有四个相同或连续的字符（如1111、abcd、4321）", _has_no_run),
    Rule(
        "number", "没有身份证号码中连续的六位", lambda text, facts: _shares_nothing(text, facts.number), True
    ),
    Rule("phone", "没有手机号码中连续的六位", lambda text, facts: _shares_nothing(text, facts.phone), True),
    Rule("initial", "不是初始密码", _is_not_initial, True),
    Rule("common", "不是常见密码", lambda text, facts: text.lower() not in _common()),
    # The last, because it may cost a hash: `problem` asks it only when all the others hold.
    Rule("previous", "不是原来的密码", lambda text, facts: not facts.is_previous(text), True),
)


def problem(password: str, facts: Facts = NOBODY) -> Verdict:
    """The first broken rule, or yes."""
    return next((verdict for rule in RULES if not (verdict := rule.judge(password, facts))), YES)


def answers(password: str, facts: Facts = NOBODY) -> dict[str, bool]:
    """For every rule that `facts` can answer, whether the password keeps it."""
    unknown = {
        "number": not facts.number,
        "phone": not facts.phone,
        "initial": not facts.number,
        "previous": facts.is_previous is _never,
    }
    return {rule.key: rule.holds(password, facts) for rule in RULES if not unknown.get(rule.key)}
