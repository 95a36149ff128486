"""省级专库 is seen by exactly the province; every look is recorded (§6.2, decision 0087)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import makers
from transfers.enums import Act
from zhtj.audit.models import AuditEntry

from .conftest import SECRET, UNIT


def test_the_province_sees_list_and_person_with_the_number_masked(sign_in, cast, stored):
    client = sign_in(cast.corps_admin)
    listed, page = client.get("/stores/"), client.get(f"/stores/{stored.pk}/")
    account = stored.account
    assert account.name in listed.content.decode()
    assert UNIT not in listed.content.decode()
    assert UNIT in page.content.decode()
    assert account.id_number not in page.content.decode()


@pytest.mark.parametrize("who", ["centre_admin", "university_admin", "college_admin", "class1_admin"])
def test_neither_superiors_nor_those_below_see_it(sign_in, cast, stored, who):
    client = sign_in(getattr(cast, who))
    listed = client.get("/stores/")
    assert stored.account.name not in listed.content.decode()
    assert client.get(f"/stores/{stored.pk}/").status_code == 404


def test_another_province_does_not_see_it(sign_in, country, cast, stored):
    admin = makers.make_admin(country.shandong, "鲁省委")
    assert sign_in(admin).get(f"/stores/{stored.pk}/").status_code == 404


def test_every_look_at_a_person_is_recorded_for_the_person(sign_in, cast, stored):
    client = sign_in(cast.corps_admin)
    client.get(f"/stores/{stored.pk}/")
    client.get(f"/stores/{stored.pk}/")
    looks = AuditEntry.objects.filter(verb="stores.seen", account_id=stored.account_id)
    assert looks.count() == 2


def test_the_superior_does_not_learn_from_the_record_who_is_in_the_store(sign_in, cast, stored):
    sign_in(cast.corps_admin).get(f"/stores/{stored.pk}/")
    own = sign_in(cast.corps_admin).get("/desk/audit/").content.decode()
    above = sign_in(cast.centre_admin).get(f"/desk/audit/organizations/{stored.province_id}/")
    assert "查看省级专库人员" in own
    assert "查看省级专库人员" not in above.content.decode().replace("</option>", "")


def test_a_number_is_shown_once_with_a_reason(sign_in, cast, stored):
    client = sign_in(cast.corps_admin)
    assert client.post(f"/stores/{stored.pk}/reveal/", {"reason": ""}).status_code == 422
    page = client.post(f"/stores/{stored.pk}/reveal/", {"reason": "核对"})
    assert stored.account.id_number in page.content.decode()
    row = AuditEntry.objects.get(verb="stores.reveal_id")
    assert row.detail["reason"] == "核对"


def test_the_list_is_searched_by_name(sign_in, cast, stored):
    client = sign_in(cast.corps_admin)
    assert stored.account.name in client.get("/stores/", {"name": stored.account.name[:2]}).content.decode()
    assert "没有符合条件的人" in client.get("/stores/", {"name": "无此人"}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_as_many_queries_for_three_rows_as_for_one(
    sign_in, country, cast, seats, begin, do, rows
):
    for at in range(rows):
        cast.member = makers.make_member(country.class1, f"参军{chr(0x4E00 + at)}")
        do("corps_admin", Act.AGREE_IN, begin("class1_admin", **SECRET))
    client = sign_in(cast.corps_admin)
    client.get("/stores/")  # what is read once a process
    with CaptureQueriesContext(connection) as captured:
        client.get("/stores/")
    assert len(captured) == 7
