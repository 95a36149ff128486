"""Production refuses to guess; a local installation makes its own keys, once."""

import base64
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from zhtj.settings.environment import local_keys, parse_field_keys

KEY = base64.b64encode(b"k" * 32).decode()
COMPLETE = {
    "ZHTJ_ENV": "production",
    "SECRET_KEY": "s" * 50,
    "FIELD_KEYS": f"k2:{KEY},k1:{KEY}",
    "INDEX_KEY": KEY,
    "DATABASE_URL": "postgres://user:secret@db.example:5432/zhtj",
    "ALLOWED_HOSTS": "tuan.example",
}


def load(environment, show="''"):
    """Load the settings in a fresh process; its exit code and everything it printed."""
    code = f"import django; django.setup(); from django.conf import settings as s; print({show})"
    kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "zhtj.settings"}
    argv = [sys.executable, "-c", code]
    done = subprocess.run(
        argv, env={**kept, **environment}, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "DATABASE_URL"])
def test_production_names_what_is_missing(name):
    code, output = load({key: value for key, value in COMPLETE.items() if key != name})
    assert (code, name in output) == (1, True)


def test_production_sends_cookies_over_tls_only():
    show = (
        "s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.SECURE_HSTS_SECONDS, s.DEBUG"
    )
    assert load(COMPLETE, show) == (0, "__Host-session True __Host-csrf 31536000 False\n")


def test_a_wrong_key_is_refused_without_repeating_it():
    code, output = load({**COMPLETE, "INDEX_KEY": "c2hvcnQ="})
    assert (code, "INDEX_KEY" in output, "c2hvcnQ=" in output) == (1, True, False)


def test_an_unknown_mode_is_refused(tmp_path):
    code, output = load({"ZHTJ_ENV": "prod", "ZHTJ_DATA": str(tmp_path)})
    assert (code, "ZHTJ_ENV" in output) == (1, True)


def test_the_first_field_key_is_the_active_one():
    other = base64.b64encode(b"o" * 32).decode()
    assert list(parse_field_keys(f"k2:{KEY}, k1:{other}").items()) == [("k2", b"k" * 32), ("k1", b"o" * 32)]


@pytest.mark.parametrize("text", ["", KEY, f"k1:{KEY},k1:{KEY}", "k1:xyz"])
def test_malformed_field_keys_are_refused(text):
    with pytest.raises(ImproperlyConfigured):
        parse_field_keys(text)


def test_local_keys_are_made_once_for_their_owner_only(tmp_path):
    path = tmp_path / "data" / "keys.json"
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: local_keys(path), range(8)))
    assert all(keys == made[0] for keys in made)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
