"""Initials for search."""

import pytest

from zhtj.lib.initials import initials


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王玉兰", "wyl"),
        ("古丽努尔·买买提江", "glnemmtj"),
        ("2023级1班团支部", "2023j1btzb"),
        ("Anna 李", "annal"),
        ("㐀", "q"),
        ("", ""),
    ],
)
def test_one_letter_a_character(text, expected):
    assert initials(text) == expected
