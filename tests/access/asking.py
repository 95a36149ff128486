"""Asking the addresses of the matrix: the cast in a world of its own, one request at a time, undone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.rows import Row
from tests.access.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The cast in one transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def addresses(patterns=None, space: str = "") -> Iterator[str]:
    """The names of all addresses of the product."""
    for each in patterns or get_resolver().url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name}"


def address(name: str, args: tuple) -> str:
    """Where a row asks; `name?parameter` names its thing in the query."""
    name, _, parameter = name.partition("?")
    return f"{reverse(name)}?{parameter}={args[0]}" if parameter else reverse(name, args=args)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written meanwhile is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def send(client: Client, method: str, name: str, args: tuple, row: Row) -> HttpResponse:
    """One request; the answer."""
    return getattr(client, method)(address(name, args), row.data if method == "post" else None)


def ask(world: World, role: str, method: str, name: str, args: tuple, row: Row) -> HttpResponse:
    """One request of somebody in a role, undone; the answer."""
    with undone():
        return send(world.client(role), method, name, args, row)
