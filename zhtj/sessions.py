"""Sessions in the database that end after half an hour without a request, and in any case after half a day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

STARTED = "started"
PRECISION = timedelta(minutes=1)  # how stale the stored end may grow before it is written again


class SessionStore(db.SessionStore):
    """Django's database sessions with both limits in the stored end.

    `lapsed_account` is the id of the person whose session this was before it ended by time: a form sent too late
    can go on after the same person signs in again. The cookie is left until then, for there may be other tabs.
    """

    ends: datetime | None = None
    lapsed_account: int | None = None

    def _get_session_from_db(self) -> Any:
        row = self.model.objects.filter(session_key=self.session_key).first()
        if row is not None and row.expire_date <= timezone.now():
            person = self.decode(row.session_data).get(SESSION_KEY)
            self.lapsed_account = int(person) if person else None
            row = None
        if row is None:
            self._session_key = None
        self.ends = row.expire_date if row else None
        return row

    def is_empty(self) -> bool:
        """Whether the middleware may delete the cookie."""
        return super().is_empty() and self.lapsed_account is None

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to save; the first one notes when the session started."""
        data.setdefault(STARTED, int(timezone.now().timestamp()))
        row = super().create_model_instance(data)
        row.expire_date = self.ends = end_of(data[STARTED])
        return row

    def keep_alive(self) -> None:
        """Move the end on by one statement that touches nothing else: a slow request must not undo a fast one."""
        if self.ends is None or self.session_key is None:
            return
        end = end_of(self[STARTED])
        if end - self.ends >= PRECISION:
            self.model.objects.filter(session_key=self.session_key).update(expire_date=end)


def end_of(started: int) -> datetime:
    """When a session used right now ends."""
    idle = timezone.now() + timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    latest = datetime.fromtimestamp(started, tz=idle.tzinfo) + timedelta(hours=settings.SESSION_MAX_HOURS)
    return min(idle, latest)


class KeepAlive:
    """Counts every request that read its session as use of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and not request.session.modified and response.status_code < 500:
            request.session.keep_alive()
        return response
