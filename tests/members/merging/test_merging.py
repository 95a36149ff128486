"""Two accounts of one person become one and two again; who may, and what is in the way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Account
from members import entry
from members.merging import hints, rules, verbs
from members.merging.rules import Choice
from members.models import Member, Membership, Merger, Paper
from orgs import petitions, seating
from orgs.models import Petition, Post, Seat
from orgs.scope import scope_of
from tests import makers
from zhtj.lib.verdict import Refused


@pytest.fixture
def two(country):
    """张三 in class 1 (right number) and again in class 2 (wrong number), each with facts of its own."""
    kept = makers.make_member(country.class1, "张三").account
    absorbed = makers.make_member(country.class2, "张三", member_number="202000000001").account
    Account.objects.filter(pk=kept.pk).update(qq="", education="本科")
    Account.objects.filter(pk=absorbed.pk).update(qq="12345", education="大专", birth_date=kept.birth_date)
    return Account.objects.get(pk=kept.pk), Account.objects.get(pk=absorbed.pk)


@pytest.fixture
def college(cast):
    """The seat that decides for both sides."""
    return scope_of(cast.college_admin)


def choice(two, branch_of=1, taken=(), **given) -> Choice:
    kept, absorbed = two
    return Choice(kept.pk, absorbed.pk, two[branch_of].pk, taken, given.get("reason", "已核对身份证"))


def state(*accounts) -> dict:
    """Everything about these people but the ledger, which keeps what happened."""
    ids = [each.pk for each in accounts]
    fields = [each.attname for each in Account._meta.concrete_fields]
    return {
        "accounts": list(Account.objects.filter(pk__in=ids).order_by("pk").values(*fields)),
        "members": sorted(
            Member.objects.filter(account__in=ids).values_list("account", "branch", "joined", "number")
        ),
        "posts": sorted(
            Post.objects.filter(account__in=ids, ended_at=None).values_list("pk", "account", "title")
        ),
        "seats": sorted(Seat.objects.filter(post__account__in=ids).values_list("pk", "post")),
        "living": sorted(
            Membership.objects.filter(account__in=ids, ended_at=None).values_list("account", "branch")
        ),
    }


def test_the_account_that_stays_has_the_chosen_membership(two, college, country):
    verbs.merge(choice(two, branch_of=1), actor=college)
    member = Member.objects.get(account=two[0])
    assert (member.branch, member.number) == (country.class2, "202000000001")


def test_the_other_membership_ends(two, college, country):
    verbs.merge(choice(two, branch_of=0), actor=college)
    found = Member.objects.filter(account__in=two)
    assert [(each.account, each.branch) for each in found] == [(two[0], country.class1)]


def test_the_other_account_is_closed(two, college):
    verbs.merge(choice(two), actor=college)
    absorbed = Account.objects.get(pk=two[1].pk)
    assert (absorbed.is_active, absorbed.merged_into) == (False, two[0])


def test_empty_facts_are_filled_and_chosen_ones_taken_over(two, college):
    verbs.merge(choice(two, taken=("education",)), actor=college)
    kept = Account.objects.get(pk=two[0].pk)
    assert (kept.qq, kept.education) == ("12345", "大专")


def test_the_password_stays_that_of_the_account_that_stays(two, college):
    before = (two[0].password, two[0].id_number)
    verbs.merge(choice(two), actor=college)
    kept = Account.objects.get(pk=two[0].pk)
    assert (kept.password, kept.id_number) == before


def test_posts_and_seats_go_over(two, college, country):
    post = makers.make_post(two[1], country.class2, "组织委员")
    verbs.merge(choice(two), actor=college)
    post.refresh_from_db()
    assert (post.account, post.ended_at) == (two[0], None)


def test_a_second_post_in_one_organisation_ends(two, college, country):
    makers.make_post(two[0], country.college, "干事")
    second = makers.make_post(two[1], country.college, "委员")
    verbs.merge(choice(two), actor=college)
    second.refresh_from_db()
    assert second.ended_at is not None


@pytest.mark.parametrize("branch_of", [0, 1])
def test_the_undo_leaves_everything_as_it_was(two, college, country, branch_of):
    makers.make_post(two[1], country.class2, "组织委员")
    makers.make_post(two[0], country.college, "干事")
    makers.make_post(two[1], country.college, "委员")
    before = state(*two)
    merger = verbs.merge(choice(two, branch_of=branch_of, taken=("education",)), actor=college)
    verbs.undo(merger, actor=college)
    assert state(*two) == before


def test_the_undo_leaves_what_was_changed_since(two, college):
    merger = verbs.merge(choice(two), actor=college)
    Account.objects.filter(pk=two[0].pk).update(qq="777777")
    assert verbs.undo(merger, actor=college) == ["QQ"]
    assert Account.objects.get(pk=two[0].pk).qq == "777777"


def test_the_undo_is_refused_when_the_membership_has_moved_on(two, college, country):
    merger = verbs.merge(choice(two, branch_of=1), actor=college)
    Member.objects.filter(account=two[0]).update(branch=country.class1, branch_path=country.class1.path)
    with pytest.raises(Refused, match="团籍已经变动"):
        verbs.undo(merger, actor=college)


def test_the_undo_ends_after_the_days_of_the_setting(two, college, settings):
    merger = verbs.merge(choice(two), actor=college)
    late = merger.merged_at + timedelta(days=settings.MERGER_UNDO_DAYS, seconds=1)
    assert rules.may_undo(college, merger, now=late).cause == "late"


REFUSED = {
    "name": lambda two: Account.objects.filter(pk=two[1].pk).update(name="李四"),
    "closed": lambda two: Account.objects.filter(pk=two[0].pk).update(closed_at=timezone.now()),
    "merged": lambda two: Account.objects.filter(pk=two[1].pk).update(merged_into=two[0]),
}


@pytest.mark.parametrize("cause", REFUSED)
def test_what_is_in_the_way_is_said(two, college, cause):
    REFUSED[cause](two)
    with pytest.raises(Refused) as refusal:
        verbs.merge(choice(two), actor=college)
    assert refusal.value.verdict.cause == cause


def test_without_a_reason_nothing_is_merged(two, college):
    with pytest.raises(Refused, match="写明"):
        verbs.merge(choice(two, reason=" "), actor=college)


def test_an_administrator_hands_over_before_leaving_a_branch(two, college, country):
    seating.take_seat(makers.make_post(two[0], country.class1, "副书记"), actor=makers.SYSTEM)
    with pytest.raises(Refused, match="管理员"):
        verbs.merge(choice(two, branch_of=1), actor=college)


def test_a_branch_does_not_merge(two, cast):
    with pytest.raises(Refused) as refusal:
        verbs.merge(choice(two), actor=scope_of(cast.class1_admin))
    assert refusal.value.verdict.cause == "not_superior"


@pytest.fixture
def far(country):
    """张三 in class 1 and in a workshop of another province."""
    return makers.make_member(country.class1, "张三").account, makers.make_member(
        country.workshop, "张三"
    ).account


def test_the_other_side_is_asked(far, college, cast):
    petition = verbs.merge(choice(far), actor=college)
    assert isinstance(petition, Petition)
    assert petition.turn_organization == access_of(far[1])
    assert Merger.objects.count() == 0


def test_the_other_sides_word_carries_it_out(far, college, cast, country):
    petition = verbs.merge(choice(far), actor=college)
    petitions.approve(petition, actor=scope_of(cast.zibo_admin))
    assert Member.objects.get(account=far[0]).branch == country.workshop


def access_of(account):
    """The organisation that decides for the person."""
    return rules.access.corrector_of(account)


def test_papers_the_other_account_has_alone_go_over_and_come_back(two, college):
    facts = {"state": "present", "holder": "学籍档案", "changed_by_name": "某人"}
    for account, kind in ((two[0], "card"), (two[1], "card"), (two[1], "admission")):
        Paper.objects.create(account=account, kind=kind, **facts)
    merger = verbs.merge(choice(two), actor=college)
    assert papers_of(two[0]) == ["admission", "card"]
    verbs.undo(merger, actor=college)
    assert (papers_of(two[0]), papers_of(two[1])) == (["card"], ["admission", "card"])


def papers_of(account) -> list[str]:
    return sorted(Paper.objects.filter(account=account).values_list("kind", flat=True))


# -- hints ------------------------------------------------------------------------------------------


def born(account, day=date(2005, 3, 4)):
    Account.objects.filter(pk=account.pk).update(birth_date=day)


def pairs(scope) -> list[tuple]:
    return [(hint.one.pk, hint.other.pk) for hint in hints.hints(scope)]


def test_the_same_name_birth_date_and_school_are_a_hint(two, college):
    assert pairs(college) == [tuple(sorted(each.pk for each in two))]


def test_another_birth_date_is_none(two, college):
    born(two[0])
    assert pairs(college) == []


def test_another_school_is_none(far, college):
    for each in far:
        born(each)
    assert pairs(college) == []


def test_the_same_unit_is_one(far, college):
    for each in far:
        born(each)
    Account.objects.filter(pk__in=[each.pk for each in far]).update(workplace="石河子大学")
    assert pairs(college) == [tuple(sorted(each.pk for each in far))]


def test_those_told_apart_are_not_shown_again(two, college):
    verbs.tell_apart(*two, actor=college)
    assert pairs(college) == []


def test_the_number_of_the_other_account_is_not_entered_again(two, college, country):
    verbs.merge(choice(two), actor=college)
    absorbed = Account.objects.get(pk=two[1].pk)
    assert entry.may_take(college, country.class2, absorbed, "张三", None) == entry.MERGED
