"""The id of the request being answered, so that a log line and an error page can name it."""

from contextvars import ContextVar

current: ContextVar[str] = ContextVar("request_id", default="")
