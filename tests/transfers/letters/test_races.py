"""Two issuers at once: no number is given twice, none is left out, and nobody waits for ever."""

from __future__ import annotations

import itertools

import pytest
from django.db import transaction

from orgs.enums import Category
from orgs.scope import of_command
from tests import interleave, makers
from transfers import opening, workflow
from transfers.enums import Act
from transfers.letters import issuing, numbers
from transfers.letters.parties import parties
from transfers.models import Letter, LetterRange, Transfer
from transfers.opening import Wish
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db(transaction=True)


_serial = itertools.count(1)


class World:
    """Two colleges of a university of its own, and cases of members of the one to a class of the other."""

    def __init__(self, people: int = 2, *, ranged: bool = False):
        self.university = makers.make_org(None, f"第{next(_serial)}大学团委", Category.COMMITTEE)
        self.college = makers.make_org(self.university, "甲学院团委", Category.COMMITTEE)
        self.other = makers.make_org(self.university, "乙学院团委", Category.COMMITTEE)
        self.branch, self.target = (
            makers.make_org(self.college, "一班团支部"),
            makers.make_org(self.other, "二班团支部"),
        )
        self.actor, self.receiver = of_command("tests", self.college), of_command("tests", self.other)
        if ranged:
            giver = of_command("tests", self.university)
            numbers.give(self.university, self.college, 1001, 1100, actor=giver)
        self.cases = [self._sent(f"同学{at}") for at in range(people)]

    def _sent(self, name):
        member = makers.make_member(self.branch, name)
        wish = Wish(reason="其他", target=self.target)
        return workflow.start(opening.build(member, wish, actor=self.actor), actor=self.actor)

    def issue(self, at: int) -> Letter:
        case = Transfer.objects.select_related("account", "source", "target").get(pk=self.cases[at].pk)
        return issuing.issue(case, addressee=parties(case).addressee, actor=self.actor)

    def again(self, at: int) -> Transfer:
        return Transfer.objects.get(pk=self.cases[at].pk)

    def numbers(self) -> list[int]:
        return sorted(Letter.objects.filter(transfer__in=self.cases).values_list("number", flat=True))


@pytest.mark.parametrize("ranged", [False, True])
def test_twenty_issuers_at_once_give_twenty_numbers_in_a_row(ranged):
    here = World(20, ranged=ranged)
    outcomes = interleave.all_at_once(*(lambda at=at: here.issue(at) for at in range(20)))
    first = 1001 if ranged else 1
    assert [each.error for each in outcomes] == [None] * 20
    assert here.numbers() == list(range(first, first + 20))


def test_the_same_case_gets_one_letter():
    here = World(1)
    outcomes = interleave.all_at_once(*(lambda: here.issue(0) for _ in range(6)))
    assert sum(each.error is None for each in outcomes) == 1
    assert all(isinstance(each.error, Refused) for each in outcomes if each.error)
    assert here.numbers() == [1]


def test_some_fail_and_no_gap_is_left():
    """Every other act is rolled back after its number was taken."""
    here = World(10)

    def fail(at):
        with transaction.atomic():
            here.issue(at)
            transaction.set_rollback(True)
        return True

    acts = [(lambda at=at: fail(at)) if at % 2 else (lambda at=at: here.issue(at)) for at in range(10)]
    outcomes = interleave.all_at_once(*acts)
    assert [each.error for each in outcomes] == [None] * 10
    assert here.numbers() == [1, 2, 3, 4, 5]


def test_overlapping_ranges_given_at_once_leave_one():
    here = World(0)
    giver = of_command("tests", here.university)
    outcomes = interleave.all_at_once(
        lambda: numbers.give(here.university, here.college, 1, 100, actor=giver),
        lambda: numbers.give(here.university, here.other, 100, 200, actor=giver),
    )
    assert sum(each.error is None for each in outcomes) == 1
    assert LetterRange.objects.filter(register=here.university).count() == 1


# -- a letter meets its case ------------------------------------------------------------------------


def agree(here):
    return workflow.act(here.again(0), Act.AGREE_IN, actor=here.receiver)


def send_back(here):
    back = workflow.Word("其他", "缺材料")
    return workflow.act(here.again(0), Act.RETURN, actor=here.receiver, word=back)


def void(here):
    letter = Letter.objects.filter(transfer=here.cases[0]).select_related("issuer").first()
    return letter and issuing.void(letter, "写错", actor=here.actor)


def reissue(here):
    letter = Letter.objects.filter(transfer=here.cases[0]).select_related("issuer").first()
    return letter and issuing.reissue(letter, "遗失", actor=here.actor)


def with_letter():
    here = without_letter()
    here.issue(0)
    return here


def without_letter():
    return World(1)


def true_to_the_case(here, *outcomes):
    """At most one living letter, in step with its case; numbers without a gap; nobody fails but by a refusal."""
    assert all(each.error is None or isinstance(each.error, Refused) for each in outcomes)
    case = here.again(0)
    letters = Letter.objects.filter(transfer=case)
    assert here.numbers() == list(range(1, len(letters) + 1))
    living = [each.state for each in letters if each.state != "void"]
    fitting = {"in": {"issued"}, "done": {"returned"}, "returned": set()}[case.state]
    assert len(living) <= 1
    assert set(living) <= fitting


@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.prove)])
@pytest.mark.parametrize(
    ("world", "one", "two"),
    [
        (without_letter, lambda here: here.issue(0), agree),
        (without_letter, agree, lambda here: here.issue(0)),
        (without_letter, send_back, lambda here: here.issue(0)),
        (with_letter, reissue, agree),
        (with_letter, agree, reissue),
        (with_letter, void, send_back),
        (with_letter, send_back, reissue),
        (with_letter, void, reissue),
    ],
)
def test_a_letter_meets_its_case_at_every_statement(step, world, one, two):
    assert interleave.every_meeting(world, one, two, true_to_the_case, step=step) > 1
