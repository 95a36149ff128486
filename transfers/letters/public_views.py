"""查验介绍信: the page behind the QR code, open to everybody (§6.8).

The code stands in its address, because a QR code can carry nothing else; it opens this page and no other.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from . import checking
from .forms import CheckForm


def base(request: HttpRequest) -> str:
    """The whole address that codes are added to on paper."""
    return request.build_absolute_uri(reverse("check:form"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    """A code typed by hand; the answer stands on the same page, the code in no address."""
    asked = CheckForm(request.POST or None)
    if asked.is_valid():
        return _answer(request, asked.cleaned_data["code"])
    return render(request, "letters/check.html", {"form": asked}, status=422 if asked.errors else 200)


@require_safe
@login_not_required
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code was scanned."""
    return _answer(request, code)


def _answer(request: HttpRequest, code: str) -> HttpResponse:
    answer = checking.check(code, address=request.scope.address, now=timezone.now())
    context = {"answer": answer, "form": CheckForm()}
    response = render(request, "letters/check.html", context, status=200 if answer.verdict else 429)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
