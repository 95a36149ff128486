"""The case page: whose turn, what would change, the acts of this viewer and no others."""

import pytest
from django.urls import reverse

import orgs.kinds  # noqa: F401 - makes the kinds known
from orgs import administrators, invitations, petition_queries, scope
from orgs.enums import PetitionState
from orgs.models import Petition, Post
from orgs.posts import Office
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(cast, country):
    """A cadre of the college without a seat."""
    person = makers.make_account("傅书记")
    makers.make_post(person, country.college, "副书记")
    return person


@pytest.fixture
def handover(cast, country, deputy):
    """A handover that waits for the successor."""
    return administrators.change(
        country.college, leaver=cast.college_admin, successor=deputy, actor=scope.scope_of(cast.college_admin)
    )


def at(petition, act: str = "detail") -> str:
    return reverse(f"petitions:{act}", args=[petition.pk])


def acts(response) -> tuple[bool, bool]:
    return bool(response.context["may_decide"]), bool(response.context["may_withdraw"])


def test_each_viewer_has_the_own_acts(cast, handover, deputy, sign_in):
    shown = {
        who.name: acts(sign_in(who).get(at(handover)))
        for who in (cast.college_admin, deputy, cast.university_admin, cast.corps_admin)
    }
    assert shown == {
        "易学园": (False, True),
        "傅书记": (True, False),
        "石大河": (False, False),
        "兵建国": (False, False),
    }


@pytest.mark.parametrize("who", ["zibo_admin", "outsider", "class1_admin"])
def test_the_uninvolved_see_nothing(cast, handover, sign_in, who):
    client = sign_in(getattr(cast, who))
    statuses = {
        client.get(at(handover)).status_code,
        client.post(at(handover, "approve"), {"turn": 0}).status_code,
    }
    assert statuses == {404}


def test_agreeing_goes_on_to_the_next_and_says_whose_turn_it_is(cast, handover, deputy, sign_in):
    response = sign_in(deputy).post(at(handover, "approve"), {"turn": 0}, follow=True)
    assert "由“新疆生产建设兵团石河子大学团委”的管理员办理" in response.content.decode()
    sign_in(cast.university_admin).post(at(handover, "approve"), {"turn": 1})
    assert scope.scope_of(deputy).root == handover.organization


def test_agreeing_from_an_old_page_is_refused(cast, handover, deputy, sign_in):
    client = sign_in(deputy)
    client.post(at(handover, "approve"), {"turn": 0})
    response = client.post(at(handover, "approve"), {"turn": 0})
    assert (response.status_code, "刚刚已被办理" in response.content.decode()) == (403, True)
    assert response.context["petition"].turn == 1


def test_an_act_without_the_step_that_was_seen_is_refused(handover, deputy, sign_in):
    assert sign_in(deputy).post(at(handover, "approve")).status_code == 403
    assert Petition.objects.get(pk=handover.pk).turn == 0


def test_sending_back_needs_a_reason(handover, deputy, sign_in):
    client = sign_in(deputy)
    assert client.post(at(handover, "send_back"), {"turn": 0, "remark": " "}).status_code == 422
    client.post(at(handover, "send_back"), {"turn": 0, "remark": "另有工作"})
    petition = Petition.objects.get(pk=handover.pk)
    assert (petition.state, petition.steps.last().remark) == (PetitionState.RETURNED, "另有工作")


def test_withdrawing(cast, handover, sign_in):
    sign_in(cast.college_admin).post(at(handover, "withdraw"), {"turn": 0})
    assert Petition.objects.get(pk=handover.pk).state == PetitionState.WITHDRAWN


def test_a_returned_request_leads_its_organisation_to_asking_once_more_and_nobody_else(
    cast, handover, deputy, sign_in
):
    sign_in(deputy).post(at(handover, "send_back"), {"turn": 0, "remark": "另有工作"})
    people = (cast.college_admin, deputy, cast.university_admin)
    shown = [sign_in(who).get(at(handover)).context["again"] for who in people]
    assert shown == [reverse("seats:own"), "", ""]


def test_who_has_acted_still_sees_the_case_after_losing_the_seat(cast, handover, deputy, sign_in):
    sign_in(deputy).post(at(handover, "approve"), {"turn": 0})
    sign_in(cast.university_admin).post(at(handover, "approve"), {"turn": 1})
    assert sign_in(cast.college_admin).get(at(handover)).status_code == 200


def test_an_invited_person_accepts_without_any_seat(cast, country, sign_in):
    petition = invitations.invite(
        country.college, cast.outsider, Office(title="干事"), actor=scope.scope_of(cast.college_admin)
    )
    assert list(petition_queries.awaiting_person(cast.outsider)) == [petition]
    client = sign_in(cast.outsider)
    before = client.session.session_key
    client.post(at(petition, "approve"), {"turn": 0})
    assert Post.objects.get(account=cast.outsider).title == "干事"
    assert client.session.session_key != before


def test_for_a_vacant_organisation_the_page_says_who_acts(cast, country, deputy):
    administrators.change(
        country.university, leaver=cast.university_admin, actor=scope.scope_of(cast.corps_admin)
    )
    petition = administrators.change(
        country.college, successor=deputy, actor=scope.scope_of(cast.college_admin)
    )
    sentence = petition_queries.whose_turn(petition, scope.scope_of(cast.college_admin))
    assert sentence == (
        "由“共青团新疆生产建设兵团委员会”的管理员代为办理（“新疆生产建设兵团石河子大学团委”暂无管理员）"
    )
