"""Imports against whatever touches the same people or places at the same time."""

import pytest

from accounts.models import Account
from members.models import BatchState, ImportBatch, Member
from members.roster import batch as batches
from orgs import lifecycle, relocation
from orgs.enums import Category
from orgs.scope import of_command
from tests import interleave, makers
from tests.members.roster.sheets import roster
from zhtj.desk import closing

from .imports import (
    confirmed,
    consistent,
    enter,
    gone,
    place,
    quick_and_full,
    state_of,
    to_import,
    work,
    world,
)
from .world import again, told

pytestmark = pytest.mark.django_db(transaction=True)


@quick_and_full
def test_two_imports_of_the_same_people(step):
    def twice():
        here = to_import()
        here.second = confirmed(here, here.two)
        return here

    def second(here):
        batches.work(here.second.pk)
        return True

    def once_each(here, one, two) -> None:
        told(one, two)
        consistent(here)
        assert {state_of(here.batch), state_of(here.second)} == {BatchState.DONE}
        assert Member.objects.filter(branch__parent=here.top).count() == 3

    interleave.every_meeting(twice, work, second, once_each, step=step)


@quick_and_full
def test_the_branch_is_deleted_while_people_are_imported_into_it(step):
    def close(here):
        return closing.close(again(here.one), actor=here.actor)

    def nobody_lost(here, imported, closed) -> None:
        told(imported, closed)
        consistent(here)
        assert closed.succeeded
        assert state_of(here.batch) == BatchState.DONE
        there = Member.objects.filter(branch__parent=here.top)
        assert set(there.values_list("branch__category", flat=True)) == {Category.PENDING_BRANCH}
        assert there.count() in (1, 3)

    interleave.every_meeting(to_import, work, close, nobody_lost, step=step)


@quick_and_full
def test_the_importing_organisation_is_deleted_meanwhile(step):
    def own():
        here = world()
        here.batch = batches.create(
            here.one, "名单.xlsx", roster(*here.people), actor=of_command("tests", here.one)
        )
        batches.work(here.batch.pk)
        batches.confirm(ImportBatch.objects.get(pk=here.batch.pk), actor=of_command("tests", here.one))
        return here

    def close(here):
        return closing.close(again(here.one), actor=here.actor)

    def nobody_lost(here, imported, closed) -> None:
        told(imported, closed)
        consistent(here)
        assert closed.succeeded
        assert state_of(here.batch) in (BatchState.DONE, BatchState.ABANDONED, BatchState.REJECTED)

    interleave.every_meeting(own, work, close, nobody_lost, step=step)


@quick_and_full
def test_a_member_is_placed_elsewhere_while_an_import_updates_the_data(step):
    def placed(here, imported, moved) -> None:
        told(imported, moved)
        consistent(here)
        assert moved.succeeded
        assert state_of(here.batch) == BatchState.DONE
        assert Member.objects.get(account=here.member.account_id).branch == here.two

    interleave.every_meeting(to_import, work, place, placed, step=step)


@quick_and_full
def test_the_same_person_is_entered_by_hand(step):
    def one_place(here, imported, entered) -> None:
        assert imported.succeeded
        assert entered.succeeded or gone(entered)
        consistent(here)
        assert state_of(here.batch) == BatchState.DONE
        person = Account.objects.with_number(here.numbers[0]).get()
        assert person.member.branch == (here.two if entered.succeeded else here.one)

    interleave.every_meeting(to_import, work, enter, one_place, step=step)


def rename(here):
    return lifecycle.edit(again(here.one), short_name="三班团支部", actor=here.actor)


def move(here):
    return relocation.carry_out(again(here.one), again(here.elsewhere), actor=here.actor)


@pytest.mark.parametrize("act", [rename, move])
@quick_and_full
def test_the_branch_is_renamed_or_moved_meanwhile(act, step):
    def with_neighbour():
        here = to_import()
        here.elsewhere = makers.make_org(here.top, "年级团总支", Category.GENERAL_BRANCH)
        return here

    def both(here, imported, changed) -> None:
        told(imported, changed)
        consistent(here)
        assert changed.succeeded
        assert state_of(here.batch) == BatchState.DONE
        paths = Member.objects.filter(branch=here.one).values_list("branch_path", flat=True)
        assert set(paths) == {again(here.one).path}

    interleave.every_meeting(with_neighbour, work, act, both, step=step)
