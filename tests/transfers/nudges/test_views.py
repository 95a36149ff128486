"""催办 as an administrator walks it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from transfers.enums import About
from transfers.models import Nudge
from transfers.nudges import topics, verbs

TOMORROW = timezone.localdate() + timedelta(days=1)


def nudge(here, key=None, deadline=TOMORROW, scope=None) -> Nudge:
    scope = scope or here.college
    subjects = topics.gather(About.START, [here.cast.member.account_id], scope)
    return verbs.nudge(subjects, deadline=deadline, key=key or uuid4(), actor=scope)


@pytest.fixture
def desk(here, sign_in):
    return sign_in(here.cast.college_admin)


def test_choose_see_and_copy(here, desk):
    chosen = f"{here.cast.member.account_id},{here.cast.classmate.account_id}"
    page = desk.post("/nudges/new/", {"about": "start", "chosen": chosen})
    sent = {**page.context["form"].initial, "deadline": TOMORROW.isoformat()}
    text = desk.post("/nudges/make/", sent).content.decode()
    assert ("欧阳*明" in text, "欧阳小明" in text, "http://testserver/login/" in text) == (True, False, True)
    assert Nudge.objects.count() == 1


def test_a_deadline_that_is_over_is_asked_again(here, desk):
    sent = {
        "about": "start",
        "chosen": str(here.cast.member.account_id),
        "key": uuid4(),
        "deadline": "2020-01-01",
    }
    answer = desk.post("/nudges/make/", sent)
    assert (answer.status_code, Nudge.objects.count()) == (422, 0)


def test_the_list_of_cases_leads_here(here, sign_in, sent):
    (pk,) = sent
    desk = sign_in(here.cast.company_admin)
    page = desk.post("/nudges/new/", {"about": "cases", "case": f"{pk}:in:1"}).content.decode()
    assert "装配车间团支部：古*·买*" in page


def test_whoever_may_not_is_told_why(here, desk):
    page = desk.post("/nudges/new/", {"about": "start", "chosen": str(here.cast.worker.account_id)})
    assert "没有可以催办的人或组织" in page.content.decode()


@pytest.mark.parametrize("address", ["/nudges/new/", "/nudges/make/"])
def test_about_nothing_there_is_no_page(desk, address):
    assert desk.post(address, {"about": "weather"}).status_code == 404


def test_the_record_is_listed_and_narrowed(here, desk):
    nudge(here)
    found = [
        desk.get(address).context["page"].total
        for address in (
            "/nudges/",
            f"/nudges/?org={here.country.class1.pk}",
            f"/nudges/?org={here.country.class2.pk}",
        )
    ]
    assert found == [1, 1, 0]


def test_the_organisation_page_leads_to_the_record(here, desk):
    page = desk.get(f"/orgs/{here.country.class1.pk}/").content.decode()
    assert f"/nudges/?org={here.country.class1.pk}" in page
