"""Cases of every kind for the tests of transfers, between the classes of the cast's college and the workshop."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

from django.utils import timezone

from orgs.scope import Scope, scope_of
from transfers.enums import OPEN, Act, Landing, Role, Starter, State
from transfers.models import Step, Transfer

# Kind of case → starter, landing, name of the target in the country.
KINDS = {
    "person to a branch": (Starter.PERSON, Landing.BRANCH, "workshop"),
    "person to a body": (Starter.PERSON, Landing.BODY, "company"),
    "person outside": (Starter.PERSON, Landing.OUTSIDE, None),
    "person to the army": (Starter.PERSON, Landing.STORE, "corps"),
    "person to the next class": (Starter.PERSON, Landing.BRANCH, "class2"),
    "sent to a branch": (Starter.OUTGOING, Landing.BRANCH, "workshop"),
    "sent to a body": (Starter.OUTGOING, Landing.BODY, "company"),
    "sent to the army": (Starter.OUTGOING, Landing.STORE, "corps"),
    "asked for by a branch": (Starter.INCOMING, Landing.BRANCH, "workshop"),
    "asked for by a body": (Starter.INCOMING, Landing.BODY, "company"),
}


def scopes(country: SimpleNamespace, cast: SimpleNamespace, kind: str) -> dict[str, Scope]:
    """Everybody who may have a word, by name; the sides are those of the kind."""
    target = KINDS[kind][2]
    company = {"target": cast.workshop_admin, "target's superior": cast.company_admin}
    incoming = {
        "workshop": company,
        "company": {"target": cast.company_admin, "target's superior": cast.zibo_admin},
        "class2": {"target": cast.class2_admin, "target's superior": cast.college_admin},
        "corps": {"target": cast.corps_admin},
        None: {},
    }[target]
    people = {
        "the person": cast.member.account,
        "the class": cast.class1_admin,
        "the college": cast.college_admin,
        **incoming,
        "the centre": cast.centre_admin,
        "a stranger": cast.stranger,
    }
    return {name: scope_of(account) for name, account in people.items()}


def make(
    country: SimpleNamespace,
    cast: SimpleNamespace,
    kind: str,
    state: State,
    *,
    now: datetime | None = None,
) -> Transfer:
    """A case of the kind in the state, begun by somebody of its starter's side; the 团籍 is not held."""
    starter, landing, target = KINDS[kind]
    now = now or timezone.now()
    beginner = {
        Starter.PERSON: cast.member.account,
        Starter.OUTGOING: cast.class1_admin,
        Starter.INCOMING: cast.workshop_admin if target == "workshop" else cast.company_admin,
    }[starter]
    transfer = Transfer.objects.create(
        account=cast.member.account,
        source=country.class1,
        target=getattr(country, target) if target else None,
        outside="" if target else "beijing",
        outside_name="" if target else "北京市：某大学团委",
        landing=landing,
        starter=starter,
        reason="其他",
        state=state,
        since=now,
        opened_at=now,
        opened_by=beginner.pk,
        closed_at=None if state in OPEN else now,
    )
    role = Role(starter)
    Step.objects.create(
        transfer=transfer,
        number=1,
        at=now,
        act=Act.START,
        role=role,
        after=State.OUT,
        actor_id=beginner.pk,
        actor_name=beginner.name,
    )
    return transfer
