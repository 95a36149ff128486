"""What happens around every request: its id, whose it is, what may be cached, and a rule's refusal as a page."""

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse

from zhtj import errors
from zhtj.audit.models import Result
from zhtj.audit.record import record
from zhtj.lib import retry, trace
from zhtj.lib.verdict import Refused

logger = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]


class RequestId:
    """Gives every request an id of its own; log lines, error pages and the response carry it."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = secrets.token_hex(6)
        trace.current.set(
            request_id
        )  # not reset: Django writes the log line of a 404 after the last middleware
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class ClientAddress:
    """Puts the visitor's address where the proxy's stands; only a trusted proxy is believed, and only its own entry."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES:
            with suppress(ValueError):
                last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
                request.META["REMOTE_ADDR"] = str(ip_address(last))
        return self.get_response(request)


class NoStore:
    """Keeps what is computed out of every cache, the browser's included, unless its view says otherwise."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class Refusals:
    """Shows a rule's refusal as a page with its reason and remedy, and records the denial; a wrong method as well."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return errors.not_allowed(request, response) if response.status_code == 405 else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; the view's transaction is rolled back by now, so the denial has one of its own.

        Where a rule could not be asked any more, because what the act is about went away under it, say that.
        """
        if _is_gone(exception):
            logger.warning("gone meanwhile", exc_info=exception)
            return errors.gone(request)
        if not isinstance(exception, Refused):
            return None
        verdict, match = exception.verdict, request.resolver_match
        verb = match.view_name.replace(":", ".") if match else "request"
        named = match.kwargs if match else {}
        detail = {"cause": verdict.cause, **{name: _plain(value) for name, value in named.items()}}
        record(verb, actor=request.scope, result=Result.DENIED, detail=detail)
        return errors.refused(request, verdict)


def _plain(value: object) -> object:
    """A parameter of an address as JSON takes it."""
    return value if isinstance(value, int) else str(value)


def _is_gone(exception: Exception) -> bool:
    missing = isinstance(exception, ObjectDoesNotExist)
    return missing or (isinstance(exception, IntegrityError) and retry.sqlstate(exception) == retry.REFERENCE)
