"""The night on which marked classes become 毕业生团支部, and what stays as it was."""

from datetime import date

import pytest

from accounts.models import Notice
from orgs.enums import Category
from orgs.models import Organization, Post, Seat
from orgs.scope import scope_of
from tests import makers
from transfers import opening, workflow
from transfers.enums import State
from transfers.graduates import leaving, marking
from transfers.models import BranchMark, Transfer
from zhtj.audit.models import AuditEntry
from zhtj.desk import closing

from .conftest import at

JUNE, LATER = date(2026, 6, 1), date(2027, 6, 1)


@pytest.fixture
def marked(country, cast):
    """Class 1 leaves in 2026, class 2 a year later; the branch of newcomers is mixed."""
    college = scope_of(cast.college_admin)
    for branch, kind, month in (
        (country.class1, "class", JUNE),
        (country.class2, "class", LATER),
        (country.freshmen, "mixed", None),
    ):
        marking.mark([branch.pk], kind, month, actor=college, now=at(5, 10))


def categories(*branches):
    return [Organization.objects.get(pk=each.pk).category for each in branches]


def test_before_the_day_nothing_happens(country, marked):
    assert leaving.turn_all(at(5, 31, 23)) == 0
    assert categories(country.class1) == [Category.BRANCH]


def test_on_the_day_this_years_classes_change_and_nothing_else(country, marked):
    assert leaving.turn_all(at(6, 1, 1)) == 1
    assert categories(country.class1, country.class2, country.freshmen) == [
        Category.GRADUATE_BRANCH,
        Category.BRANCH,
        Category.BRANCH,
    ]


def test_doing_it_twice_does_no_harm(country, marked):
    leaving.turn_all(at(6, 1, 1))
    since = BranchMark.objects.get(organization=country.class1).leaving_since
    assert leaving.turn_all(at(6, 2, 1)) == 0
    assert BranchMark.objects.get(organization=country.class1).leaving_since == since
    assert AuditEntry.objects.filter(verb="graduates.became_leaving").count() == 1


def test_only_the_category_changes(country, cast, marked):
    def rest():
        facts = Organization.objects.filter(pk=country.class1.pk).values().get()
        facts.pop("category")
        seats = list(Seat.objects.filter(organization=country.class1).values())
        posts = list(Post.objects.filter(organization=country.class1).values())
        return facts, seats, posts, list(country.class1.members.values())

    before = rest()
    leaving.turn_all(at(6, 1, 1))
    assert rest() == before


def test_missed_days_are_caught_up_and_count_from_the_day(country, marked):
    assert leaving.turn_all(at(6, 9, 1)) == 1
    assert BranchMark.objects.get(organization=country.class1).leaving_since == at(6, 1, 0)


def test_a_missed_year_is_caught_up_before_the_next_day(country, marked):
    assert leaving.turn_all(at(2, 1, 1, year=2027)) == 1
    assert categories(country.class1, country.class2) == [Category.GRADUATE_BRANCH, Category.BRANCH]


def test_a_branch_marked_too_late_changes_the_next_night_and_counts_from_its_marking(country, cast):
    marking.mark([country.class1.pk], "class", JUNE, actor=scope_of(cast.college_admin), now=at(7, 3))
    assert leaving.turn_all(at(7, 4, 1)) == 1
    assert BranchMark.objects.get(organization=country.class1).leaving_since == at(7, 3)


def test_a_mark_corrected_before_the_night_does_not_change_the_branch(country, cast, marked):
    marking.mark([country.class1.pk], "class", LATER, actor=scope_of(cast.college_admin), now=at(5, 31))
    assert leaving.turn_all(at(6, 1, 1)) == 0


def test_a_deleted_branch_does_not_change(country, cast, marked):
    empty = makers.make_org(country.college, "2022级9班团支部")
    marking.mark([empty.pk], "class", JUNE, actor=scope_of(cast.college_admin), now=at(5, 10))
    closing.close(empty, actor=scope_of(cast.college_admin))
    leaving.turn_all(at(6, 1, 1))
    assert categories(empty) == [Category.BRANCH]


def test_it_is_recorded_with_the_change(country, marked):
    leaving.turn_all(at(6, 1, 1))
    row = AuditEntry.objects.get(verb="graduates.became_leaving")
    assert (row.organization_id, row.detail["changes"]) == (
        country.class1.pk,
        [["组织类别", "团支部", "毕业生团支部"]],
    )


def test_the_branch_and_its_superior_are_told_once(country, cast, marked):
    other = makers.make_org(country.college, "2022级8班团支部")
    marking.mark([other.pk], "class", JUNE, actor=scope_of(cast.college_admin), now=at(5, 10))
    leaving.turn_all(at(6, 1, 1))
    told = dict(Notice.objects.values_list("account__name", "text"))
    assert told == {
        "班一丽": "“2023级1班团支部”已成为毕业生团支部，请在毕业生工作台为毕业的团员办理组织关系转接。",
        "易学园": "2 个团支部已成为毕业生团支部，请督促为毕业的团员办理组织关系转接。",
    }


def test_what_was_on_its_way_into_the_branch_goes_back(country, cast, marked):
    actor = scope_of(cast.workshop_admin)
    wish = opening.Wish("其他", country.class1)
    case = workflow.start(opening.build(cast.worker, wish, actor=actor), actor=actor, now=at(5, 28))
    leaving.turn_all(at(6, 1, 1))
    case = Transfer.objects.get(pk=case.pk)
    assert case.state == State.RETURNED
    assert case.steps.last().remark.startswith("“2023级1班团支部”已成为毕业生团支部")
    assert country.workshop.members.get(account=cast.worker.account).held == ""


def test_what_was_on_its_way_out_goes_on(country, cast, marked):
    actor = scope_of(cast.class1_admin)
    wish = opening.Wish("其他", country.workshop)
    case = workflow.start(opening.build(cast.member, wish, actor=actor), actor=actor, now=at(5, 28))
    leaving.turn_all(at(6, 1, 1))
    assert Transfer.objects.get(pk=case.pk).state == State.IN


def test_two_nights_at_once_change_a_branch_once(country, marked):
    ids = list(BranchMark.objects.values_list("pk", flat=True))
    assert leaving._piece(ids, actor=makers.SYSTEM, now=at(6, 1, 1)) == 1
    assert leaving._piece(ids, actor=makers.SYSTEM, now=at(6, 1, 1)) == 0


def test_the_night_costs_the_same_for_any_number(country, cast, django_assert_num_queries):
    college = scope_of(cast.college_admin)
    branches = [makers.make_org(country.college, f"2022级{each}班团支部").pk for each in range(6)]
    marking.mark(branches[:1], "class", JUNE, actor=college, now=at(5, 10))
    with django_assert_num_queries(QUERIES):
        leaving.turn_all(at(6, 1, 1))
    marking.mark(branches[1:], "class", JUNE, actor=college, now=at(6, 2))
    with django_assert_num_queries(QUERIES):
        leaving.turn_all(at(6, 3, 1))


QUERIES = 15
