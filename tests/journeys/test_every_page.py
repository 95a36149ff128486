"""Every page × every role in a real browser, at both widths: nothing for axe, the console or the policy to complain about.

What is shown are the cells of the matrix (`tests/access/rows.py`) that answer with a page. Pages of one address and
role that differ in their words alone are looked at once. All of them are the long proof; every run looks at a share,
another one each day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from tests.access.asking import address
from tests.access.rows import ROWS, Row
from tests.access.world import ROLES, World

from .theatre import Theatre

Cell = tuple[str, str, str, tuple]
SHARES = 120
REFUSALS = (403, 404, 405, 410)
WORDS = re.compile(r">[^<]+<|=\"[^\"]*\d[^\"]*\"")


@pytest.fixture
def theatre(browser) -> Iterator[Theatre]:
    opened = Theatre(browser)
    yield opened
    opened.close()


def cells(world: World, role: str) -> Iterator[Cell]:
    """Role, method, address and thing of everything the role may ask for or is told why not."""
    for name, row in ROWS.items():
        for method in row.methods:
            for args in places(world, row, role):
                yield role, method, name, args


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
    for role, method, name, args in wanted:
        with transaction.atomic():
            client, path, row = world.client(role), address(name, args), ROWS[name]
            response = getattr(client, method)(path, row.data if method == "post" else None)
            refusal = response.status_code in REFUSALS  # one page, whatever is refused
            key = ("" if refusal else (name, method), response.status_code, shape(response))
            if is_page(response) and key not in seen:
                seen.add(key)
                faults = theatre.faults(path, response, client)
                found += [f"{name} {method} {args} as {role}: {fault}" for fault in faults]
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
