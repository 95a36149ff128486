"""Where log lines go: one JSON object a line on standard error."""

from .environment import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "zhtj.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("ZHTJ_LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "gunicorn.error": {"handlers": ["console"], "propagate": False, "level": "WARNING"},
        "gunicorn.access": {"handlers": [], "propagate": False},
        "django-q": {"handlers": ["console"], "propagate": False, "level": "WARNING"},
    },
}
