"""管理员变更 and 添加管理员: who asks, who agrees, what never happens."""

import pytest

import orgs.kinds  # noqa: F401 - makes the kinds known
from orgs import administrators, petitions, posts, scope
from orgs.enums import Category, PetitionState
from orgs.models import Organization, Petition, Post, Seat
from orgs.posts import Office
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(cast, country):
    """A cadre of the college without a seat."""
    person = makers.make_account("傅书记")
    makers.make_post(person, country.college, "副书记")
    return person


def acting(account):
    return scope.scope_of(account)


def sitting(organization) -> list[str]:
    return list(
        Seat.objects.filter(organization=organization)
        .order_by("number")
        .values_list("post__account__name", flat=True)
    )


def refusal(verb, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        verb(*args, **kwargs)
    return caught.value.verdict.cause


def hand_over(cast, country, deputy) -> Petition:
    return administrators.change(
        country.college, leaver=cast.college_admin, successor=deputy, actor=acting(cast.college_admin)
    )


# -- from above: at once --------------------------------------------------------------------------


def test_the_direct_superior_adds_at_once(cast, country, deputy):
    petition = administrators.change(country.college, successor=deputy, actor=acting(cast.university_admin))
    assert (petition.state, sitting(country.college)) == (PetitionState.APPROVED, ["易学园", "傅书记"])


def test_the_direct_superior_replaces_at_once_and_the_seat_keeps_its_number(cast, country, deputy):
    administrators.change(
        country.college, leaver=cast.college_admin, successor=deputy, actor=acting(cast.university_admin)
    )
    assert list(country.college.seats.values_list("number", "post__account__name")) == [(1, "傅书记")]


def test_the_direct_superior_may_leave_an_organisation_without_administrator(cast, country):
    administrators.change(country.college, leaver=cast.college_admin, actor=acting(cast.university_admin))
    assert sitting(country.college) == []


def test_who_loses_the_seat_keeps_the_post_and_the_account(cast, country, deputy):
    administrators.change(
        country.college, leaver=cast.college_admin, successor=deputy, actor=acting(cast.university_admin)
    )
    assert Post.objects.filter(account=cast.college_admin, ended_at=None).count() == 1
    assert acting(cast.college_admin).root is None


def test_for_a_vacant_superior_the_nearest_above_decides(cast, country, deputy):
    administrators.change(country.university, leaver=cast.university_admin, actor=acting(cast.corps_admin))
    petition = administrators.change(country.college, successor=deputy, actor=acting(cast.corps_admin))
    assert petition.state == PetitionState.APPROVED


# -- in the own organisation: the superior agrees --------------------------------------------------


def test_adding_in_the_own_organisation_waits_for_the_superior(cast, country, deputy):
    petition = administrators.change(country.college, successor=deputy, actor=acting(cast.college_admin))
    assert (petition.turn_organization_id, sitting(country.college)) == (country.university.pk, ["易学园"])
    petitions.approve(petition, actor=acting(cast.university_admin))
    assert sitting(country.college) == ["易学园", "傅书记"]


def test_a_handover_goes_to_the_successor_and_then_to_the_superior(cast, country, deputy):
    petition = hand_over(cast, country, deputy)
    assert (petition.turn_account_id, petition.turn_organization_id) == (deputy.pk, None)
    petition = petitions.approve(petition, actor=acting(deputy))
    assert (petition.turn_account_id, petition.turn_organization_id) == (None, country.university.pk)
    assert sitting(country.college) == ["易学园"]
    petitions.approve(petition, actor=acting(cast.university_admin))
    assert sitting(country.college) == ["傅书记"]


def test_the_superior_cannot_agree_before_the_successor(cast, country, deputy):
    petition = hand_over(cast, country, deputy)
    assert refusal(petitions.approve, petition, actor=acting(cast.university_admin)) == "not_yours"


def test_the_successor_may_refuse(cast, country, deputy):
    petition = petitions.send_back(hand_over(cast, country, deputy), actor=acting(deputy), remark="另有工作")
    assert (petition.state, sitting(country.college)) == (PetitionState.RETURNED, ["易学园"])


def test_the_topmost_organisation_asks_only_the_successor(cast, country):
    person = makers.make_account("中央干部")
    makers.make_post(person, country.centre, "副书记")
    petition = administrators.change(
        country.centre, leaver=cast.centre_admin, successor=person, actor=acting(cast.centre_admin)
    )
    assert petitions.approve(petition, actor=acting(person)).state == PetitionState.APPROVED
    assert sitting(country.centre) == ["中央干部"]


def test_the_topmost_organisation_adds_at_once(cast, country):
    person = makers.make_account("中央干部")
    makers.make_post(person, country.centre, "副书记")
    administrators.change(country.centre, successor=person, actor=acting(cast.centre_admin))
    assert sitting(country.centre) == ["钟央", "中央干部"]


def test_one_change_at_a_time(cast, country, deputy):
    hand_over(cast, country, deputy)
    actor = acting(cast.college_admin)
    assert refusal(administrators.change, country.college, successor=deputy, actor=actor) == "pending"


# -- never ------------------------------------------------------------------------------------------


def test_a_third_is_refused(cast, country, deputy):
    actor = acting(cast.university_admin)
    administrators.change(country.college, successor=deputy, actor=actor)
    third = makers.make_account("第三人")
    makers.make_post(third, country.college, "委员")
    assert refusal(administrators.change, country.college, successor=third, actor=actor) == "full"


def test_a_plain_member_is_made_cadre_first(cast, country):
    actor = acting(cast.college_admin)
    person = cast.member.account
    assert refusal(administrators.change, country.class1, successor=person, actor=actor) == "no_post"
    posts.give(person, country.class1, Office(title="组织委员"), actor=actor)
    administrators.change(country.class1, successor=person, actor=actor)
    assert sitting(country.class1) == ["班一丽", "古丽努尔·买买提江"]


@pytest.mark.parametrize("who", ["corps_admin", "class1_admin", "zibo_admin", "outsider"])
def test_nobody_else_changes_administrators(cast, country, deputy, who):
    actor = acting(getattr(cast, who))
    assert refusal(administrators.change, country.college, successor=deputy, actor=actor) == "not_superior"


def test_the_last_one_does_not_leave_without_a_successor(cast, country):
    actor = acting(cast.college_admin)
    assert refusal(administrators.change, country.college, leaver=cast.college_admin, actor=actor) == "last"


def test_the_last_one_of_the_topmost_organisation_does_not_leave(cast, country):
    actor = acting(cast.centre_admin)
    assert refusal(administrators.change, country.centre, leaver=cast.centre_admin, actor=actor) == "last"


def test_the_last_member_of_a_branch_may_ask_to_leave(cast, country):
    petition = administrators.change(
        country.class2, leaver=cast.class2_admin, actor=acting(cast.class2_admin), alone=True
    )
    petitions.approve(petition, actor=acting(cast.college_admin))
    assert sitting(country.class2) == []


def test_the_last_one_of_a_graduate_branch_may_ask_to_leave(cast, country):
    Organization.objects.filter(pk=country.class2.pk).update(category=Category.GRADUATE_BRANCH)
    petition = administrators.change(
        country.class2, leaver=cast.class2_admin, actor=acting(cast.class2_admin)
    )
    petitions.approve(petition, actor=acting(cast.college_admin))
    assert sitting(country.class2) == []


def test_who_became_the_last_meanwhile_does_not_leave_by_the_old_request(cast, country, deputy):
    superior = acting(cast.university_admin)
    administrators.change(country.college, successor=deputy, actor=superior)
    petition = administrators.change(country.college, leaver=deputy, actor=acting(deputy))
    administrators.change(country.college, leaver=cast.college_admin, actor=superior)
    assert refusal(petitions.approve, petition, actor=superior) == "last"
    assert sitting(country.college) == ["傅书记"]


def test_a_seat_filled_meanwhile_is_not_filled_again(cast, country, deputy):
    petition = administrators.change(country.college, successor=deputy, actor=acting(cast.college_admin))
    other = makers.make_account("另一人")
    makers.make_post(other, country.college, "委员")
    superior = acting(cast.university_admin)
    administrators.change(country.college, successor=other, actor=superior)
    assert refusal(petitions.approve, petition, actor=superior) == "full"
    assert sitting(country.college) == ["易学园", "另一人"]


def test_a_successor_who_lost_the_post_is_not_seated(cast, country, deputy):
    petition = hand_over(cast, country, deputy)
    petition = petitions.approve(petition, actor=acting(deputy))
    superior = acting(cast.university_admin)
    posts.end(Post.objects.get(account=deputy, ended_at=None), actor=superior)
    assert refusal(petitions.approve, petition, actor=superior) == "no_post"
    assert sitting(country.college) == ["易学园"]


def test_a_change_of_title_leaves_a_pending_handover_intact(cast, country, deputy):
    petition = petitions.approve(hand_over(cast, country, deputy), actor=acting(deputy))
    superior = acting(cast.university_admin)
    posts.change(Post.objects.get(account=deputy, ended_at=None), Office(title="委员"), actor=superior)
    petitions.approve(petition, actor=superior)
    assert sitting(country.college) == ["傅书记"]


def test_a_closed_account_is_not_seated(cast, country, deputy):
    deputy.closed_at = "2026-11-01T00:00:00Z"
    deputy.save()
    actor = acting(cast.university_admin)
    assert refusal(administrators.change, country.college, successor=deputy, actor=actor) == "closed"


def test_a_pending_branch_has_no_administrators(cast, country):
    branch = makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    actor = acting(cast.college_admin)
    assert refusal(administrators.change, branch, successor=cast.outsider, actor=actor) == "pending"


def test_nothing_chosen_is_refused(cast, country):
    assert refusal(administrators.change, country.college, actor=acting(cast.university_admin)) == "empty"


def test_taking_and_leaving_a_seat_are_recorded(cast, country, deputy):
    administrators.change(
        country.college, leaver=cast.college_admin, successor=deputy, actor=acting(cast.university_admin)
    )
    rows = AuditEntry.objects.filter(verb__startswith="orgs.seat_", actor_id=cast.university_admin.pk)
    assert list(rows.order_by("pk").values_list("verb", "account_id")) == [
        ("orgs.seat_left", cast.college_admin.pk),
        ("orgs.seat_taken", deputy.pk),
    ]
