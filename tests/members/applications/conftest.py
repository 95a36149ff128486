"""What the tests of applications share: content that satisfies every rule, and applications waiting in a branch."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from members.applications import applying
from members.applications.content import Content
from members.models import Application, ApplicationKind
from orgs.scope import nobody, scope_of
from tests import makers

NOW = timezone.now()
OFFICE = {"title": "宣传委员", "since": date(2025, 9, 1), "nature": "兼职", "in_party_committee": False}


def content(**facts) -> Content:
    """Somebody new, unless told otherwise."""
    basis = {
        "number": makers.number_of(),
        "name": "申请人",
        "phone": "16300000077",
        "ethnicity": "汉族",
        "political_status": "共青团员",
        "education": "本科（在读）",
        "joined": date(2021, 5, 1),
        "league_number": "202165777777",
    }
    return Content(**{**basis, **facts})


def submit(branch, **facts) -> Application:
    """An application for this branch, as a visitor."""
    kind = ApplicationKind.CADRE if facts.get("title") else ApplicationKind.MEMBER
    return applying.submit(branch, kind, content(**facts), actor=nobody(address="192.0.2.7"), now=NOW)


@pytest.fixture
def application(country) -> Application:
    """One for 2023级1班团支部."""
    return submit(country.class1)


@pytest.fixture
def branch_admin(cast):
    """The scope of its administrator."""
    return scope_of(cast.class1_admin)
