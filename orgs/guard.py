"""The door of 管理中心: its pages exist only for people with a seat."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def administrators_only(view: View) -> View:
    """Answer 404 to whoever acts for no organisation, as if the page did not exist (§7)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.scope.root is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
