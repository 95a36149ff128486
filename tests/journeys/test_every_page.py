"""Every page × every role in a real browser, at both widths: nothing for axe, the console or the policy to complain about.

What is shown are the cells of the matrix (`tests/access/rows.py`) that answer with a page. Pages of one address and
role that differ in their words alone are looked at once. What takes a form is sent as it should be, with nothing in it and with
rubbish in every field. All of this is the long proof; every run looks at a share of the pages, another one each day.
`make looks` keeps a picture of everything at both widths in build/looks, for whoever wants to see it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.access.asking import address
from tests.access.rows import ROWS, Row
from tests.access.world import ROLES, World

from .theatre import Theatre

Cell = tuple[str, str, str, tuple]
SHARES = 120
REFUSALS = (403, 404, 405, 410)
WORDS = re.compile(r">[^<]+<|=\"[^\"]*\d[^\"]*\"")
RUBBISH = "<b>怎么填都不合格</b>" * 40
LOOKS = os.environ.get("LOOKS", "")  # a folder for the pictures


@pytest.fixture
def theatre(browser) -> Iterator[Theatre]:
    opened = Theatre(browser)
    yield opened
    opened.close()


def cells(world: World, role: str) -> Iterator[Cell]:
    """Role, way of asking, address and thing of everything the role may ask for or is told why not."""
    for name, row in ROWS.items():
        for way in ways(row):
            for args in places(world, row, role):
                yield role, way, name, args


def ways(row: Row) -> tuple[str, ...]:
    """get and post as the matrix has them; a form also with nothing and with rubbish in it."""
    return (*row.methods, "nothing", "rubbish") if "post" in row.methods else row.methods


def sent(way: str, row: Row, client: Client, path: str) -> Mapping[str, str]:
    """What the form carries; a browser never sends less than the token."""
    if way == "nothing":
        return {"csrfmiddlewaretoken": "0"}
    if way == "post":
        return row.data
    page = client.get(path).content if "get" in row.methods else b""
    fields = BeautifulSoup(page, "lxml").select("main form [name]")
    return dict.fromkeys({*row.data, *(each["name"] for each in fields)}, RUBBISH)


def ask(way: str, row: Row, client: Client, path: str) -> HttpResponse:
    """One request, and its answer."""
    return client.get(path) if way == "get" else client.post(path, sent(way, row, client, path))


def places(world: World, row: Row, role: str) -> list[tuple]:
    """What the role may ask this address for."""
    if row.door == "public":
        return [row.args]
    if role == "visitor":
        return []
    if row.door == "about":
        return [args for place, args in world.targets[row.kind].items() if row.cell(role, place) != "absent"]
    return [row.args]


def is_page(response: HttpResponse) -> bool:
    """Neither a file nor a piece of a page."""
    html = not response.streaming and response.get("Content-Type", "").startswith("text/html")
    return html and b"<html" in response.content


def shape(response: HttpResponse) -> str:
    """A page without its words and numbers."""
    return WORDS.sub("", response.content.decode(errors="replace")) if is_page(response) else ""


def look_at(theatre: Theatre, world: World, wanted: Iterator[Cell]) -> tuple[int, list[str]]:
    """How many different pages there were, and what is wrong with them."""
    seen, found = set(), []
    for role, way, name, args in wanted:
        with transaction.atomic():
            client, path = world.client(role), address(name, args)
            response = ask(way, ROWS[name], client, path)
            refusal = response.status_code in REFUSALS  # one page, whatever is refused
            key = ("" if refusal else (name, way), response.status_code, shape(response))
            if is_page(response) and key not in seen:
                seen.add(key)
                picture = Path(LOOKS, f"{name.replace(':', '.')}-{way}-{role}-{len(seen)}") if LOOKS else None
                faults = theatre.faults(path, response, client, picture)
                found += [f"{name} {way} {args} as {role}: {fault}" for fault in faults]
            transaction.set_rollback(True)
    return len(seen), found


@pytest.mark.prove
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_sound(theatre, world, role):
    count, found = look_at(theatre, world, cells(world, role))
    print(f"{role}: {count} different pages")
    assert not found, "\n".join(found)
    assert count > 10


def test_todays_share_of_the_pages_is_sound(theatre, world):
    everything = [cell for role in ROLES for cell in cells(world, role) if cell[1] == "get"]
    today = timezone.localdate().toordinal() % SHARES
    _, found = look_at(theatre, world, iter(everything[today::SHARES]))
    assert not found, "\n".join(found)
