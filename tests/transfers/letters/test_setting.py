"""Lines of Chinese text: marks stay with their words, nothing is lost, nothing is wider than the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from transfers.letters import typeface
from transfers.letters.setting import CLOSING, OPENING, lines

TEXTS = st.text(st.sampled_from("团组织关系介绍信（）“”，。：· 0123abcXYZ*-_"), max_size=120)


@pytest.fixture(autouse=True, scope="module")
def loaded():
    typeface.load()


@given(TEXTS)
def test_nothing_is_lost(text):
    assert "".join("".join(lines(text, 10, 120)).split()) == "".join(text.split())


@given(TEXTS)
def test_no_line_is_wider_than_the_room_but_for_hanging_marks(text):
    for line in lines(text, 10, 120):
        assert stringWidth(line.strip("".join((OPENING, CLOSING))), typeface.NAME, 10) <= 120


@pytest.mark.parametrize("width", range(60, 200, 7))
def test_marks_stay_with_their_words(width):
    text = "古丽努尔（男，维吾尔族，2003-05 出生），由“石河子大学”转往“某公司”。"
    found = lines(text, 10, width)
    assert [line for line in found if line[0] in CLOSING or line[-1] in OPENING] == []


def test_numbers_stay_whole():
    found = lines("身份证号码 659***********1234，编号 2019650012。", 10, 130)
    assert sum("659***********1234" in line for line in found) == 1


def test_a_word_longer_than_the_line_is_cut():
    assert "".join(lines("x" * 200, 10, 100)) == "x" * 200
