"""Coming from outside the system: entry with origin, shown in the history (§6.2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import entry, outside, queries
from members.entry import Entered
from members.models import Membership
from members.outside import Arrival
from orgs.scope import scope_of
from tests import makers
from zhtj.lib.verdict import Refused

BEIJING = Arrival("beijing", "北京某大学团委", date(2026, 9, 1), "京青介0012号")
TODAY = date(2026, 11, 23)


def person(arrival: Arrival | None = BEIJING, **facts) -> Entered:
    return Entered(makers.number_of(), "京来人", "13800000001", date(2015, 5, 1), arrival=arrival, **facts)


def test_the_origin_stands_with_the_stretch_it_began(country, cast):
    actor = scope_of(cast.class1_admin)
    member = entry.enter(country.class1, person(), actor=actor, now=timezone.now())
    (stretch,) = queries.history(member.account)
    assert (stretch.begun_by, str(stretch.origin)) == ("outside", "北京市：北京某大学团委")
    assert (stretch.origin.moved_on, stretch.origin.letter) == (date(2026, 9, 1), "京青介0012号")


@pytest.mark.parametrize(
    ("arrival", "cause"),
    [
        (Arrival("tibet", "某团委"), "outside"),
        (Arrival("beijing", "  "), "origin_unit"),
        (Arrival("beijing", "某团委", TODAY + timedelta(days=1)), "moved_on"),
    ],
)
def test_only_chosen_places_with_a_name_and_no_day_to_come(arrival, cause):
    assert outside.may_arrive(arrival, today=TODAY).cause == cause


def test_an_entry_without_origin_is_an_entry(country, cast):
    actor = scope_of(cast.class1_admin)
    member = entry.enter(country.class1, person(None), actor=actor, now=timezone.now())
    assert Membership.objects.get(account=member.account).begun_by == "entry"


def test_the_verb_asks_the_rule(country, cast):
    with pytest.raises(Refused) as refusal:
        entry.enter(
            country.class1,
            person(Arrival("tibet", "某")),
            actor=scope_of(cast.class1_admin),
            now=timezone.now(),
        )
    assert refusal.value.verdict.cause == "outside"


FORM = {
    "name": "京来人",
    "ethnicity": "汉族",
    "political_status": "共青团员",
    "education": "本科（在读）",
    "joined_year": "2015",
    "joined_month": "5",
    "phone": "13800000001",
    "is_cadre": "no",
    "from_outside": "yes",
}


def test_the_form_takes_the_origin_along(sign_in, country, cast):
    client = sign_in(cast.class1_admin)
    data = FORM | {"branch": country.class1.pk, "number": makers.number_of(date(2000, 5, 20))}
    missing = client.post("/members/add/", data)
    assert missing.status_code == 422
    assert "请填写原所在组织" in missing.content.decode() or "请选择从哪里转入" in missing.content.decode()
    answer = client.post("/members/add/", data | {"outside": "fujian", "origin_unit": "福建某中学团委"})
    assert answer.status_code == 302
    assert str(Membership.objects.latest("pk").origin) == "福建省：福建某中学团委"


def test_the_person_reads_the_origin_in_the_history(sign_in, country, cast):
    member = entry.enter(country.class1, person(), actor=scope_of(cast.class1_admin), now=timezone.now())
    assert "北京市：北京某大学团委" in sign_in(member.account).get("/me/history/").content.decode()
