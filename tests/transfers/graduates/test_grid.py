"""The grid of one branch: groups, states, targets, risks."""

from datetime import date

import pytest

from orgs.scope import scope_of
from tests import makers
from transfers import opening, workflow
from transfers.enums import Act
from transfers.graduates import counting, grid, marking, people
from transfers.graduates.deadlines import Limit
from transfers.models import BranchMark, Transfer

from .conftest import at, long_here

AUGUST = Limit(date(2026, 8, 31))
NOW = at(7, 1)


def rows(branch, *, now=NOW, limit=AUGUST, year=2026):
    mark = BranchMark.objects.filter(organization=branch).first()
    found = grid.rows(branch, mark, year, limit, now=now)
    return {each.account.name: each for each in found}


def words(row):
    return [word for word, _ in row.risks]


@pytest.fixture
def branch(country, cast, leave):
    for each in (cast.member, cast.classmate):
        long_here(each)
    return leave(country.class1)


def begin(member, cast, target, *, now=at(6, 10)):  # noqa: B008
    actor = scope_of(cast.class1_admin)
    return workflow.start(
        opening.build(member, opening.Wish("其他", target), actor=actor), actor=actor, now=now
    )


def decide(case, cast, act, *, now, **word):
    actor = scope_of(cast.workshop_admin)
    return workflow.act(
        Transfer.objects.get(pk=case.pk), act, actor=actor, word=workflow.Word(**word), now=now
    )


def test_everybody_has_a_row_and_its_state(branch, country, cast):
    begin(cast.member, cast, country.workshop)
    assert {name: (row.group, row.state) for name, row in rows(branch).items()} == {
        "班一丽": ("waiting", ("未发起", "todo")),
        "古丽努尔·买买提江": ("going", ("待转入审批", "todo")),
        "欧阳小明": ("waiting", ("未发起", "todo")),
    }


def test_whoever_has_left_is_still_shown_with_the_target(branch, country, cast):
    decide(begin(cast.member, cast, country.workshop), cast, Act.AGREE_IN, now=at(6, 12))
    row = rows(branch)["古丽努尔·买买提江"]
    assert (row.member, row.group, row.state, row.where) == (
        None,
        "done",
        ("已完成", "done"),
        country.workshop.full_name,
    )


def test_the_case_says_where_to_before_the_plan_does(branch, country, cast):
    actor = scope_of(cast.class1_admin)
    everybody = [cast.member.account_id, cast.classmate.account_id]
    people.plan(branch, everybody, people.Going("work_with", None, "某公司"), actor=actor)
    begin(cast.member, cast, country.workshop)
    found = rows(branch)
    assert [found[each].where for each in ("古丽努尔·买买提江", "欧阳小明")] == [
        country.workshop.full_name,
        "某公司",
    ]


@pytest.mark.parametrize(
    ("now", "risks"),
    [
        (at(7, 31), []),
        (at(8, 1), ["临近期限"]),
        (at(8, 31), ["临近期限"]),
        (at(9, 1), ["已过期限"]),
    ],
)
def test_a_deadline_comes_near_and_passes(branch, now, risks):
    assert words(rows(branch, now=now)["欧阳小明"]) == risks


def test_somebody_under_way_is_only_late_after_the_deadline(branch, country, cast):
    begin(cast.member, cast, country.workshop)
    assert words(rows(branch, now=at(8, 15))["古丽努尔·买买提江"]) == []
    assert words(rows(branch, now=at(9, 1))["古丽努尔·买买提江"]) == ["已过期限"]


def test_a_returned_and_a_lapsed_case_are_risks_until_sent_again(branch, country, cast):
    case = begin(cast.member, cast, country.workshop)
    decide(case, cast, Act.RETURN, now=at(6, 12), code="其他", remark="缺材料")
    lapsed = begin(cast.classmate, cast, country.workshop)
    workflow.by_system(
        Transfer.objects.get(pk=lapsed.pk), Act.LAPSE, actor=makers.SYSTEM, remark="", now=at(6, 21)
    )
    found = rows(branch)
    assert [words(found[each]) for each in ("古丽努尔·买买提江", "欧阳小明")] == [["已退回"], ["已失效"]]
    assert [(found[each].failed, found[each].shown) for each in found] == [
        (False, False),
        (True, True),
        (True, True),
    ]
    begin(cast.member, cast, country.workshop, now=at(6, 25))
    assert words(rows(branch)["古丽努尔·买买提江"]) == []


def test_the_only_administrator_leaves_last(branch):
    assert words(rows(branch)["班一丽"]) == ["唯一的管理员，宜最后转出"]


def test_in_a_mixed_branch_the_only_administrator_hands_over_first(country, cast):
    college = scope_of(cast.college_admin)
    marking.mark([country.class1.pk], "mixed", actor=college, now=at(5, 10))
    people.mark(
        country.class1, [cast.class1_admin.pk], "graduate", date(2026, 6, 1), actor=college, now=at(5, 10)
    )
    found = rows(country.class1)
    assert (found["班一丽"].group, words(found["班一丽"])) == ("waiting", ["唯一的管理员，须先交接"])
    assert (found["欧阳小明"].group, words(found["欧阳小明"])) == ("others", [])


def test_without_a_mobile_number_nobody_is_reached(branch, cast):
    cast.classmate.account.write_phone("")
    cast.classmate.account.save()
    assert words(rows(branch)["欧阳小明"]) == ["没有手机号码"]


@pytest.mark.parametrize(
    ("born", "risks"),
    [
        (date(1998, 10, 1), []),
        (date(1998, 9, 29), ["即将满28周岁"]),
        (date(1998, 7, 2), ["即将满28周岁"]),
        (date(1998, 7, 1), ["已满28周岁"]),
    ],
)
def test_28_comes_near(branch, country, born, risks):
    makers.make_member(branch, "年长同学", number=makers.number_of(born))
    assert words(rows(branch)["年长同学"]) == risks


def test_who_is_marked_has_no_risks_and_does_not_count(branch, cast):
    people.mark(branch, [cast.classmate.account_id], "teacher", actor=scope_of(cast.class1_admin))
    row = rows(branch, now=at(9, 1))["欧阳小明"]
    assert (row.group, row.state, row.marked, words(row)) == ("spared", ("不计入", "neutral"), "教师", [])


def test_somebody_delayed_is_to_leave_from_the_new_month(branch, cast):
    people.mark(
        branch, [cast.classmate.account_id], "delayed", date(2027, 6, 1), actor=scope_of(cast.class1_admin)
    )
    assert rows(branch)["欧阳小明"].group == "spared"
    assert rows(branch, now=at(6, 1, year=2027))["欧阳小明"].group == "waiting"


def test_the_numbers_are_those_of_the_figures(branch, country, cast):
    decide(begin(cast.member, cast, country.workshop), cast, Act.AGREE_IN, now=at(6, 12))
    people.mark(branch, [cast.classmate.account_id], "floating", actor=scope_of(cast.class1_admin))
    tally = grid.tally(rows(branch).values())
    figures = counting.tallies([branch.pk], branch.path, 2026, today=NOW.date())[branch.pk]
    assert (tally.waiting, tally.going, tally.done, tally.spared) == (
        figures.waiting,
        figures.going,
        figures.done,
        figures.spared,
    )


def test_the_tabs_count_their_rows(branch, country, cast):
    begin(cast.member, cast, country.workshop)
    found = list(rows(branch).values())
    assert [(key, count) for key, _, count, _ in grid.tabs(found, "")] == [
        ("", 3),
        ("waiting", 2),
        ("going", 1),
        ("risks", 1),
    ]
    assert [each.account.name for each in grid.narrowed(found, "risks")] == ["班一丽"]


def test_the_grid_costs_the_same_for_any_number(branch, django_assert_num_queries):
    with django_assert_num_queries(8):
        rows(branch)
    for at_ in range(5):
        makers.make_member(branch, f"同学{chr(0x4E00 + at_)}")
    with django_assert_num_queries(8):
        rows(branch)
