"""The numbers beside 操作中心 in the frame of every page: asked for once a request, and only when a page shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from . import collect


class Numbers(Mapping[str, int]):
    """`inbox` and `mine`; what is zero is not there."""

    def __init__(self, request: HttpRequest):
        self.request = request

    @cached_property
    def _found(self) -> dict[str, int]:
        counts = collect.counts(self.request.scope, now=timezone.now())
        return {name: number for name, number in (("inbox", counts.inbox), ("mine", counts.mine)) if number}

    def __getitem__(self, name: str) -> int:
        if name not in ("inbox", "mine"):
            raise KeyError(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class FrameCounts:
    """Sets `request.frame_counts`; a view may put its own in place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.frame_counts = Numbers(request)
        return self.get_response(request)
