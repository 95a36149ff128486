"""Every act on a request to change information in every state, by everybody."""

import pytest
from django.utils import timezone

from orgs import changes, petitions, scope
from orgs.enums import PetitionState
from orgs.information import Information
from orgs.models import Organization, Petition
from tests import makers
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db

PEOPLE = ("own", "colleague", "superior", "higher", "stranger")
ACTS = {
    "approve": lambda petition, actor: petitions.approve(petition, actor=actor),
    "send_back": lambda petition, actor: petitions.send_back(petition, actor=actor, remark="不同意"),
    "withdraw": lambda petition, actor: petitions.withdraw(petition, actor=actor),
}
NEXT = {
    ("pending", "approve", "superior"): "approved",
    ("pending", "send_back", "superior"): "returned",
    ("pending", "withdraw", "own"): "withdrawn",
    ("pending", "withdraw", "colleague"): "withdrawn",
}


@pytest.fixture
def people(cast, country):
    """Who may meet a request of the college."""
    Organization.objects.update(completed_at="2026-01-01T00:00Z")
    return {
        "own": cast.college_admin,
        "colleague": makers.make_admin(country.college, "同事", title="副书记"),
        "superior": cast.university_admin,
        "higher": cast.corps_admin,
        "stranger": cast.zibo_admin,
    }


def ask(people, country, **given):
    given = given or {"facts": {"address": "北二路59号"}}
    actor = scope.scope_of(people["own"])
    done = changes.change(country.college, Information(**given), actor=actor, now=timezone.now())
    return done.petition


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", ["pending", "approved", "returned", "withdrawn"])
def test_what_is_not_in_the_table_changes_nothing(people, country, state, act, person):
    petition = ask(people, country)
    if state != "pending":
        closing, who = next((act, who) for (_, act, who), to in NEXT.items() if to == state)
        petition = ACTS[closing](petition, scope.scope_of(people[who]))
    before = Organization.objects.get(pk=country.college.pk).address
    expected = NEXT.get((state, act, person), state)
    if expected == state:
        with pytest.raises(Refused):
            ACTS[act](petition, scope.scope_of(people[person]))
    else:
        ACTS[act](petition, scope.scope_of(people[person]))
    after = Organization.objects.get(pk=country.college.pk).address
    assert Petition.objects.get(pk=petition.pk).state == expected
    assert after == ("北二路59号" if expected == "approved" else before)


def test_a_name_taken_meanwhile_is_refused_at_the_approval(people, country):
    petition = ask(people, country, short_name="临床医学院团委")
    makers.make_org(country.university, "临床医学院团委", "committee")
    with pytest.raises(Refused) as refused:
        petitions.approve(petition, actor=scope.scope_of(people["superior"]))
    assert refused.value.verdict.cause == "sibling_name"
    assert Petition.objects.get().state == PetitionState.PENDING


def test_the_payload_is_not_readable_in_the_database(people, country):
    petition = ask(people, country, facts={"address": "北二路59号"})
    stored = bytes(Petition.objects.get(pk=petition.pk).payload_cipher)
    assert "北二路".encode() not in stored
