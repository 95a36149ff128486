"""What a registration code looks like."""

import pytest

from regcodes import alphabet


def test_eight_of_sixty_two_symbols():
    code = alphabet.draw()
    assert (len(alphabet.SYMBOLS), len(code), set(code) <= set(alphabet.SYMBOLS)) == (62, 8, True)


def test_every_symbol_occurs():
    assert set("".join(alphabet.draw() for _ in range(2000))) == set(alphabet.SYMBOLS)


@pytest.mark.parametrize("typed", ["A7kQ2mXz", " A7kQ 2mXz ", "Ａ７ｋＱ２ｍＸｚ", "A7kQ\u30002mXz"])
def test_blanks_and_width_do_not_matter_but_the_case_does(typed):
    assert alphabet.tidy(typed) == "A7kQ2mXz"
