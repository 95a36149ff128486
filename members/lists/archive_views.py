"""按团支部导出: the ZIP of a subtree, masked, or whole with a reason and the password."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.views import within
from zhtj.lib.verdict import Refused

from . import archive, quota
from .forms import FullForm

ZIP = "application/zip"


def _initial(request: HttpRequest) -> Organization:
    """The organisation asked for, or the own one."""
    asked = request.GET.get("org", "")
    return within(request, int(asked) if asked.isdecimal() and len(asked) < 19 else request.scope.root.pk)


@require_safe
@administrators_only
def page(request: HttpRequest) -> HttpResponse:
    """What will leave, and in which of two ways."""
    return _page(request, _initial(request), FullForm(request=request))


def _page(request: HttpRequest, root: Organization, form: FullForm, status: int = 200) -> HttpResponse:
    size, left = archive.extent(root), quota.left(request.scope.account_id, now=timezone.now())
    context = {
        "organization": root,
        "size": size,
        "form": form,
        "left": left,
        "may": archive.may_archive(size),
        "may_full": quota.fits(size.people, left),
        "crumbs": [("团员列表", reverse("members:list")), ("按团支部导出", "")],
    }
    return render(request, "lists/archive.html", context, status=status)


@require_POST
@administrators_only
def masked(request: HttpRequest, pk: int) -> HttpResponse:
    """The ZIP with masked numbers, made while it is sent."""
    root = within(request, pk)
    parts = archive.archive(root, full=False, reason="", actor=request.scope, now=timezone.now())
    return _send(StreamingHttpResponse(parts, content_type=ZIP), archive.file_name(root, full=False))


@require_POST
@sensitive_post_parameters("password")
@administrators_only
def full(request: HttpRequest, pk: int) -> HttpResponse:
    """The ZIP with whole numbers; the quota keeps it small enough to be made at once."""
    root, now, form = within(request, pk), timezone.now(), FullForm(request.POST, request=request)
    if form.is_valid() and form.confirms(now=now):
        try:
            parts: Iterator[bytes] = archive.archive(
                root, full=True, reason=form.cleaned_data["reason"], actor=request.scope, now=now
            )
        except Refused as refused:
            form.add_error(None, refused.verdict.message)
        else:
            whole = HttpResponse(b"".join(parts), content_type=ZIP)
            return _send(whole, archive.file_name(root, full=True))
    return _page(request, root, form, status=422)


def _send(response: HttpResponse | StreamingHttpResponse, name: str) -> HttpResponse:
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
