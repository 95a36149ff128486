"""What becomes of each line of a list, and which members no line means."""

from __future__ import annotations

from datetime import date

import pytest

from members.matching.compare import Group, compare
from members.matching.reading import LOST, Line
from orgs.scope import scope_of
from tests import makers

TODAY = date(2026, 11, 23)


@pytest.fixture
def people(country):
    """Two Zhangs and a Li in class 1, somebody in class 2, somebody in another province, a cadre without 团籍."""
    members = {
        "li": makers.make_member(country.class1, "李四"),
        "zhang": makers.make_member(country.class1, "张三"),
        "zhang2": makers.make_member(country.class1, "张三"),
        "next": makers.make_member(country.class2, "王五"),
        "far": makers.make_member(country.workshop, "赵六"),
    }
    return members | {"cadre": makers.make_account("钱七")}


@pytest.fixture
def found(country, cast, people):
    def found(*lines):
        scope = scope_of(cast.class1_admin)
        return compare(lines, country.class1, scope=scope, today=TODAY)

    return found


def number(member) -> str:
    return getattr(member, "account", member).id_number


def group(comparison) -> Group:
    return comparison.matches[0].group


def test_the_same_name_and_number_are_in_both(found, people):
    assert group(found(Line(1, "李四", number(people["li"])))) == Group.BOTH


def test_a_number_alone_is_enough(found, people):
    assert group(found(Line(1, "", number(people["li"])))) == Group.BOTH


def test_a_number_under_another_name_is_unsure_and_shows_the_name(found, people):
    match = found(Line(1, "李思", number(people["li"]))).matches[0]
    assert (match.group, match.why, match.people) == (
        Group.UNSURE,
        "号码相同，系统中的姓名是“李四”。",
        (people["li"],),
    )


def test_a_unique_name_without_a_number_is_in_both_and_says_how(found):
    match = found(Line(1, "李四", "")).matches[0]
    assert (match.group, match.why) == (Group.BOTH, "按姓名核对，名单上没有可用的号码。")


def test_a_name_that_two_bear_is_unsure(found):
    match = found(Line(1, "张三", "")).matches[0]
    assert (match.group, len(match.people)) == (Group.UNSURE, 2)


def test_two_lines_with_one_name_are_unsure(found):
    assert [each.group for each in found(Line(1, "李四", ""), Line(2, "李四", "")).matches] == [
        Group.UNSURE
    ] * 2


def test_a_namesake_with_another_number_may_be_a_mistyped_digit(found):
    assert group(found(Line(1, "李四", makers.number_of()))) == Group.UNSURE


def test_nobody_known_is_only_on_the_list(found):
    assert group(found(Line(1, "孙八", makers.number_of()))) == Group.LIST_ONLY


def test_an_account_without_membership_is_only_on_the_list_and_says_so(found, people):
    match = found(Line(1, "钱七", number(people["cadre"]))).matches[0]
    assert (match.group, match.why) == (Group.LIST_ONLY, "系统中有此人的账号，但没有团籍。")


def test_somebody_beside_is_named_with_the_branch(found, people, country):
    match = found(Line(1, "王五", number(people["next"]))).matches[0]
    assert (match.group, match.why) == (Group.ELSEWHERE, f"团籍在“{country.class2.full_name}”。")


def test_somebody_far_away_is_named_with_no_branch(found, people, country):
    match = found(Line(1, "赵六", number(people["far"]))).matches[0]
    assert match.group == Group.ELSEWHERE
    assert country.workshop.full_name not in match.why


def test_a_strangers_number_under_another_name_tells_nothing_of_the_stranger(found, people):
    match = found(Line(1, "某某", number(people["far"]))).matches[0]
    assert (match.group, match.people) == (Group.UNSURE, ())
    assert "赵六" not in match.why


@pytest.mark.parametrize("line", [Line(1, "李四", "123"), Line(1, "李四", "", LOST)])
def test_a_faulty_number_is_unsure_and_shows_the_namesake(found, people, line):
    match = found(line).matches[0]
    assert (match.group, match.people) == (Group.UNSURE, (people["li"],))


def test_a_repeated_number_is_unsure(found, people):
    line = Line(1, "李四", number(people["li"]))
    comparison = found(line, Line(2, "李四", line.number))
    assert [each.group for each in comparison.matches] == [Group.BOTH, Group.UNSURE]


def test_whoever_no_line_means_is_only_in_the_system(found, people):
    comparison = found(Line(1, "李四", number(people["li"])))
    rest = [each.account.name for each in comparison.rest if each.account.name in ("张三", "李四")]
    assert rest == ["张三", "张三"]


def test_every_line_and_every_member_is_counted_once(found, people, country):
    comparison = found(Line(1, "李四", ""), Line(2, "孙八", ""), Line(3, "王五", number(people["next"])))
    lines = sum(comparison.counts[each] for each in Group if each != Group.SYSTEM_ONLY)
    both = comparison.counts[Group.BOTH]
    assert (lines, both + comparison.counts[Group.SYSTEM_ONLY]) == (3, country.class1.members.count())


def test_a_long_list_costs_as_many_queries_as_a_short_one(found, people, django_assert_num_queries):
    lines = [Line(at, "", makers.number_of()) for at in range(1, 60)]
    for size in (1, 59):
        with django_assert_num_queries(8):
            found(*lines[:size], Line(99, "王五", number(people["next"])))
