"""受理号: how it looks and how kindly it is read."""

from accounts.reset import ALPHABET
from members.applications import receipts


def test_twelve_symbols_none_of_which_looks_like_another():
    drawn = receipts.draw()
    assert (len(drawn), set(drawn) <= set(ALPHABET)) == (12, True)


def test_no_two_are_the_same():
    assert len({receipts.draw() for _ in range(100)}) == 100


def test_case_blanks_hyphens_and_width_do_not_matter():
    assert receipts.tidy(" abcd-EFGH ２３45") == "ABCDEFGH2345"


def test_an_administrator_sees_its_end():
    assert receipts.tail("ABCDEFGH2345") == "2345"
