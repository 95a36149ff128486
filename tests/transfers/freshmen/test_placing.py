"""Class branches for many: the plan first, then one act for all (§6.7)."""

from __future__ import annotations

import pytest

from members.models import Member
from tests import makers
from transfers.freshmen import people, placing
from transfers.models import Transfer
from zhtj.lib.verdict import Refused


@pytest.fixture
def three(country, admin, receive):
    """One case 待分配支部 and two people of the temporary branch."""
    receive("到学院", "college")
    for name in ("临时甲", "临时乙"):
        makers.make_member(country.freshmen, name)
    return placing.waiting(people.desk(country.college), admin)


def branch_of(name: str) -> str:
    return Member.objects.get(account__name=name).branch.short_name


def test_everybody_goes_as_planned_in_one_act(country, admin, three):
    plan = placing.to_one(three, country.class1)
    assert placing.carry_out(country.college, placing.read(plan.pairs), actor=admin) == 3
    assert {branch_of(name) for name in ("到学院", "临时甲", "临时乙")} == {"2023级1班团支部"}
    assert list(Transfer.objects.open()) == []


def test_each_move_out_of_the_temporary_branch_is_a_finished_case(country, admin, three):
    plan = placing.to_one(three, country.class1)
    placing.carry_out(country.college, placing.read(plan.pairs), actor=admin)
    placed = Transfer.objects.filter(reason="支部调整", state="done", source=country.freshmen)
    assert {each.account.name for each in placed} == {"临时甲", "临时乙"}


def test_an_even_split_fills_the_smaller_class_first(country, cast, admin, three):
    at = people.desk(country.college)  # class 1 has three members, class 2 one
    plan = placing.evenly(three, at.classes)
    assert [(each.short_name, count) for each, count in plan.classes] == [
        ("2023级1班团支部", 1),
        ("2023级2班团支部", 2),
    ]


def test_a_plan_that_no_longer_holds_moves_nobody(country, admin, three):
    plan = placing.to_one(three, country.class1)
    Member.objects.filter(account__name="临时甲").update(held="transfer")
    with pytest.raises(Refused) as refusal:
        placing.carry_out(country.college, placing.read(plan.pairs), actor=admin)
    assert refusal.value.verdict.cause == "changed"
    assert branch_of("临时乙") == "2019级新生临时团支部"


@pytest.mark.parametrize("target", ["freshmen", "workshop", "college"])
def test_only_class_branches_of_the_college_are_targets(country, admin, three, target):
    pairs = {three[0].key: getattr(country, target).pk}
    with pytest.raises(Refused) as refusal:
        placing.carry_out(country.college, pairs, actor=admin)
    assert refusal.value.verdict.cause == "changed"


def test_somebody_else_s_people_are_not_placed(country, seats, three):
    with pytest.raises(Refused) as refusal:
        placing.carry_out(country.college, {three[0].key: country.class1.pk}, actor=seats["class1_admin"])
    assert refusal.value.verdict.cause == "not_own"


def test_nobody_chosen_is_refused(country, admin):
    with pytest.raises(Refused) as refusal:
        placing.carry_out(country.college, {}, actor=admin)
    assert refusal.value.verdict.cause == "nobody"


# -- a pasted list ----------------------------------------------------------------------------------


def planned(country, admin, text: str) -> dict[str, str]:
    """What the plan says of each line: the class or the reason."""
    at = people.desk(country.college)
    plan = placing.by_list(text, at, placing.waiting(at, admin))
    return {each.name: each.branch.short_name if each.branch else each.verdict.cause for each in plan.rows}


@pytest.mark.parametrize(
    "said",
    ["2023级1班团支部", "2023级1班", "新疆生产建设兵团石河子大学石河子大学医学院2023级1班团支部"],
)
def test_a_class_is_named_short_whole_or_without_its_ending(country, admin, three, said):
    assert planned(country, admin, f"临时甲 {said}") == {"临时甲": "2023级1班团支部"}


def test_a_number_finds_the_person_too(country, admin, three):
    number = Member.objects.get(account__name="临时乙").account.id_number
    assert planned(country, admin, f"临时乙\t{number}\t2023级2班") == {"临时乙": "2023级2班团支部"}


def test_lines_that_say_nothing_sure_are_named_with_the_reason(country, admin, three):
    makers.make_member(country.freshmen, "临时甲")
    text = "临时甲 2023级1班\n临时乙\n无此人 2023级1班\n到学院 2029级9班团支部"
    assert planned(country, admin, text) == {
        "临时甲": "namesakes",
        "临时乙": "class",
        "无此人": "not_here",
        "到学院": "class",
    }


def test_a_class_that_does_not_exist_is_named_without_its_ending_too(country, admin, three):
    at = people.desk(country.college)
    (row,) = placing.by_list("临时乙 2023级99班", at, placing.waiting(at, admin)).rows
    assert "2023级99班" in row.verdict.reason


def test_the_same_person_twice_goes_once(country, admin, three):
    at = people.desk(country.college)
    text = "临时乙 2023级1班\n临时乙 2023级2班"
    plan = placing.by_list(text, at, placing.waiting(at, admin))
    assert [(bool(each.verdict), each.verdict.cause) for each in plan.rows] == [(True, ""), (False, "twice")]
