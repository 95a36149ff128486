"""Every address × every role × every place: who gets in, who is told why not, and that nobody else notices anything.

Out of scope answers byte for byte like non-existent, a denial changes nothing in the database, and no page shows
the name of anybody outside the scope.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.access import markup
from tests.access.asking import addresses, ask, send, undone
from tests.access.rows import ROWS, Row
from tests.access.watching import canaries, digest
from tests.access.world import ROLES, World

LOGIN = "/login/"
FINE = {200, 301, 302, 405, 410, 422, 429}
VOLATILE = re.compile(rb"\b[0-9a-f]{12}\b|name=\"csrfmiddlewaretoken\" value=\"[^\"]*\"")


def looks(response) -> tuple:
    """What an observer can tell two answers apart by."""
    headers = sorted(name for name in response.headers if name != "X-Request-Id")
    return response.status_code, headers, VOLATILE.sub(b"", response.content)


def judge_page(world: World, role: str, row: Row, response) -> None:
    """An allowed answer is no refusal, keeps to the rules for pages, and names nobody it must not."""
    assert response.status_code in FINE, (role, response.status_code)
    if row.sample or response.streaming:
        return
    text = response.content.decode(errors="replace")
    assert markup.faults(text) == [], role
    leaked = [name for name in canaries(world, role, names_public=row.public_names) if name in text]
    assert leaked == [], (role, leaked)


def judge_login(response, role: str) -> None:
    """A visitor is led to the sign-in page, whatever is behind the address."""
    assert response.status_code == 302, (role, response.status_code)
    assert response.headers["Location"].startswith(LOGIN)


def test_every_address_has_a_row_and_every_row_an_address():
    assert sorted(set(addresses()) ^ {name.partition("?")[0] for name in ROWS}) == []


def named(door: str) -> list[str]:
    return [name for name, row in ROWS.items() if row.door == door]


@pytest.mark.parametrize("name", named("public"))
def test_public_pages_open_for_everybody_and_name_no_person(world, name):
    row = ROWS[name]
    for role in ROLES:
        for method in row.methods:
            judge_page(world, role, row, ask(world, role, method, name, row.args, row))


@pytest.mark.parametrize("name", named("personal"))
def test_personal_pages_ask_visitors_to_sign_in(world, name):
    row = ROWS[name]
    for role in ROLES:
        for method in row.methods:
            response = ask(world, role, method, name, row.args, row)
            if role == "visitor":
                judge_login(response, role)
            else:
                judge_page(world, role, row, response)


@pytest.mark.parametrize("name", named("seated"))
def test_the_desk_exists_only_for_administrators(world, name):
    row = ROWS[name]
    for role in ROLES:
        for method in row.methods:
            before = digest()
            response = ask(world, role, method, name, row.args, row)
            if role == "visitor":
                judge_login(response, role)
            elif role == "member" or role in row.absent:
                assert response.status_code == 404, role
            elif role in row.refused:
                assert response.status_code == 403, role
            else:
                judge_page(world, role, row, response)
            assert digest() == before


@pytest.mark.parametrize("name", named("about"))
def test_things_are_reached_only_where_the_matrix_says_so_and_a_denial_changes_nothing(world, name):
    row = ROWS[name]
    with undone():
        clients = {role: world.client(role) for role in ROLES}
        before = digest()
        for role, client in clients.items():
            for method in row.methods:
                judge_places(world, role, client, method, name)
        assert digest() == before


def judge_places(world: World, role: str, client: Client, method: str, name: str) -> None:
    """What one person gets for the thing in every place; what is denied is not undone, so that it would be seen."""
    row = ROWS[name]
    places = world.targets[row.kind]
    nothing = looks(send(client, method, name, places["missing"], row))
    for place, args in places.items():
        if role == "visitor":
            judge_login(send(client, method, name, args, row), role)
            continue
        allowed = row.cell(role, place)
        response = (
            ask(world, role, method, name, args, row)
            if allowed == "yes"
            else send(client, method, name, args, row)
        )
        found = {403: "refused", 404: "absent"}.get(response.status_code, "yes")
        assert (role, place, found) == (role, place, allowed)
        if found == "yes":
            judge_page(world, role, row, response)
        elif found == "absent":
            assert looks(response) == nothing, (role, place)
