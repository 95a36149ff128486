"""Somebody of class 1 who went to the army, in the store of the 兵团."""

from __future__ import annotations

import pytest

from transfers.enums import Act
from transfers.models import Stored

UNIT = "某部队七三三分队"
SECRET = {"target": None, "outside": "secret", "outside_name": UNIT, "reason": "参军入伍或转入涉密单位"}


@pytest.fixture
def leaving(begin):
    """The case while the province has not decided."""
    return begin("class1_admin", remark="去七三三分队", **SECRET)


@pytest.fixture
def stored(leaving, do):
    """The person in the store."""
    do("corps_admin", Act.AGREE_IN, leaving, remark="同意去七三三分队")
    return Stored.objects.select_related("account", "province", "branch").get()
