"""Internet Explorer, and what borrows it, gets one plain page that says which browsers work (decision 0092)."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Answer = Callable[[HttpRequest], HttpResponse]

CANNOT = re.compile(r"\bMSIE \d|\bTrident/\d")
FOR_ALL = ("/help/", "/healthz", "/readyz")  # reading needs no more than any browser can


class CanBrowse:
    """Answers a browser that cannot show the pages before anything is asked of session or database."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cannot = CANNOT.search(request.headers.get("User-Agent", ""))
        if cannot is None or request.path.startswith(FOR_ALL):
            return self.get_response(request)
        return HttpResponse(render_to_string("cannot_browse.html"))
