"""催办: who will be named, then the text to be copied; and the record of all texts, for the superior too (§6.4)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from orgs.guard import administrators_only
from orgs.models import Organization
from zhtj.lib.paging import page_of

from ..enums import About
from ..models import Nudge
from . import texts, topics, verbs
from .forms import NudgeForm


def _ids(values: Iterable[str]) -> list[int]:
    """Ids by commas, or cases as a list names them (`12:in:…`)."""
    found = [each.partition(":")[0] for value in values for each in value.split(",")]
    return sorted({int(each) for each in found if each.isdecimal() and len(each) < 19})[: topics.MOST]


@require_POST
@administrators_only
def new(request: HttpRequest) -> HttpResponse:
    """Who and how many, and by when; nothing is recorded yet."""
    about = request.POST.get("about", "")
    if about not in About.values:
        raise Http404
    ids = _ids(
        [
            *request.POST.getlist("chosen"),
            *request.POST.getlist("case"),
            *request.POST.getlist("account"),
            *request.POST.getlist("organization"),
        ]
    )
    return _page(request, NudgeForm.blank(about, ids), About(about), ids)


def _page(
    request: HttpRequest, form: NudgeForm, about: About, ids: list[int], status: int = 200
) -> HttpResponse:
    subjects = topics.gather(about, ids, request.scope)
    context = {
        "form": form,
        "subjects": subjects,
        "groups": [(place, texts.listed(people)) for place, people in subjects.groups.items()],
        "may": verbs.may_nudge(subjects),
    }
    return render(request, "nudges/new.html", context, status=status)


@require_POST
@administrators_only
def make(request: HttpRequest) -> HttpResponse:
    """The text; that it was produced is recorded."""
    form = NudgeForm(request.POST)
    about, ids = request.POST.get("about", ""), _ids(request.POST.getlist("chosen"))
    if about not in About.values:
        raise Http404
    if not form.is_valid():
        return _page(request, form, About(about), ids, status=422)
    subjects = topics.gather(About(about), ids, request.scope)
    deadline = form.cleaned_data["deadline"]
    made = verbs.nudge(subjects, deadline=deadline, key=form.cleaned_data["key"], actor=request.scope)
    link = request.build_absolute_uri(reverse("accounts:sign_in"))
    text = texts.text(subjects, deadline=deadline, link=link)
    return render(request, "nudges/make.html", {"nudge": made, "text": text, "lines": text.count("\n") + 6})


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """催办记录 of the organisation acted for and everything below it, or of one organisation of it."""
    found, place = Nudge.objects.within(request.scope), None
    if (asked := request.GET.get("org", "")).isdecimal() and len(asked) < 19:
        place = get_object_or_404(Organization.objects.within(request.scope), pk=asked)
        found = found.filter(organization__path__startswith=place.path)
    rows = found.select_related("organization").annotate(newest=-F("pk"))
    page = page_of(rows, request.GET, by=("newest",), total=found.count())
    return render(request, "nudges/index.html", {"page": page, "place": place})
