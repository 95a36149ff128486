# ruff: noqa: E402 - Django must be set up before its models are imported
"""What 管理员首页 costs whom, in the country of bench.figures: seconds, queries, and the slowest of them.

`python -m bench.home`, on a throw-away database; the country is read from its rollup, a university of 10,000 live.
"""

from __future__ import annotations

import os
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Account
from bench.figures import people, plant
from members.figures import rollups
from members.models import Member
from orgs import seating
from orgs.models import Organization
from orgs.scope import of_command
from tests.makers import make_account, make_post
from tests.runs import remove, run_folder


def administrator(organization: Organization, at: int) -> Client:
    """Somebody at the page of this organisation, who was last here three days ago."""
    account = make_account(f"管理{chr(0x4E00 + at)}")
    seating.take_seat(make_post(account, organization), actor=of_command("bench"))
    Account.objects.filter(pk=account.pk).update(visited_before=timezone.now() - timedelta(days=3))
    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    return client


def measure(words: str, client: Client) -> None:
    """The better of three visits, and its slowest query."""
    best = None
    for _ in range(3):
        with CaptureQueriesContext(connection) as captured:
            began = time.perf_counter()
            assert client.get("/desk/").status_code == 200
            taken = time.perf_counter() - began
        if best is None or taken < best[0]:
            best = taken, len(captured), max(captured.captured_queries, key=lambda each: float(each["time"]))
    assert best
    print(f"管理员首页 of a {words}: {best[0]:.2f} s, {best[1]} queries, the slowest {best[2]['time']} s")
    if float(best[2]["time"]) > 0.1:
        print("   ", best[2]["sql"][:300])


def main() -> None:
    """Plant and measure."""
    try:
        call_command("migrate", verbosity=0)
        branches = plant()
        people(branches)
        top = Organization.objects.get(parent=None)
        university = Organization.objects.filter(parent=top).first()
        college = Organization.objects.filter(parent=university).first()
        places = {"country": top, "university": university, "college": college, "branch": branches[0]}
        visitors = {words: administrator(place, at) for at, (words, place) in enumerate(places.items())}
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{Member.objects.count():,} members, {len(branches):,} branches")
        rollups.refresh(now=timezone.now() - timedelta(days=4))
        rollups.refresh()
        for words, client in visitors.items():
            measure(words, client)
    finally:
        connection.close()
        remove(run_folder())


if __name__ == "__main__":
    main()
