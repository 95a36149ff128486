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

    @cached_property
    def path(self) -> tuple[tuple[str, str], ...]:
        """Where the person acts: in 管理中心 the way down to the organisation acted for, in 个人中心 that word."""
        if self.menu.label != menu.PERSONAL.label:
            return tuple((name, "") for name in getattr(self.scope, "place", ()))
        return () if self.request.path == self.own_home else ((self.menu.label, self.own_home),)

    @cached_property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        """That, then the line of the menu the page lies under: where the page is, unless it says so itself."""
        lit = (line for group in self.menu.groups for line in group.lines if line.current)
        known = (self.request.path, self.own_home)
        return (*self.path, *((line.label, line.url) for line in lit if line.url not in known))

    @property
    def help(self) -> tuple[Topic, ...]:
        """The answers offered on this page, the most fitting first."""
        match = self.request.resolver_match
        return topics.offered(match.view_name) if match else ()

    @cached_property
    def own_home(self) -> str:
        """The person's own first page."""
        return menu.address("me:home") or "/"

    @cached_property
    def home(self) -> str:
        """Where the word mark leads."""
        return (self.organization is not None and menu.address("desk:home")) or self.own_home


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
