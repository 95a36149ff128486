"""Letters about people of class 1 who go to the workshop of the company in 淄博."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from orgs.scope import scope_of
from tests import makers
from transfers import opening, workflow
from transfers.enums import Act
from transfers.letters import issuing
from transfers.letters.parties import parties
from transfers.models import Letter, Transfer
from transfers.opening import Wish


@pytest.fixture
def seats(cast) -> SimpleNamespace:
    """Scopes of the cast by name."""
    return SimpleNamespace(
        **{name: scope_of(getattr(each, "account", each)) for name, each in vars(cast).items()}
    )


@pytest.fixture
def sent(country, seats):
    """`sent("张三")`: a case begun by class 1, which the workshop has to answer."""

    def sent(name: str = "张三", *, source=None, by=None, **wish) -> Transfer:
        member = makers.make_member(source or country.class1, name)
        wish = {"reason": "其他", "target": country.workshop, **wish}
        actor = by or seats.class1_admin
        return workflow.start(opening.build(member, Wish(**wish), actor=actor), actor=actor)

    return sent


@pytest.fixture
def issue(seats):
    """`issue(case)`: its letter as the college issues it, read again."""

    def issue(case: Transfer, *, by=None, now=None) -> Letter:
        case = Transfer.objects.select_related("account", "source", "target").get(pk=case.pk)
        to = parties(case).addressee
        made = issuing.issue(case, addressee=to, actor=by or seats.college_admin, now=now)
        return Letter.objects.select_related("issuer", "transfer__account").get(pk=made.pk)

    return issue


@pytest.fixture
def do(seats):
    """`do(case, Act.AGREE_IN)` by the company."""

    def do(case: Transfer, what: Act, *, by=None, **word) -> Transfer:
        fresh = Transfer.objects.get(pk=case.pk)
        return workflow.act(fresh, what, actor=by or seats.company_admin, word=workflow.Word(**word))

    return do
