"""A few addresses that go wrong in every way there is, for the tests of errors and refusals."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import cache_control

from accounts.models import Account, Notice
from zhtj.lib.verdict import no


@login_not_required
def refuse(request, pk):
    """What a verb does when its rule says no."""
    no("该组织已有两名管理员。", cause="seats_full", remedy="请先办理管理员变更。").demand()


@login_not_required
def refuse_briefly(request):
    """A refusal whose remedy goes on with the sentence."""
    no("名额已满", cause="seats_full", remedy="，请先办理变更。").demand()


@login_not_required
def deny(request):
    """A refusal of Django's own."""
    raise PermissionDenied


@login_not_required
def break_down(request):
    """A fault of ours."""
    raise ValueError("110199200501011237")


@login_not_required
def too_big(request):
    """A form far too big."""
    raise RequestDataTooBig("too big")


@login_not_required
def gone(request, how):
    """What the act is about has gone away: nobody is there any more, or the database refuses to speak of them."""
    if how == "missing":
        Account.objects.get(pk=0)
    with transaction.atomic():
        Notice.objects.create(account_id=0, text="给谁", at=timezone.now())
        connection.check_constraints()


@login_not_required
def away(request):
    """The database is not there."""
    raise OperationalError("server closed the connection unexpectedly")


@login_not_required
def busy(request):
    """A statement that runs into its time limit."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20ms'")
        cursor.execute("SELECT pg_sleep(5)")


@login_not_required
@cache_control(max_age=60)
def cacheable(request):
    """A page that says itself how long it may be kept."""
    return HttpResponse("x")


@login_not_required
def count(request):
    """Keep something in the session."""
    request.session["count"] = request.session.get("count", 0) + 1
    return HttpResponse(str(request.session["count"]))


@login_not_required
def read(request):
    """Only look into the session."""
    return HttpResponse(str(request.session.get("count", 0)))


def closed(request):
    """A view that does not say it is public."""
    return HttpResponse("secret")


urlpatterns = [
    path("refuse/<int:pk>", refuse, name="refuse"),
    path("refuse-briefly", refuse_briefly, name="refuse_briefly"),
    path("deny", deny),
    path("break", break_down),
    path("too-big", too_big),
    path("gone/<str:how>", gone),
    path("away", away),
    path("busy", busy),
    path("cacheable", cacheable),
    path("count", count),
    path("read", read),
    path("closed", closed),
]
handler400 = "zhtj.errors.bad_request"
handler403 = "zhtj.errors.forbidden"
handler404 = "zhtj.errors.not_found"
handler500 = "zhtj.errors.server_error"
