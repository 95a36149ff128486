"""Every place an answer names is there, for somebody who may open it, under the id the link says."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from zhtj.help.bodies import body
from zhtj.help.topics import TOPICS, find

PLACE = re.compile(r'<a class="place" href="([^"#]+)(?:#([^"]+))?">')
LINK = re.compile(r'href="/help/(\w+)/"')
PEOPLE = (
    "visitor",
    "college_admin",
    "class1_admin",
    "university_admin",
    "corps_admin",
    "centre_admin",
    "member",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast) -> list[Client]:
    """Browsers of everybody who may have to do with an answer."""
    found = []
    for name in PEOPLE:
        client = Client()
        if name != "visitor":
            person = getattr(cast, name)
            client.force_login(getattr(person, "account", person))
        found.append(client)
    return found


def places() -> dict[str, dict[str, str]]:
    """Address → id of each place there → the answer that names it first."""
    named: dict[str, dict[str, str]] = {}
    for topic in TOPICS:
        for address, anchor in PLACE.findall(body(topic)):
            named.setdefault(address, {}).setdefault(anchor, topic.key)
    return named


def lost(clients: list[Client], address: str, anchors: dict[str, str]) -> dict[str, str]:
    """What none of them finds on the page: id → answer."""
    missing = dict(anchors)
    for client in clients:
        page = client.get(address, follow=True)  # a browser keeps the id on the way
        if page.status_code == 200:
            text = page.content.decode()
            missing = {
                anchor: key for anchor, key in missing.items() if anchor and f'id="{anchor}"' not in text
            }
        if not missing:
            break
    return missing


def test_every_place_is_there(clients):
    found = {address: lost(clients, address, anchors) for address, anchors in places().items()}
    assert {address: missing for address, missing in found.items() if missing} == {}


def test_answers_lead_to_answers_that_exist():
    dead = [(topic.key, key) for topic in TOPICS for key in LINK.findall(body(topic)) if find(key) is None]
    assert dead == []
