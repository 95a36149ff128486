"""Every act on a handover in every state, by everybody: what is not in the table is refused and changes nothing."""

import pytest

from orgs import administrators, petitions, scope
from orgs.enums import PetitionState
from orgs.kinds.seats import Seats
from orgs.models import Petition, PetitionStep, Seat
from orgs.petitions import Line
from tests import makers
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db

PEOPLE = ("leaver", "colleague", "successor", "superior", "higher", "stranger")
STATES = ("accepting", "deciding", "approved", "returned", "withdrawn")
ACTS = {
    "approve": lambda petition, actor: petitions.approve(petition, actor=actor),
    "send_back": lambda petition, actor: petitions.send_back(petition, actor=actor, remark="不同意"),
    "withdraw": lambda petition, actor: petitions.withdraw(petition, actor=actor),
}
NEXT = {
    ("accepting", "approve", "successor"): "deciding",
    ("accepting", "send_back", "successor"): "returned",
    ("accepting", "withdraw", "leaver"): "withdrawn",
    ("accepting", "withdraw", "colleague"): "withdrawn",
    ("deciding", "approve", "superior"): "approved",
    ("deciding", "send_back", "superior"): "returned",
    ("deciding", "withdraw", "leaver"): "withdrawn",
    ("deciding", "withdraw", "colleague"): "withdrawn",
}


@pytest.fixture
def people(cast, country):
    """Who may meet a handover of the college."""
    colleague, successor = makers.make_account("同事"), makers.make_account("继任")
    makers.make_post(successor, country.college, "委员")
    post = makers.make_post(colleague, country.college, "副书记")
    administrators.change(country.college, successor=colleague, actor=scope.scope_of(cast.university_admin))
    assert post.ended_at is None
    return {
        "leaver": cast.college_admin,
        "colleague": colleague,
        "successor": successor,
        "superior": cast.university_admin,
        "higher": cast.corps_admin,
        "stranger": cast.workshop_admin,
    }


def actor(people, who):
    return scope.scope_of(people[who])


@pytest.fixture
def handover(people, country):
    """A handover in a wanted state."""

    def handover(state: str) -> Petition:
        petition = administrators.change(
            country.college,
            leaver=people["leaver"],
            successor=people["successor"],
            actor=actor(people, "leaver"),
        )
        if state in ("deciding", "approved"):
            petition = petitions.approve(petition, actor=actor(people, "successor"))
        if state == "approved":
            petition = petitions.approve(petition, actor=actor(people, "superior"))
        if state == "returned":
            petition = petitions.send_back(petition, actor=actor(people, "successor"), remark="不")
        if state == "withdrawn":
            petition = petitions.withdraw(petition, actor=actor(people, "leaver"))
        return petition

    return handover


def state_of(petition: Petition) -> str:
    petition = Petition.objects.get(pk=petition.pk)
    if petition.state != PetitionState.PENDING:
        return str(petition.state)
    return "accepting" if petition.turn_account_id else "deciding"


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_state_by_act(people, handover, country, state, act, who):
    petition = handover(state)
    steps = PetitionStep.objects.filter(petition=petition).count()
    expected = NEXT.get((state, act, who), "refused")
    try:
        ACTS[act](petition, actor(people, who))
    except Refused:
        assert expected == "refused"
        assert (state_of(petition), petition.steps.count()) == (state, steps)
    else:
        assert state_of(petition) == expected
    seated = set(
        Seat.objects.filter(organization=country.college).values_list("post__account__name", flat=True)
    )
    moved = state == "approved" or expected == "approved"
    assert seated == ({"继任", "同事"} if moved else {"易学园", "同事"})


def test_what_is_shown_is_one_seat_from_whom_to_whom(handover):
    assert Seats().lines(handover("accepting")) == [Line("管理员", "易学园", "继任")]


def test_what_moved_on_since_it_was_shown_is_refused(people, handover):
    seen = handover("accepting")
    petitions.approve(seen, actor=actor(people, "successor"))
    with pytest.raises(Refused) as caught:
        petitions.send_back(seen, actor=actor(people, "successor"), remark="不")
    assert caught.value.verdict.cause == "moved_on"
