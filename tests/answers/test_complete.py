"""All 58 questions have exactly one answer, a page that shows it, and an example that walks it."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from zhtj.help.topics import TOPICS, find

# fmt: off
QUESTIONS = (
    "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8",
    "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9",
    "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12", "q13", "q14",
    "q15", "q16", "q17", "q18", "q19", "q20", "q21", "q22", "q23", "q24", "q25", "q26", "q27", "q28",
    "q29", "q30", "q31", "q32", "q33", "q34", "q35", "q36", "q37", "q38", "q39", "q40", "q41",
)
# fmt: on


@cache
def examples() -> tuple[str, ...]:
    """The names of all tests beside this one."""
    here = Path(__file__).parent
    trees = (ast.parse(path.read_text()) for path in sorted(here.glob("test_*.py")))
    return tuple(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_there_are_58_questions():
    assert len(set(QUESTIONS)) == 58


def test_every_question_belongs_to_exactly_one_answer():
    assert Counter(key for topic in TOPICS for key in topic.keys) == Counter(QUESTIONS)


@pytest.mark.parametrize("key", QUESTIONS)
def test_every_question_has_its_page_with_the_answer(client, key):
    page = client.get(f"/help/{key}/")
    topic = find(key)
    assert page.status_code == 200
    assert len(page.context["body"]) > 100
    assert topic.title in page.content.decode()


@pytest.mark.parametrize("key", QUESTIONS)
def test_every_question_is_walked_by_an_example(key):
    assert [name for name in examples() if name.startswith(f"test_{key}_")] != []
