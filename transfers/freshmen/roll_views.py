"""名单对账 of newcomers: the 录取名单 beside the system, who has not come, and the workbook (§6.7)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.limits import Limit
from members.matching import reading
from orgs.guard import administrators_only
from orgs.models import Organization
from zhtj.audit.record import record
from zhtj.lib import crypto, exports, notices
from zhtj.lib.sheets import Unreadable
from zhtj.lib.verdict import Refused, no

from ..bulk import deciding
from . import admissions, pages, roll
from .forms import AdmissionForm
from .roll import Group, Roll
from .views import receiving_at

LISTS = Limit("admission_list", settings.UPLOADS_PER_HOUR, 60)
WAITS = no("上传名单太频繁", cause="waiting", remedy="，请一小时后再试。")


@require_safe
@administrators_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What has become of everybody on the list, as things are now."""
    return _page(request, receiving_at(request, pk))


def _page(request: HttpRequest, organization: Organization, form: AdmissionForm | None = None):
    head = pages.head(organization, "roll", request.scope)
    context = {"head": head, "form": form or AdmissionForm(), "days": settings.ADMISSION_DAYS}
    if head.admission is not None:
        context |= _called(request, head)
    return render(request, "freshmen/roll.html", context, status=422 if form else 200)


def _called(request: HttpRequest, head: pages.Head) -> dict:
    found = _roll(request, head)
    group = _group(request.GET.get("group", ""), found)
    page = pages.page_of_rows(found.of(group), request.GET)
    rows = [(each, deciding.token(each.case) if each.case else "") for each in page.rows]
    return {
        "groups": _tiles(found, group),
        "group": group,
        "said": roll.SAID[group],
        "page": page,
        "rows": rows,
    }


def _roll(request: HttpRequest, head: pages.Head) -> Roll:
    lines = admissions.lines_of(head.admission)
    return roll.call(lines, head.at, scope=request.scope, today=timezone.localdate())


def _group(asked: str, found: Roll) -> Group:
    if asked in Group.values:
        return Group(asked)
    return next((each for each in Group if found.counts[each]), Group.ARRIVED)


def _tiles(found: Roll, group: Group) -> list[dict]:
    asking = (Group.ELSEWHERE, Group.ABSENT, Group.UNSURE)
    return [
        {
            "label": each.label,
            "value": found.counts[each],
            "kind": "todo" if each in asking and found.counts[each] else "",
            "url": f"?group={each}",
            "current": each == group,
        }
        for each in Group
    ]


@require_POST
@administrators_only
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """上传 the list, in place of an earlier one."""
    organization, form = receiving_at(request, pk), AdmissionForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _keep(form, organization, request)
        except (Refused, Unreadable) as refusal:
            form.refuse(refusal.verdict)
        else:
            notices.success(request, "名单已保存，下面是每个人现在的情况。")
            return redirect("freshmen:roll", pk=pk)
    return _page(request, organization, form)


def _keep(form: AdmissionForm, organization: Organization, request: HttpRequest) -> None:
    key = crypto.blind_index(str(request.scope.account_id), field="admission_list")
    if LISTS.charge(key, now=timezone.now()):
        raise Refused(WAITS)
    file = form.cleaned_data["file"]
    if file:
        lines, source = reading.lines_of_file(file.read(), file.name), file.name
    else:
        lines, source = reading.lines_of_text(form.cleaned_data["pasted"]), "粘贴的名单"
    admissions.keep(organization, lines, source=source, actor=request.scope)


@require_POST
@administrators_only
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """删除 the list; nobody's data changes."""
    admissions.drop(receiving_at(request, pk), actor=request.scope)
    notices.success(request, "录取名单已删除，转接和团籍没有任何改变。")
    return redirect("freshmen:roll", pk=pk)


@require_POST
@administrators_only
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole result; the numbers are those of the list as it was brought."""
    organization = receiving_at(request, pk)
    head = pages.head(organization, "roll", request.scope)
    if head.admission is None:
        return redirect(reverse("freshmen:roll", args=[pk]))
    rows = roll.sheet_rows(_roll(request, head))
    record("freshmen.exported", actor=request.scope, organization=organization, detail={"rows": len(rows)})
    note = f"{request.scope.account_name} {timezone.localtime():%Y-%m-%d %H:%M} 导出，“{organization.full_name}”的录取名单。"
    raw = exports.workbook("新生报到情况", roll.COLUMNS, rows, note=note, code=(3,))
    return exports.download(raw, f"新生报到情况（{organization.short_name}）.xlsx")
