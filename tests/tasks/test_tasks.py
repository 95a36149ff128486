"""Each task takes what docs/tasks.md says, and less than it did; every row there has its walk."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from tests.answers.visitor import Visitor

from .walks import TASKS

ROW = re.compile(r"^\|.*\| (\d+) \+ (\d+) \| (\d+) \+ (\d+) \| `(\w+)` \|$", re.MULTILINE)
DOC = Path(settings.BASE_DIR, "docs", "tasks.md")


def told() -> dict[str, tuple[int, ...]]:
    """What the page says of each walk: clicks and fields before and now."""
    return {row[4]: tuple(map(int, row[:4])) for row in ROW.findall(DOC.read_text())}


@pytest.mark.parametrize("name", TASKS)
def test_a_task_takes_what_the_page_says(name, cast, country):
    task, world = TASKS[name], SimpleNamespace(cast=cast, country=country)
    task.prepare(world)
    person = getattr(cast, task.who)
    visitor = Visitor()
    visitor.client.force_login(getattr(person, "account", person))
    task.walk(visitor.opens("/"), world)
    assert (visitor.clicks, visitor.fields) == told()[name][2:]


def test_the_page_has_a_row_for_every_walk_and_each_is_shorter_now():
    rows = told()
    assert sorted(rows) == sorted(TASKS)
    assert [name for name, row in rows.items() if sum(row[2:]) >= sum(row[:2])] == []
    assert {name: row[:2] for name, row in rows.items()} == {
        name: (task.clicks, task.fields) for name, task in TASKS.items()
    }


def test_each_of_the_three_has_ten_rows_at_least():
    counted = Counter(task.who[:5] for task in TASKS.values())
    assert {who: number >= 10 for who, number in counted.items()} == {
        "class": True,
        "colle": True,
        "membe": True,
    }
