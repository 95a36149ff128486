"""Django's settings; what the environment decides stands in environment.py, the domain's figures in domain.py."""

from csp.constants import NONE, SELF

from .domain import *  # noqa: F403
from .domain import SESSION_MAX_HOURS
from .environment import BASE_DIR, env, read_data_dir, read_database, read_keys, read_mode
from .logs import LOGGING as LOGGING

MODE = read_mode()
PRODUCTION = MODE == "production"
DATA_DIR = read_data_dir()
DEBUG = False
SECRET_KEY, FIELD_KEYS, INDEX_KEY = read_keys(DATA_DIR, MODE)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.1", "::1"] if PRODUCTION else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "captcha",
    "csp",
    "django_htmx",
    "django_q",
    "zhtj",
    "zhtj.audit",
    "accounts",
    "orgs",
    "members",
    "transfers",
    "regcodes",
    "zhtj.desk",
]

MIDDLEWARE = [
    "zhtj.middleware.RequestId",
    "zhtj.middleware.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhtj.middleware.NoStore",
    "zhtj.browsers.CanBrowse",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zhtj.sessions.KeepAlive",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhtj.scoping.Scoping",
    "accounts.gate.SignInRequired",
    "zhtj.desk.inbox.counting.FrameCounts",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhtj.middleware.Refusals",
]

ROOT_URLCONF = "zhtj.urls"
WSGI_APPLICATION = "zhtj.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhtj.context.frame",
            ],
        },
    }
]

# -- data ---------------------------------------------------------------------------------------
DATABASES = {"default": read_database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
Q_CLUSTER = {
    "name": "zhtj",
    "orm": "default",
    "workers": env.int("ZHTJ_WORKERS", default=2),  # a large import takes one of them
    "timeout": 300,  # an import of 100,000 rows takes a tenth of it; see bench/large.py
    "retry": 360,  # must exceed timeout: a killed worker's job is offered again after it
    "max_attempts": 5,
    "ack_failures": False,
    "poll": 0.5,
    "catch_up": False,
    "save_limit": 250,
    "label": "后台任务",
}

# -- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["zhtj.lib.hashers.Argon2id"]
SESSION_ENGINE = "zhtj.sessions"
SESSION_COOKIE_AGE = SESSION_MAX_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CAPTCHA_TIMEOUT = 5  # minutes

# -- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
USE_I18N = True  # Django's own messages in Chinese; ours are literals
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# -- files --------------------------------------------------------------------------------------
# The supervisor collects first and says so; commands and tests read straight from static/.
COLLECTED = env.bool("ZHTJ_COLLECTED", default=PRODUCTION)
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = not COLLECTED
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# -- headers ------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "zhtj.errors.csrf_failure"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
