"""Placing people of one branch into another below the same superior: who moves, what ends, and who decides."""

import pytest

from members import placing
from members.models import Act, Member, Membership
from orgs import scope, tree
from orgs.enums import Category
from orgs.models import Organization, Post, Seat
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(cast):
    """The scope of the college's administrator."""
    return scope.scope_of(cast.college_admin)


@pytest.fixture
def pending(country):
    """The college's 待接转团支部."""
    return makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)


def cause(*args, **facts) -> str:
    with pytest.raises(Refused) as caught:
        placing.assign(*args, **facts)
    return caught.value.verdict.cause


def test_people_of_a_pending_branch_get_a_branch_and_the_ledger_says_how(country, college, pending):
    people = [makers.make_member(pending, name).account for name in ("待转一", "待转二")]
    moved = placing.assign([each.pk for each in people], pending, country.class1, actor=college)
    assert sorted(moved) == sorted(each.pk for each in people)
    assert not Member.objects.filter(branch=pending).exists()
    stretches = Membership.objects.filter(account=people[0]).order_by("started_at")
    assert [(each.branch, each.begun_by, each.ended_by) for each in stretches] == [
        (pending, Act.ENTRY, Act.PLACING),
        (country.class1, Act.PLACING, ""),
    ]


def test_each_person_has_a_row_in_the_record(country, college, pending):
    person = makers.make_member(pending, "待转一").account
    placing.assign([person.pk], pending, country.class1, actor=college)
    row = AuditEntry.objects.get(verb="members.moved", account_id=person.pk)
    assert (row.organization_id, row.detail) == (country.class1.pk, {"from": pending.pk, "by": "placing"})


def test_the_path_of_the_member_follows(country, college, pending):
    member = makers.make_member(pending, "待转一")
    placing.assign([member.account_id], pending, country.class1, actor=college)
    member.refresh_from_db()
    assert member.branch_path == country.class1.path


def test_those_not_chosen_stay(cast, country, college):
    placing.assign([cast.member.account_id], country.class1, country.class2, actor=college)
    assert set(Member.objects.filter(branch=country.class1).values_list("account", flat=True)) == {
        cast.class1_admin.pk,
        cast.classmate.account_id,
    }


def test_posts_and_seats_in_the_old_branch_end(cast, country, college):
    deputy = makers.make_admin(country.class1, "班一副", title="副书记")
    placing.assign([deputy.pk], country.class1, country.class2, actor=college)
    assert Post.objects.get(account=deputy).ended_at is not None
    assert list(Seat.objects.filter(organization=country.class1).values_list("post__account", flat=True)) == [
        cast.class1_admin.pk
    ]


def test_posts_elsewhere_go_on(cast, country, college):
    post = makers.make_post(cast.member.account, country.college, "委员")
    placing.assign([cast.member.account_id], country.class1, country.class2, actor=college)
    post.refresh_from_db()
    assert post.ended_at is None


def test_the_sole_administrator_hands_over_first(cast, country, college):
    chosen = [cast.class1_admin.pk, cast.member.account_id]
    assert cause(chosen, country.class1, country.class2, actor=college) == "last"
    assert Member.objects.filter(branch=country.class1).count() == 3


def test_two_administrators_cannot_leave_the_rest_alone_either(cast, country, college):
    deputy = makers.make_admin(country.class1, "班一副", title="副书记")
    assert cause([cast.class1_admin.pk, deputy.pk], country.class1, country.class2, actor=college) == "last"


def test_the_sole_administrator_goes_with_everybody_else(cast, country, college):
    everybody = list(Member.objects.filter(branch=country.class1).values_list("account", flat=True))
    placing.assign(everybody, country.class1, country.class2, actor=college)
    assert not Seat.objects.filter(organization=country.class1).exists()


def test_the_administrator_of_a_graduate_branch_may_leave(cast, country, college):
    Organization.objects.filter(pk=country.class1.pk).update(category=Category.GRADUATE_BRANCH)
    country.class1.refresh_from_db()
    moved = placing.assign([cast.class1_admin.pk], country.class1, country.class2, actor=college)
    assert moved == [cast.class1_admin.pk]


def test_where_people_can_be_placed(cast, country, college, pending):
    gone = makers.make_org(country.college, "已撤团支部")
    tree.delete_softly(gone)
    graduates = makers.make_org(country.college, "毕业班团支部")
    Organization.objects.filter(pk=graduates.pk).update(category=Category.GRADUATE_BRANCH)
    expected = {
        pending: "category",
        graduates: "category",
        country.university: "category",
        country.class1: "same",
        makers.make_org(country.university, "机关团支部"): "other_superior",
        gone: "gone",
    }
    chosen = [cast.member.account_id]
    assert {each: cause(chosen, country.class1, each, actor=college) for each in expected} == expected


def test_only_the_common_superior_decides_both_sides(cast, country):
    people = ("class1_admin", "class2_admin", "university_admin", "corps_admin", "zibo_admin")
    chosen = [cast.member.account_id]
    causes = {
        cause(chosen, country.class1, country.class2, actor=scope.scope_of(getattr(cast, each)))
        for each in people
    }
    assert causes == {"not_superior"}


def test_while_the_superior_has_nobody_the_next_one_acts(cast, country):
    Seat.objects.filter(organization=country.college).delete()
    actor = scope.scope_of(cast.university_admin)
    chosen = [cast.member.account_id]
    assert placing.assign(chosen, country.class1, country.class2, actor=actor) == chosen


def test_whoever_has_moved_on_stops_the_act(cast, country, college, pending):
    person = makers.make_member(pending, "待转一").account
    chosen = [person.pk, cast.member.account_id]
    assert cause(chosen, pending, country.class2, actor=college) == "moved_on"
    assert Member.objects.get(account=person).branch == pending


def test_nobody_is_no_choice(country, college, pending):
    assert cause([], pending, country.class1, actor=college) == "nobody"
