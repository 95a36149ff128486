"""The password rules, both sides of every bound."""

import pytest

from accounts import passwords
from accounts.passwords import Facts

NUMBER = "65909920060520832X"
PHONE = "13815263748"
FACTS = Facts(number=NUMBER, phone=PHONE, is_previous=lambda text: text == "Jiu-mi6ma")
GOOD = "Kuai-le7"

CASES = [
    ("Kuai-le", "length"),
    ("Kuai-le7", ""),
    ("Aa1-" * 8, ""),
    ("Aa1-" * 8 + "A", "length"),
    ("kuaileren", "classes"),
    ("kuaileren7", "classes"),
    ("Kuaileren", "classes"),
    ("Kuaileren7", ""),
    ("kuaile-7ren", ""),
    ("KUAILE-7REN", ""),
    ("Kuaile-ren", ""),
    ("Kuai le7-", "blank"),
    ("Kuai\tle7-", "blank"),
    ("Kuai\u3000le7-", "blank"),
    ("Kuai-le7团", "ascii"),
    ("Kuai－le7A", "ascii"),
    ("Kuai-le7é", "ascii"),
    ("~!Kuaile7", ""),
    ("Kuai-111", ""),
    ("Kuai-1111", "run"),
    ("Kuai-7AaA", ""),
    ("Kuai-7aAaA", "run"),
    ("Kuai-7----", "run"),
    ("Kuai-7abc", ""),
    ("Kuai-7abcd", "run"),
    ("Kuai-7aBcD", "run"),
    ("Kuai-7dcba", "run"),
    ("Kuai-x432", ""),
    ("Kuai-x4321", "run"),
    ("Kuai-x6789", "run"),
    ("Kuai-x7890", ""),
    ("Kuai-yz01", ""),
    ("Kuai7-,-./", ""),
    ("Kuai-89:;", ""),
    ("Tuan-65909", ""),
    ("Tuan-659099", "number"),
    ("Tuan-00605", ""),
    ("Tuan-006052", "number"),
    ("Tuan-0832x", ""),
    ("Tuan-20832x", "number"),
    ("Tuan-20832X", "number"),
    ("Tuan-13815", ""),
    ("Tuan-138152", "phone"),
    ("Tuan-63748", ""),
    ("Tuan-263748", "phone"),
    ("Password1", "common"),
    ("P@ssw0rd", "common"),
    ("Jiu-mi6ma", "previous"),
    ("Jiu-mi6mb", ""),
]


@pytest.mark.parametrize(("password", "cause"), CASES)
def test_the_first_broken_rule_is_the_reason(password, cause):
    assert passwords.problem(password, FACTS).cause == cause


@pytest.mark.parametrize("password", ["0520832X", "0520832x"])
def test_the_initial_password_is_refused_whatever_else_it_breaks(password):
    assert passwords.answers(password, FACTS)["initial"] is False


def test_every_rule_is_listed_once_with_its_words():
    assert [(rule.key, bool(rule.text)) for rule in passwords.RULES] == [
        (key, True)
        for key in (
            "length", "classes", "blank", "ascii", "run",
            "number", "phone", "initial", "common", "previous",
        )
    ]  # fmt: skip


def test_a_good_password_keeps_every_rule():
    assert passwords.answers(GOOD, FACTS) == {rule.key: True for rule in passwords.RULES}


def test_rules_about_unknown_facts_are_left_open():
    assert passwords.answers(GOOD) == dict.fromkeys(
        ("length", "classes", "blank", "ascii", "run", "common"), True
    )


def test_unknown_facts_forbid_nothing():
    assert passwords.problem("Tuan-659099138152").allowed is True


def test_the_costly_rule_is_asked_only_when_the_others_hold():
    asked = []
    passwords.problem("kurz", Facts(is_previous=lambda text: bool(asked.append(text))))
    assert asked == []


def test_the_refusal_says_the_rule_and_the_remedy():
    assert passwords.problem("Kuai-1111").message == (
        "密码没有达到要求“没有四个相同或连续的字符（如1111、abcd、4321）”，请换一个密码"
    )
