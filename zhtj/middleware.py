"""What happens around every request: its id, refusals, the database being away, and what may be cached."""

import logging
import secrets
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from zhtj import errors
from zhtj.lib import trace
from zhtj.lib.verdict import Refused

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)


class RequestId:
    """Gives every request an id of its own; log lines, error pages and the response carry it."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = secrets.token_hex(6)
        token = trace.current.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            trace.current.reset(token)
        response["X-Request-Id"] = request_id
        return response


class DatabaseAway:
    """Turns a database that does not answer into 503 with Retry-After."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return None


class NoStore:
    """Keeps signed-in pages out of every cache, the browser's included."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


class Refusals:
    """Shows a rule's refusal as a page with its reason and remedy."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            verdict = exception.verdict
            return errors.page(request, 403, "不能这样操作", verdict.reason, verdict.remedy)
        if isinstance(exception, RequestDataTooBig):
            return errors.too_large(request)
        if isinstance(exception, OperationalError | InterfaceError):
            log.error("database away", exc_info=exception)
            return errors.database_away(request)
        return None
