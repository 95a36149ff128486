"""Somebody new, before and after the initial password."""

import pytest

from tests.helpers import sign_in_by_form
from tests.makers import make_account, number_of

NAME = "古丽努尔·买买提江"


@pytest.fixture
def newcomer():
    number = next(n for n in (number_of(serial=at) for at in range(1, 99)) if n.endswith("X"))
    return make_account(NAME, number=number, password=None)


@pytest.fixture
def half_open(client, newcomer):
    """The client after the initial password."""
    sign_in_by_form(client, newcomer.id_number, newcomer.id_number[-8:])
    return client
