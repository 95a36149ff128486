"""Whom 催办 is about: the college, its class and the workshop."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from orgs.scope import scope_of
from tests.transfers.bulk import crowd
from transfers.models import Transfer


@pytest.fixture
def here(country, cast):
    return SimpleNamespace(country=country, cast=cast, college=scope_of(cast.college_admin))


@pytest.fixture
def sent(here) -> list[int]:
    """The college sends somebody to the workshop, whose turn it is: the id of the case."""
    actor = here.college
    crowd.send(crowd.listed([here.cast.member], actor, target=here.country.workshop), actor)
    return list(Transfer.objects.values_list("pk", flat=True))
