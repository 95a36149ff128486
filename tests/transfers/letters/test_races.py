"""Two issuers at once: no number is given twice, none is left out, and nobody waits for ever."""

from __future__ import annotations

import pytest
from django.db import transaction

from orgs.enums import Category
from orgs.scope import of_command, scope_of
from tests import interleave, makers
from tests.cast import plant_country
from transfers import opening, workflow
from transfers.enums import Act
from transfers.letters import issuing, numbers
from transfers.letters.parties import parties
from transfers.models import Letter, LetterRange, Transfer
from transfers.opening import Wish
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db(transaction=True)


class World:
    """A college of its own below a university, and cases of its members to a company."""

    def __init__(self, people: int = 2, *, ranged: bool = False):
        self.country = plant_country()
        self.actor = of_command("tests", self.country.college)
        if ranged:
            giver = of_command("tests", self.country.university)
            numbers.give(self.country.university, self.country.college, 1001, 1100, actor=giver)
        self.cases = [self._sent(f"同学{at}") for at in range(people)]

    def _sent(self, name):
        member = makers.make_member(self.country.class1, name)
        wish = Wish(reason="其他", target=self.country.workshop)
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
    country = plant_country()
    other = makers.make_org(country.university, "文学院团委", Category.COMMITTEE)
    giver = of_command("tests", country.university)
    outcomes = interleave.all_at_once(
        lambda: numbers.give(country.university, country.college, 1, 100, actor=giver),
        lambda: numbers.give(country.university, other, 100, 200, actor=giver),
    )
    assert sum(each.error is None for each in outcomes) == 1
    assert LetterRange.objects.count() == 1


def test_a_letter_issued_while_the_case_is_sent_back_is_void_or_refused():
    here = World(1)
    back = workflow.Word("其他", "缺材料")
    company = scope_of(makers.make_admin(here.country.company, "齐公司"))
    outcomes = interleave.all_at_once(
        lambda: here.issue(0),
        lambda: workflow.act(here.again(0), Act.RETURN, actor=company, word=back),
    )
    assert outcomes[1].error is None
    letters = list(Letter.objects.values_list("state", flat=True))
    assert letters == (["void"] if outcomes[0].error is None else [])
