"""Gives every request its scope: the acting person in the seat chosen in the session."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from orgs import scope

SEAT_KEY = "seat"


def _scope(request: HttpRequest) -> scope.Scope:
    address = request.META.get("REMOTE_ADDR")
    if not request.user.is_authenticated:
        return scope.nobody(address=address)
    return scope.scope_of(request.user, seat_id=request.session.get(SEAT_KEY), address=address)


class Scoping:
    """Sets `request.scope`, read from the database once, and only when somebody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = SimpleLazyObject(lambda: _scope(request))
        return self.get_response(request)
