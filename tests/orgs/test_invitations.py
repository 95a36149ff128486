"""邀请: found by name and number alone, offered, accepted by the person; the 团籍 stays."""

from datetime import date

import pytest
from django.utils import timezone

import orgs.kinds  # noqa: F401 - makes the kinds known
from members.models import Member
from orgs import invitations, petitions, scope
from orgs.enums import PetitionState
from orgs.models import Post, Seat
from orgs.petitions import Line, kind_of
from orgs.posts import Office
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
OFFICE = Office(title="委员", since=date(2026, 9, 1), nature="兼职", in_party_committee=False)


def acting(account):
    return scope.scope_of(account)


def refusal(verb, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        verb(*args, **kwargs)
    return caught.value.verdict.cause


def test_name_and_number_together_find_the_account(cast, country):
    found = invitations.find(
        country.college,
        name="外来人",
        number=cast.outsider.id_number,
        actor=acting(cast.college_admin),
        now=NOW,
    )
    assert found == cast.outsider


def test_a_wrong_name_and_an_unknown_number_answer_alike(cast, country):
    actor = acting(cast.college_admin)
    facts = [("外地人", cast.outsider.id_number), ("外来人", makers.number_of())]
    causes = [
        refusal(invitations.find, country.college, name=name, number=number, actor=actor, now=NOW)
        for name, number in facts
    ]
    assert causes == ["unknown", "unknown"]


def test_ten_misses_make_the_inviting_person_wait(cast, country):
    actor = acting(cast.college_admin)
    wrong = {"name": "外地人", "number": cast.outsider.id_number, "actor": actor, "now": NOW}
    causes = [refusal(invitations.find, country.college, **wrong) for _ in range(11)]
    assert (causes[9], causes[10]) == ("unknown", "waiting")


def test_the_search_is_recorded_with_the_person_found(cast, country):
    actor = acting(cast.college_admin)
    invitations.find(country.college, name="外来人", number=cast.outsider.id_number, actor=actor, now=NOW)
    assert AuditEntry.objects.get(verb="orgs.invitee_sought").account_id == cast.outsider.pk


@pytest.mark.parametrize(
    ("who", "place", "cause"),
    [
        ("college_admin", "college", None),
        ("university_admin", "college", "not_own"),
        ("zibo_admin", "company", None),
        ("centre_admin", "company", "not_own"),
        ("centre_admin", "shandong", None),
        ("class1_admin", "class1", "branch"),
        ("college_admin", "freshmen", "branch"),
        ("outsider", "college", "not_own"),
    ],
)
def test_who_invites_whither(cast, country, who, place, cause):
    verdict = invitations.may_invite(acting(getattr(cast, who)), getattr(country, place))
    assert (verdict.cause or None) == cause


def test_accepting_gives_the_post_and_leaves_the_branch_as_it_is(cast, country):
    person = cast.worker.account
    petition = invitations.invite(country.college, person, OFFICE, actor=acting(cast.college_admin))
    assert Post.objects.filter(account=person).count() == 0
    petition = petitions.approve(petition, actor=acting(person))
    post = Post.objects.get(account=person, ended_at=None)
    assert (petition.state, post.organization_id, post.title, post.since) == (
        PetitionState.APPROVED,
        country.college.pk,
        "委员",
        date(2026, 9, 1),
    )
    assert Member.objects.get(account=person).branch_id == country.workshop.pk
    assert Seat.objects.filter(post=post).count() == 0


def test_invited_from_above_into_a_vacant_organisation_becomes_administrator_at_once(cast, country):
    person = cast.worker.account
    petition = invitations.invite(country.company, person, OFFICE, actor=acting(cast.zibo_admin))
    petitions.approve(petition, actor=acting(person))
    assert list(country.company.seats.values_list("number", "post__account")) == [(1, person.pk)]


def test_only_the_invited_person_accepts(cast, country):
    petition = invitations.invite(country.college, cast.outsider, OFFICE, actor=acting(cast.college_admin))
    for who in (cast.college_admin, cast.university_admin, cast.worker.account):
        assert refusal(petitions.approve, petition, actor=acting(who)) == "not_yours"


def test_a_refused_invitation_changes_nothing_and_may_be_repeated(cast, country):
    actor = acting(cast.college_admin)
    petition = invitations.invite(country.college, cast.outsider, OFFICE, actor=actor)
    assert refusal(invitations.invite, country.college, cast.outsider, OFFICE, actor=actor) == "pending"
    petitions.send_back(petition, actor=acting(cast.outsider), remark="没有时间")
    again = invitations.invite(country.college, cast.outsider, OFFICE, actor=actor)
    assert (Post.objects.filter(account=cast.outsider).count(), again.state) == (0, PetitionState.PENDING)


def test_a_cadre_of_the_organisation_is_not_invited(cast, country):
    makers.make_post(cast.outsider, country.college, "委员")
    actor = acting(cast.college_admin)
    assert refusal(invitations.invite, country.college, cast.outsider, OFFICE, actor=actor) == "cadre"


def test_the_post_of_secretary_is_offered_only_while_it_is_free(cast, country):
    office = Office(title="书记")
    actor = acting(cast.college_admin)
    assert refusal(invitations.invite, country.college, cast.outsider, office, actor=actor) == "secretary"
    petition = invitations.invite(country.company, cast.outsider, office, actor=acting(cast.zibo_admin))
    makers.make_post(cast.worker.account, country.company, "书记")
    assert refusal(petitions.approve, petition, actor=acting(cast.outsider)) == "secretary"


def test_the_offer_is_shown_line_by_line(cast, country):
    petition = invitations.invite(country.company, cast.outsider, OFFICE, actor=acting(cast.zibo_admin))
    assert kind_of(petition).lines(petition) == [
        Line("团内职务", "", "委员"),
        Line("任现职年月", "", "2026-09"),
        Line("团干部性质", "", "兼职"),
        Line("是否同级党委（支部）成员", "", "否"),
        Line("管理员", "", "接受后即成为管理员"),
    ]
