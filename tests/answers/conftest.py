"""Administrators at work: most answers begin at the 管理员首页."""

from __future__ import annotations

import pytest

from tests.answers.importing import at_desk
from tests.answers.visitor import Visitor


@pytest.fixture
def branch(cast) -> Visitor:
    """The first class's administrator at the 管理员首页."""
    return at_desk(cast.class1_admin)


@pytest.fixture
def college(cast) -> Visitor:
    """The college's administrator at the 管理员首页."""
    return at_desk(cast.college_admin)
