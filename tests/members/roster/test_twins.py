"""Correcting one row of a large plan: only rows that claim the same are opened, and who has a claim stays clear."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import RowVerdict
from members.roster import mend
from members.rules import LEAGUE_NUMBER, NUMBER, PHONE
from orgs.scope import scope_of
from tests import makers
from tests.makers import number_of
from tests.members.roster.sheets import person, roster


def fixed(cast, batch, number, **cells):
    """Correct a row; the verdicts of all rows afterwards."""
    mend.fix(batch, number, cells=cells, actor=scope_of(cast.class1_admin))
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def faulty(**cells):
    return person("错手机", **{PHONE: "1", **cells})


@pytest.mark.parametrize("others", [1, 60])
def test_a_correction_takes_as_many_statements_in_a_large_file_as_in_a_small_one(cast, upload, others):
    batch = upload(cast.class1_admin, roster(faulty(), *(person() for _ in range(others))))
    with CaptureQueriesContext(connection) as made:
        mend.fix(batch, 2, cells={PHONE: "13900001111"}, actor=scope_of(cast.class1_admin))
    assert len(made) == 23


def test_the_first_of_two_in_trouble_gets_the_number_both_claim(cast, upload):
    """As at the upload: what stands above has it, also when it was put right first."""
    first, second = faulty(), faulty()
    batch = upload(cast.class1_admin, roster(first, second))
    taken = {each: second[each] for each in (NUMBER, LEAGUE_NUMBER)}
    assert fixed(cast, batch, 2, **taken, **{PHONE: "13900001111"}) == ["new", "error"]
    assert fixed(cast, batch, 3, **{PHONE: "13900001111"}) == ["new", "error"]
    assert batch.rows.get(number=3).cause == "id_twice"


def test_a_twin_with_another_fault_does_not_stand_in_the_way(cast, upload):
    """The row below is in trouble for its own reasons; the number is the first one's."""
    first = faulty()
    below = faulty(**{NUMBER: first[NUMBER], LEAGUE_NUMBER: first[LEAGUE_NUMBER]})
    batch = upload(cast.class1_admin, roster(first, below))
    assert fixed(cast, batch, 2, **{PHONE: "13900001111"}) == ["new", "error"]


def test_twins_of_a_freed_number_are_looked_at_again_in_their_order(cast, upload):
    first = faulty()
    twins = [person(**{NUMBER: first[NUMBER], LEAGUE_NUMBER: f"20216500000{at}"}) for at in (1, 2)]
    batch = upload(cast.class1_admin, roster(first, *twins))
    free = {PHONE: "13900001111", NUMBER: number_of()}
    assert fixed(cast, batch, 2, **free) == ["new", "new", "error"]
    assert "与第 3 行是同一个号码" in mend.plan.shown(batch, batch.rows.get(number=4)).problems[0].message


def test_the_lead_of_a_branch_is_claimed_too(cast, country, upload):
    chief = {"是否团干部": "是", "团内职务": "书记", "任现职年月": "2023-09", "团干部性质": "兼职"}
    chief["是否同级党委（支部）成员"] = "否"
    actor = cast.college_admin
    name = {"所在团支部全称": makers.make_org(country.college, "九班团支部").full_name}
    columns = ("所在团支部全称", *mend.rules.COLUMNS)
    rows = [person("甲同学", **chief, **name), person("乙同学", **chief, **name), faulty(**name)]
    batch = upload(actor, roster(*rows, columns=columns))
    before = list(batch.rows.order_by("number").values_list("verdict", flat=True))
    assert before == [RowVerdict.NEW, RowVerdict.ERROR, RowVerdict.ERROR]
    mend.fix(batch, 4, cells={PHONE: "13900001111", **chief}, actor=scope_of(actor))
    assert batch.rows.get(number=4).cause == "secretary_twice"
    assert "第 2 行已填写书记" in mend.plan.shown(batch, batch.rows.get(number=4)).problems[0].message
