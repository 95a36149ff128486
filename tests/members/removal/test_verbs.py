"""Removing at once and by asking, what goes with a 团籍, and taking it back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Account, Notice
from members import entry
from members.entry import Entered
from members.models import Act, Hold, Member, Membership, Removal, RemovalReason
from members.removal import verbs
from members.removal.rules import Given
from orgs import petitions
from orgs.models import Petition, Post, Seat
from orgs.scope import scope_of
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.desk import closing
from zhtj.lib.verdict import Refused

from .conftest import MISTAKE, NOW, born

pytestmark = pytest.mark.django_db
EXPELLED = Given(RemovalReason.EXPELLED, "校团发〔2026〕3号")


def refusal(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict


# -- at once ------------------------------------------------------------------------------------------------


def test_the_direct_superior_removes_at_once(cast, country, removed):
    account = Account.objects.get(pk=cast.classmate.account_id)
    assert not Member.objects.filter(account=account).exists()
    assert account.closed_at is not None
    assert (removed.branch, removed.joined, removed.number) == (
        country.class1,
        cast.classmate.joined,
        cast.classmate.number,
    )
    stretch = Membership.objects.get(account=account)
    assert (stretch.ended_by, stretch.ended_at) == (Act.REMOVAL, removed.removed_at)


def test_it_is_recorded_without_a_number(cast, removed):
    (row,) = AuditEntry.objects.filter(verb="members.removed")
    assert row.account_id == cast.classmate.account_id
    assert row.detail == {"reason": "误录入", "removal": removed.pk, "closed": True}


def test_the_number_is_free_again(cast, country, removed):
    other = makers.make_member(country.class2, "新来人", member_number=removed.number)
    assert other.number == removed.number


def test_somebody_who_has_a_post_elsewhere_keeps_the_account_and_is_told(cast, country, college):
    person = cast.classmate.account
    makers.make_post(person, country.college, "干事")
    removal = verbs.remove(cast.classmate, MISTAKE, actor=college)
    person.refresh_from_db()
    assert (removal.closed_account, person.closed_at, removal.ended_posts) == (False, None, [])
    assert Notice.objects.get(account=person).text == (
        "您在“2023级1班团支部”的团籍已结束，原因：误录入。您的账号仍可使用。"
    )


def test_posts_and_seats_in_the_branch_end(cast, country, college):
    post = Post.objects.get(account=cast.class1_admin)
    member = Member.objects.get(account=cast.class1_admin)
    removal = verbs.remove(member, MISTAKE, actor=college)
    assert removal.ended_posts == [post.pk]
    assert not Seat.objects.filter(organization=country.class1).exists()


@pytest.mark.parametrize(("given", "stay"), [(MISTAKE, ["干事"]), (EXPELLED, [])])
def test_expulsion_ends_posts_everywhere(cast, country, college, given, stay):
    person = cast.class2_admin
    seat = seating_in(country.university, makers.make_post(person, country.university, "干事"))
    verbs.remove(Member.objects.get(account=person), given, actor=college)
    assert list(Post.objects.filter(account=person, ended_at=None).values_list("title", flat=True)) == stay
    assert Seat.objects.filter(pk=seat.pk).exists() == bool(stay)


def seating_in(organization, post):
    return makers.seating.take_seat(post, actor=makers.SYSTEM)


def test_a_session_ends_with_the_account(cast, college, client):
    client.force_login(cast.classmate.account)
    assert client.get("/me/").status_code == 200
    verbs.remove(cast.classmate, MISTAKE, actor=college)
    assert client.get("/me/").status_code == 302


def test_who_is_further_above_does_not_remove(cast):
    verdict = refusal(lambda: verbs.remove(cast.classmate, MISTAKE, actor=scope_of(cast.university_admin)))
    assert verdict.cause == "not_superior"


# -- asking -------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(cast, branch):
    """The class asks to remove the classmate."""
    return verbs.remove(cast.classmate, MISTAKE, actor=branch)


def test_the_branch_asks_and_its_superior_approves(cast, country, college, asked):
    assert (asked.turn_organization, Member.objects.filter(pk=cast.classmate.pk).exists()) == (
        country.college,
        True,
    )
    petitions.approve(asked, actor=college)
    removal = Removal.objects.get(petition=asked)
    assert (removal.removed_by_name, removal.reason) == ("易学园", "误录入")
    assert not Member.objects.filter(pk=cast.classmate.pk).exists()


def test_the_superior_sees_who_and_why(cast, asked):
    cast.classmate.account.refresh_from_db()
    lines = [(line.label, line.new) for line in petitions.kind_of(asked).lines(asked)]
    assert lines == [("移除的团员", "团籍终止"), ("移除原因", "误录入")]


def test_a_second_request_waits_for_the_first(cast, branch, asked):
    assert refusal(lambda: verbs.remove(cast.classmate, MISTAKE, actor=branch)).cause == "pending"


def test_the_sole_administrator_hands_over_first(cast, branch):
    own = Member.objects.get(account=cast.class1_admin)
    assert refusal(lambda: verbs.remove(own, MISTAKE, actor=branch)).cause == "last"


def test_the_last_member_needs_no_successor(cast, country, branch):
    Member.objects.filter(branch=country.class1).exclude(account=cast.class1_admin).delete()
    own = Member.objects.get(account=cast.class1_admin)
    assert isinstance(verbs.remove(own, MISTAKE, actor=branch), Petition)


def test_what_is_no_longer_true_is_not_approved(cast, country, branch, college):
    member = born(country.class1, NOW.date().replace(year=1990))
    petition = verbs.remove(member, Given(RemovalReason.OVERAGE), actor=branch)
    makers.make_post(member.account, country.class1, "组织委员")
    assert refusal(lambda: petitions.approve(petition, actor=college)).cause == "post"


def test_a_transfer_under_way_stops_the_approval(cast, college, asked):
    Member.objects.filter(pk=cast.classmate.pk).update(held=Hold.TRANSFER)
    assert refusal(lambda: petitions.approve(asked, actor=college)).cause == "held"


def test_nobody_approves_the_own_removal(cast, country, branch):
    makers.make_post(cast.classmate.account, country.college, "副书记")
    seating_in(country.college, Post.objects.get(account=cast.classmate.account, title="副书记"))
    petition = verbs.remove(cast.classmate, MISTAKE, actor=branch)
    verdict = refusal(lambda: petitions.approve(petition, actor=scope_of(cast.classmate.account)))
    assert verdict.cause == "own"


def test_whoever_asked_hears_what_came_of_it(cast, college, asked):
    petitions.send_back(asked, actor=college, remark="请先核对")
    told = Notice.objects.filter(account=cast.class1_admin).values_list("text", flat=True)
    assert list(told) == ["移除欧阳小明的申请已退回，原因：请先核对。"]


def test_many_are_removed_each_with_an_answer(cast, country, college, asked):
    outcomes = verbs.remove_all([cast.member, cast.classmate], MISTAKE, actor=college)
    assert [(each.name, each.verdict.cause) for each in outcomes] == [
        ("古丽努尔·买买提江", ""),
        ("欧阳小明", "pending"),
    ]
    assert AuditEntry.objects.filter(verb="members.removed", result="denied").count() == 1


def test_a_whole_branch_can_be_removed(cast, country, college):
    people = list(Member.objects.filter(branch=country.class1))
    outcomes = verbs.remove_all(people, MISTAKE, actor=college)
    assert all(each.removal for each in outcomes)


# -- undo ---------------------------------------------------------------------------------------------------


def test_undo_gives_everything_back(cast, country, college, removed):
    member = verbs.undo(removed, actor=college)
    account = Account.objects.get(pk=removed.account_id)
    assert (member.branch, member.number, member.joined) == (
        country.class1,
        removed.number,
        removed.joined,
    )
    assert (account.closed_at, account.sign_in_state) == (None, "set")
    begun = Membership.objects.filter(account=account).order_by("pk").values_list("begun_by", "ended_by")
    assert list(begun) == [(Act.ENTRY, Act.REMOVAL), (Act.UNDO, "")]


def test_posts_come_back_where_they_are_free_but_not_seats(cast, country, college):
    member = Member.objects.get(account=cast.class1_admin)
    removal = verbs.remove(member, MISTAKE, actor=college)
    verbs.undo(removal, actor=college)
    assert Post.objects.filter(account=cast.class1_admin, ended_at=None, title="书记").exists()
    assert not Seat.objects.filter(organization=country.class1).exists()


def test_a_post_that_somebody_else_has_by_now_does_not_come_back(cast, country, college):
    removal = verbs.remove(Member.objects.get(account=cast.class1_admin), MISTAKE, actor=college)
    makers.make_post(cast.classmate.account, country.class1, "书记")
    verbs.undo(removal, actor=college)
    assert not Post.objects.filter(account=cast.class1_admin, ended_at=None).exists()


def test_twice_is_refused(college, removed):
    verbs.undo(removed, actor=college)
    assert refusal(lambda: verbs.undo(removed, actor=college)).cause == "undone"


def test_after_thirty_days_it_stands(college, removed):
    late = timezone.now() + timedelta(days=30, minutes=1)
    assert refusal(lambda: verbs.undo(removed, actor=college, now=late)).cause == "late"


def test_a_number_given_away_has_to_be_settled_first(cast, country, college, removed):
    makers.make_member(country.workshop, "新来人", member_number=removed.number)
    verdict = refusal(lambda: verbs.undo(removed, actor=college))
    assert verdict.cause == "number_taken"
    assert "其他团支部（团山东省委）" in verdict.message
    assert country.workshop.short_name not in verdict.message


def test_a_deleted_branch_takes_nobody_back(cast, country, college, removed):
    closing.close(country.class1, actor=college)
    removed.refresh_from_db()
    assert refusal(lambda: verbs.undo(removed, actor=college)).cause == "gone"


# -- entering again -----------------------------------------------------------------------------------------


def enter_again(account, branch, actor, **facts):
    person = Entered(
        number=account.id_number,
        name=account.name,
        phone="13800000001",
        joined=facts.pop("joined"),
        league_number="202065999901",
    )
    return entry.enter(branch, person, actor=actor, now=timezone.now())


def test_entered_again_the_account_opens_with_its_password(cast, country, branch, removed):
    account = Account.objects.get(pk=removed.account_id)
    enter_again(account, country.class1, branch, joined=removed.joined)
    account.refresh_from_db()
    assert (account.closed_at, account.sign_in_state) == (None, "set")
    assert account.check_password(makers.PASSWORD)


def test_the_initial_password_never_comes_back(cast, country, branch, college):
    member = makers.make_member(country.class1, "未登录", password=None)
    verbs.remove(member, MISTAKE, actor=college)
    enter_again(member.account, country.class1, branch, joined=member.joined)
    assert Account.objects.get(pk=member.account_id).sign_in_state == "none"


def test_after_expulsion_the_branch_cannot_enter_but_its_superior_can(cast, country, branch, college):
    removal = verbs.remove(cast.classmate, EXPELLED, actor=college)
    account = Account.objects.get(pk=removal.account_id)
    verdict = refusal(lambda: enter_again(account, country.class1, branch, joined=removal.joined))
    assert verdict.cause == "reenter"
    assert enter_again(account, country.class1, college, joined=removal.joined).branch == country.class1


def test_an_undo_is_refused_once_the_person_was_entered_again(cast, country, branch, college, removed):
    account = Account.objects.get(pk=removed.account_id)
    enter_again(account, country.class1, branch, joined=removed.joined)
    assert refusal(lambda: verbs.undo(removed, actor=college)).cause == "registered"
