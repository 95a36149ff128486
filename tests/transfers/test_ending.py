"""The end, merger, undo and move of an organisation while cases are open from or to it; what else waits for a case."""

from __future__ import annotations

import pytest

from accounts.models import Notice
from members import placing
from members.merging import verbs as mergers
from members.merging.rules import Choice
from members.models import Member, RemovalReason
from members.removal import verbs as removals
from members.removal.rules import Given
from orgs import petitions, relocation, scope
from orgs.enums import Category
from orgs.models import Organization
from tests import makers
from transfers.enums import Act, State
from transfers.models import Step, Transfer
from zhtj.desk import closing, merging, reopening
from zhtj.desk.merging import Settlement
from zhtj.desk.structure import effects
from zhtj.lib.verdict import Refused


def state_of(case):
    case.refresh_from_db()
    return case.state


def held(cast):
    return Member.objects.get(account=cast.member.account).held


# -- deletion -----------------------------------------------------------------------------------------------


def test_the_branch_left_is_deleted(begin, seats, cast, country):
    case = begin("member")
    closed = closing.close(country.class1, actor=seats["college_admin"])
    assert (state_of(case), held(cast)) == (State.RETURNED, "")
    assert Member.objects.get(account=cast.member.account).branch == closed.into


def test_the_target_is_deleted(begin, seats, cast, country):
    country.extra = makers.make_org(country.company, "总装车间团支部")
    case = begin("class1_admin", target="extra")
    closing.close(country.extra, actor=seats["company_admin"])
    assert (state_of(case), held(cast)) == (State.RETURNED, "")


def test_the_body_that_was_to_assign_a_branch_is_deleted(begin, do, seats, cast, country):
    country.empty = makers.make_org(country.zibo, "淄博空壳公司团委", Category.COMMITTEE)
    case = begin("class1_admin", target="empty")
    do("zibo_admin", Act.AGREE_IN, case)
    closing.close(country.empty, actor=seats["zibo_admin"])
    assert (state_of(case), held(cast)) == (State.RETURNED, "")


def test_it_is_a_step_of_the_system_that_names_the_organisation(begin, seats, country):
    case = begin("member")
    closing.close(country.class1, actor=seats["college_admin"])
    last = Step.objects.filter(transfer=case).last()
    assert (last.number, last.act, last.role, last.after) == (2, "close", "system", "returned")
    assert last.remark.startswith("“2023级1班团支部”已撤销")


def test_the_person_and_whoever_began_it_are_told(begin, seats, cast, country):
    begin("class1_admin")
    closing.close(country.class1, actor=seats["college_admin"])
    told = Notice.objects.filter(text__contains="已退回").values_list("account", flat=True)
    assert set(told) == {cast.member.account_id, cast.class1_admin.pk}


def test_whoever_landed_in_the_pending_branch_may_be_sent_on(begin, seats, cast, country):
    begin("member")
    closing.close(country.class1, actor=seats["college_admin"])
    cast.member.refresh_from_db()
    assert begin("college_admin").state == State.IN


def test_the_confirm_page_counts_the_cases(begin, country):
    begin("member")
    assert "1 个正在办理的组织关系转接退回" in effects.of_closing(country.class1)


# -- merger, undo, move -------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["workshop", "class2"])
def test_the_branch_left_is_merged_into_another(begin, seats, cast, country, target):
    case = begin("member", target=target)
    merging.merge(
        country.class1, country.class2, settled(country.class1, country.class2), actor=seats["college_admin"]
    )
    assert (state_of(case), held(cast)) == (State.RETURNED, "")
    assert Member.objects.get(account=cast.member.account).branch == country.class2


def settled(source, target):
    asked = merging.questions(source, target)
    secretary = asked.secretaries[0].account_id
    people = tuple(post.account_id for post in asked.administrators)[:2]
    return Settlement(secretary=secretary, other_title="副书记", administrators=people)


def test_undoing_a_deletion_leaves_whoever_is_on_the_way_elsewhere(begin, seats, cast, country):
    closed = closing.close(country.class1, actor=seats["college_admin"])
    cast.member.refresh_from_db()
    case = begin("college_admin")
    people = reopening.reopen(closed, actor=seats["college_admin"])
    member = Member.objects.get(account=cast.member.account)
    assert (people.away, member.branch, state_of(case)) == ([member.account_id], closed.into, State.IN)


def test_a_case_goes_on_when_an_organisation_is_moved(begin, do, cast, country):
    country.other = makers.make_org(country.shandong, "团济南市委", Category.LEADING_BODY)
    case = begin("class1_admin")
    relocation.carry_out(country.company, country.other, actor=scope.of_command("tests", country.shandong))
    do("workshop_admin", Act.AGREE_IN, case)
    assert Member.objects.get(account=cast.member.account).branch == country.workshop


def test_a_moved_side_is_decided_by_its_new_superior(begin, do, cast, country):
    country.works = makers.make_org(country.zibo, "淄博第二公司团委", Category.COMMITTEE)
    case = begin("class1_admin")
    workshop = Organization.objects.get(pk=country.workshop.pk)
    relocation.carry_out(workshop, country.works, actor=scope.of_command("tests", country.shandong))
    with pytest.raises(Refused, match="直接上级的管理员"):
        do("company_admin", Act.AGREE_IN, case)


# -- what is refused while the 团籍 is held (§6.5) ----------------------------------------------------------


def remove(cast, country, seats):
    removals.remove(cast.member, Given(RemovalReason.BY_MISTAKE), actor=seats["college_admin"])


def place(cast, country, seats):
    placing.assign([cast.member.account_id], country.class1, country.class2, actor=seats["college_admin"])


def merge_accounts(cast, country, seats):
    twin = makers.make_member(country.class2, cast.member.account.name)
    choice = Choice(
        kept=twin.account_id, absorbed=cast.member.account_id, branch_of=twin.account_id, reason="同一人"
    )
    mergers.merge(choice, actor=seats["college_admin"])


@pytest.mark.parametrize("act", [remove, place, merge_accounts], ids=lambda act: act.__name__)
def test_nothing_else_is_done_with_a_membership_on_the_way(begin, cast, country, seats, act):
    begin("member")
    cast.member.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        act(cast, country, seats)
    assert refusal.value.verdict.cause == "held"
    assert Transfer.objects.open().count() == 1


def test_a_removal_asked_for_before_the_transfer_is_refused_when_it_is_decided(begin, cast, country, seats):
    petition = removals.remove(cast.member, Given(RemovalReason.BY_MISTAKE), actor=seats["class1_admin"])
    begin("member")
    with pytest.raises(Refused, match="正在办理"):
        petitions.approve(petition, actor=seats["college_admin"])


def test_after_the_case_everything_is_possible_again(begin, do, cast, country, seats):
    case = begin("member")
    do("member", Act.WITHDRAW, case)
    cast.member.refresh_from_db()
    place(cast, country, seats)
    assert Member.objects.get(account=cast.member.account).branch == country.class2
