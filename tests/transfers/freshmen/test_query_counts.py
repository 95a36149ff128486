"""Every tab costs the same literal number of queries with one newcomer and with three."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.matching.reading import lines_of_text
from tests import makers
from transfers.freshmen import admissions

TABS = {
    "": 15,
    "classes/": 14,
    "papers/": 15,
    "papers/?who=coming&state=lacking": 15,
    "roll/?group=underway": 22,
    "roll/?group=arrived": 22,
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("tab", TABS)
def test_a_tab_costs_as_many_queries_for_three_as_for_one(
    sign_in, country, cast, admin, send, receive, tab, rows
):
    brought = []
    for at in range(rows):
        mark = chr(0x4E00 + at)
        brought += [send(f"在途{mark}").account, receive(f"到院{mark}", "college").account]
        brought.append(makers.make_member(country.freshmen, f"到部{mark}").account)
    lines = lines_of_text("\n".join(f"{each.name} {each.id_number}" for each in brought))
    admissions.keep(country.college, lines, source="名单", actor=admin)
    client, address = sign_in(cast.college_admin), f"/freshmen/{country.college.pk}/{tab}"
    client.get(address)  # what is read once a process
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert (response.status_code, len(captured)) == (200, TABS[tab])
