"""What the 类别 毕业生团支部 means everywhere else: no target, but else a branch like others (§2, §4, §6.3)."""

import pytest

from members import access, placing_rules
from orgs import picker, relocation, renaming, rules, seat_rules, verify
from orgs.enums import TITLES, Category
from orgs.models import Seat
from orgs.scope import scope_of
from tests import makers
from transfers import opening, workflow
from transfers import rules as cases
from zhtj.desk import closing, reopening

from .conftest import at


@pytest.fixture
def branch(country, leave):
    return leave(country.class1)


def test_it_is_no_target(branch, country, cast):
    assert cases.may_target(country.workshop, branch).cause == "category"
    college = scope_of(cast.college_admin)
    assert placing_rules.may_place(college, country.class2, branch).cause == "category"


@pytest.mark.parametrize("only", ["targets", "branches"])
def test_the_picker_of_targets_leaves_it_out(branch, country, only):
    view = picker.look({"only": only, "at": str(country.college.pk)}, address="127.0.0.1", now=at(6, 2))
    assert branch.pk not in [each.pk for each in view.rows]


def test_administrators_keep_their_powers(branch, cast):
    scope = scope_of(cast.class1_admin)
    assert access.may_enter(scope, branch)
    assert access.may_import(scope, branch)
    assert access.may_edit(scope, cast.member)


def test_titles_and_names_are_those_of_branches(branch, cast):
    assert TITLES[branch.category] == TITLES[Category.BRANCH]
    assert rules.may_rename(scope_of(cast.college_admin), branch, "2022级1班团支部")
    assert rules.may_rename(scope_of(cast.college_admin), branch, "2022级1班").cause


def test_it_can_be_renamed(branch, cast):
    renaming.rename(branch, "2022级1班团支部", actor=scope_of(cast.college_admin))
    branch.refresh_from_db()
    assert (branch.short_name, branch.category) == ("2022级1班团支部", Category.GRADUATE_BRANCH)


def test_it_can_be_moved_below_another_superior(branch, country, cast):
    literature = makers.make_org(country.university, "文学院团委", Category.COMMITTEE)
    assert relocation.ask(branch, literature, actor=scope_of(cast.class1_admin))


def test_its_only_administrator_may_leave(branch, cast):
    assert placing_rules.may_leave(branch, {cast.class1_admin.pk})
    assert seat_rules.not_the_last(branch, cast.class1_admin, None)


def test_the_whole_class_leaves_with_its_administrator_first(branch, country, cast):
    actor = scope_of(cast.college_admin)
    wish = opening.Wish("其他", country.class2)
    member = cast.class1_admin.member
    workflow.start(opening.build(member, wish, actor=actor), actor=actor)
    assert not Seat.objects.filter(organization=branch).exists()
    assert cases.may_move(cast.member)


def test_it_is_deleted_and_brought_back_as_what_it_was(branch, cast):
    actor = scope_of(cast.college_admin)
    closed = closing.close(branch, actor=actor)
    reopening.reopen(closed, actor=actor)
    branch.refresh_from_db()
    assert (branch.deleted_at, branch.category) == (None, Category.GRADUATE_BRANCH)


def test_nobody_makes_one_by_hand(country):
    assert rules.may_contain(country.college, Category.GRADUATE_BRANCH).cause == "system_only"


def test_the_tree_is_whole(branch):
    assert list(verify.faults()) == []
