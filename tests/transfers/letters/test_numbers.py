"""The register runs on without gaps or repeats; ranges lie apart and are used up in order."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from orgs.enums import Category
from tests import makers
from transfers.letters import issuing, numbers
from transfers.models import Letter, LetterRange
from zhtj.lib.verdict import Refused


def give(country, seats, first, last):
    return numbers.give(country.university, country.college, first, last, actor=seats.university_admin)


def issued(*letters):
    return [each.number for each in letters]


def test_the_own_register_counts_from_one(sent, issue):
    assert issued(*(issue(sent(f"同学{at}")) for at in "甲乙丙")) == [1, 2, 3]


def test_a_number_rolled_back_leaves_no_gap(sent, issue):
    case = sent()
    with transaction.atomic():
        issue(case)
        transaction.set_rollback(True)
    assert issue(case).number == 1


def test_a_range_is_used_in_order_and_counts_in_the_givers_register(country, seats, sent, issue):
    give(country, seats, 1001, 1002)
    first, second = issue(sent("甲")), issue(sent("乙"))
    assert (issued(first, second), first.register_id) == ([1001, 1002], country.university.pk)


def test_a_second_range_follows_the_first(country, seats, sent, issue):
    give(country, seats, 1001, 1001)
    give(country, seats, 5, 9)
    assert issued(issue(sent("甲")), issue(sent("乙"))) == [1001, 5]


def test_a_range_used_up_is_refused_with_the_remedy(country, seats, sent, issue):
    give(country, seats, 7, 7)
    issue(sent("甲"))
    with pytest.raises(Refused, match="号段用完"):
        issue(sent("乙"))
    assert Letter.objects.count() == 1


def test_the_giver_goes_around_what_it_gave(country, seats):
    give(country, seats, 2, 3)
    with transaction.atomic():
        assert [each.number for each in numbers.take(country.university, 3)] == [1, 4, 5]


@pytest.mark.parametrize(("first", "last"), [(10, 20), (20, 30), (5, 10), (12, 13), (1, 99)])
def test_ranges_never_overlap(country, seats, first, last):
    give(country, seats, 10, 20)
    with pytest.raises(Refused, match="已分给下级"):
        give(country, seats, first, last)


def test_the_database_itself_forbids_the_overlap(country, seats):
    given = give(country, seats, 10, 20)
    twin = LetterRange(
        register=country.university,
        holder=country.college,
        first=20,
        last=25,
        used=19,
        given_at=timezone.now(),
        given_by_name="某人",
    )
    with pytest.raises(IntegrityError, match="letter_ranges_apart"), transaction.atomic():
        twin.save()
    assert LetterRange.objects.get() == given


@pytest.mark.parametrize(("first", "last", "cause"), [(0, 5, "last"), (9, 8, "last"), (1, 200_000, "last")])
def test_a_range_is_sound(country, seats, first, last, cause):
    with pytest.raises(Refused) as refused:
        give(country, seats, first, last)
    assert refused.value.verdict.cause == cause


def test_used_numbers_are_not_given_away(country, seats, sent, issue):
    numbers.give(country.college, _general(country), 50, 60, actor=seats.college_admin)
    issue(sent())
    with pytest.raises(Refused, match="1 号已经用过"):
        numbers.give(country.college, _general(country), 1, 9, actor=seats.college_admin)


def _general(country):
    existing = country.college.children.filter(category=Category.GENERAL_BRANCH).first()
    return existing or makers.make_org(country.college, "2026级团总支", Category.GENERAL_BRANCH)


@pytest.mark.parametrize("holder", ["class1", "university", "company"])
def test_ranges_go_to_offices_below(country, seats, holder):
    with pytest.raises(Refused) as refused:
        numbers.give(country.university, getattr(country, holder), 1, 9, actor=seats.university_admin)
    assert refused.value.verdict.cause == "holder"


@pytest.mark.parametrize("who", ["college_admin", "corps_admin", "zibo_admin", "member"])
def test_only_the_own_administrators_give(country, seats, who):
    with pytest.raises(Refused) as refused:
        numbers.give(country.university, country.college, 1, 9, actor=getattr(seats, who))
    assert refused.value.verdict.cause == "not_issuer"


def test_what_is_taken_back_is_used_by_the_giver(country, seats, sent, issue):
    given = give(country, seats, 1, 3)
    issue(sent("甲"))
    numbers.take_back(given, actor=seats.university_admin)
    with transaction.atomic():
        assert [each.number for each in numbers.take(country.university, 2)] == [2, 3]


def test_a_range_never_used_and_taken_back_leaves_the_own_register(country, seats, sent, issue):
    numbers.take_back(give(country, seats, 40, 50), actor=seats.university_admin)
    letter = issue(sent())
    assert (letter.number, letter.register_id) == (1, country.college.pk)


def test_nothing_is_taken_back_twice(country, seats):
    given = give(country, seats, 40, 50)
    numbers.take_back(given, actor=seats.university_admin)
    with pytest.raises(Refused, match="没有未用的编号"):
        numbers.take_back(given, actor=seats.university_admin)


def test_the_register_steps_over_numbers_used_by_others(country, seats, sent):
    given = give(country, seats, 2, 3)
    with transaction.atomic():
        cases = [sent("甲", source=country.class1)]
        issuing.issue_many(cases, actor=seats.college_admin)  # 2, out of the range
    numbers.take_back(given, actor=seats.university_admin)
    with transaction.atomic():
        assert [each.number for each in numbers.take(country.university, 3)] == [1, 3, 4]


@pytest.mark.parametrize("column", ["number", "register_id", "transfer_id"])
def test_the_database_keeps_numbers_and_letters(sent, issue, column):
    letter = issue(sent())
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**{column: getattr(letter, column)})
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).delete()
