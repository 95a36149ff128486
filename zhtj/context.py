"""What every page's frame needs; computed only when a template asks, without queries of its own."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from zhtj import menu
from zhtj.help import topics
from zhtj.help.topic import Topic


class Frame:
    """The acting person and organisation, the seats to switch between, and the menu."""

    def __init__(self, request: HttpRequest):
        self.request = request

    @cached_property
    def scope(self) -> Any:
        """Where the person acts; None where no middleware has set it."""
        return getattr(self.request, "scope", None)

    @cached_property
    def organization(self) -> Any:
        """The organisation acted for, or None."""
        return getattr(self.scope, "root", None)

    @cached_property
    def seat(self) -> Any:
        """The seat in use, or None."""
        return getattr(self.scope, "seat", None)

    @cached_property
    def seats(self) -> tuple[Any, ...]:
        """All seats of the person, each with its organisation."""
        return tuple(getattr(self.scope, "seats", ()))

    @cached_property
    def name(self) -> str:
        """The person's name, empty for a visitor."""
        user = getattr(self.request, "user", None)
        return user.name if user is not None and user.is_authenticated else ""

    @cached_property
    def menu(self) -> menu.Menu:
        """The left menu for this page."""
        return menu.menu(self.scope, self.request)

    @property
    def help(self) -> tuple[Topic, ...]:
        """The answers offered on this page, the most fitting first."""
        match = self.request.resolver_match
        return topics.offered(match.view_name) if match else ()

    @cached_property
    def home(self) -> str:
        """Where the word mark leads."""
        names = ("desk:home", "me:home") if self.organization is not None else ("me:home",)
        return next((url for name in names if (url := menu.address(name))), "/")


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
