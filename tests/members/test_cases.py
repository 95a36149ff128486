"""The table of the live checks, held against the rules of Python; tests/journeys/test_live_checks.py has JavaScript's."""

import pytest

from accounts import idcard
from members import rules

from .cases import LINES, TODAY


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_the_rules_say_what_the_table_says(line):
    of_id = idcard.problem(line.id_number, today=TODAY)
    born = idcard.birth_date(line.id_number) if of_id else None
    of_joining = rules.joining(born, line.joined, today=TODAY).cause if born else line.of_joining
    of_league = rules.league_number(line.league_number, born, line.joined).cause if born else line.of_league
    over_age = bool(born) and not rules.current_age(born, holds_post=False, today=TODAY)
    assert (of_id.cause, of_joining, of_league, over_age) == (
        line.of_id,
        line.of_joining,
        line.of_league,
        line.over_age,
    )
