"""What must be true before the first request: a migrated database, collected static files, a first country."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connection

from orgs.models import Organization
from zhtj.health import unapplied
from zhtj.postgres.base import check_trigrams


def migrate() -> int:
    """Apply what is missing; returns how many migrations there were."""
    pending = unapplied()
    if pending:
        call_command("migrate", verbosity=0)
    connection.ensure_connection()
    check_trigrams(connection.connection)
    return pending


def collect_static(environment: dict[str, str]) -> bool:
    """Collect and compress static files if any changed since the last time."""
    stamp = Path(settings.STATIC_ROOT, ".stamp")
    digest = _static_digest()
    if stamp.exists() and stamp.read_text() == digest:
        return False
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    run_command(environment, "collectstatic", "--noinput", "--verbosity=0")
    stamp.write_text(digest)
    return True


def is_empty() -> bool:
    """Whether nobody has made or planted an organisation yet."""
    return not Organization.objects.exists()


def run_command(environment: dict[str, str], *arguments: str, quiet: bool = False) -> None:
    """Run a command of ours in a process of its own; its output goes where ours goes, or nowhere."""
    argv = [sys.executable, "manage.py", *arguments]
    output = subprocess.DEVNULL if quiet else None
    done = subprocess.run(argv, check=False, env=environment, cwd=settings.BASE_DIR, stdout=output)
    if done.returncode:
        raise CommandError(f"manage.py {arguments[0]} 没有成功，请看上面的信息。")


def _static_digest() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
