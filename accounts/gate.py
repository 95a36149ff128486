"""Sends visitors to the sign-in page, without losing what they sent when only their session had ended."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from . import resume
from .entry import show_sign_in
from .forms import SignInForm


class SignInRequired(LoginRequiredMiddleware):
    """Closes every view that does not say `login_not_required`."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:
        """Background requests move the whole page; a form sent too late is kept; all others are redirected."""
        if in_background(request):
            return _move_page(request, self.get_login_url(view_func))
        lapsed = getattr(request.session, "lapsed_account", None)
        if request.method != "POST" or lapsed is None:
            return super().handle_no_permission(request, view_func)
        page = request.headers.get(
            "Referer", ""
        )  # where the form stood, should there be nothing to go on with
        form = SignInForm(initial={"kept": resume.keep(request, lapsed), "next": page})
        return show_sign_in(request, form, lapsed=True, status=401)


def in_background(request: HttpRequest) -> bool:
    """Whether a script asked, so that a page as the answer would end up inside another page."""
    headers = request.headers
    by_script = headers.get("HX-Request") == "true" or headers.get("X-Requested-With") == "XMLHttpRequest"
    return by_script or headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def _move_page(request: HttpRequest, login_url: str) -> HttpResponse:
    """401 that tells htmx to load the sign-in page and come back to the page the script ran on."""
    then = request.headers.get("HX-Current-URL", "")
    url = resolve_url(login_url)
    response = HttpResponse(status=401)
    response["HX-Redirect"] = f"{url}?{urlencode({'next': then})}" if then else url
    return response
