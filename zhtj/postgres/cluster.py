"""One PostgreSQL server in one folder: made, started, asked whether it lives, stopped."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from functools import cached_property
from pathlib import Path

import psycopg2

from zhtj.postgres.runner import PostgresError, Runner, runner

ROLE = DATABASE = "zhtj"
SOCKET_LIMIT = 85  # a socket's path has at most 107 bytes, its name takes the rest
START_SECONDS = 60
STOP_SECONDS = 30
LOG_LIMIT = 10 * 1024 * 1024

# Error texts of the server can quote rows: keep details and statements out of its log.
ARGUMENTS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_timezone": "Asia/Shanghai",
    "max_connections": "120",
}
# A server that may lose everything need not wait for the disk.
CARELESS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\n"

_children: list[subprocess.Popen] = []  # servers this process started, so that it reaps them


class Cluster:
    """The server whose data live in `folder`; `careless` when made for tests that throw it away."""

    def __init__(self, folder: Path | str, *, careless: bool = False, using: Runner | None = None):
        self.folder = Path(folder)
        self.careless = careless
        self.runner = using or runner()
        self.home = self.runner.home(self.folder)
        self.data = self.home / "data"
        self.log = self.folder / "server.log"
        self.server: subprocess.Popen | None = None

    @cached_property
    def socket_folder(self) -> Path:
        """Where clients find the server; a short path even when the data lie deep."""
        inside = self.home / "run"
        if len(os.fsencode(inside)) <= SOCKET_LIMIT:
            return inside
        digest = hashlib.sha256(os.fsencode(inside)).hexdigest()[:12]
        return Path("/tmp") / f"zhtj-{os.geteuid()}-{digest}"

    def connect(self, database: str = "postgres"):
        """A plain connection, with a short patience."""
        return psycopg2.connect(host=str(self.socket_folder), user=ROLE, dbname=database, connect_timeout=5)

    def answers(self) -> bool:
        """Whether a real connection can be made: a pid file or a process proves nothing."""
        try:
            self.connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Bring the server up unless it answers; the caller holds the start lock."""
        if self.answers():
            return
        self.prepare()
        deadline = time.monotonic() + START_SECONDS
        while not self._attempt(deadline):
            if time.monotonic() > deadline:
                raise PostgresError(f"数据库没有启动：{self._last_words()}（日志：{self.log}）")
            time.sleep(0.3)
        self._ensure_database()

    def stop(self) -> None:
        """End the server: politely, then at once."""
        for kind in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            pid = self.living_pid()
            if pid is None:
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, kind)
            deadline = time.monotonic() + STOP_SECONDS
            while self.living_pid() is not None and time.monotonic() < deadline:
                time.sleep(0.02)
        if self.socket_folder.parent != self.home:
            with contextlib.suppress(OSError):
                self.socket_folder.rmdir()

    def living_pid(self) -> int | None:
        """The process that serves these data, or None; a zombie or a stranger with its number does not count."""
        _reap()
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if pid in _processes_in(self.data, [pid]) else None

    def prepare(self) -> None:
        """Folders and, the first time, data; a half-made folder of a killed first start is made again."""
        self.prepare_folder()
        self.runner.make_folder(self.home)
        self.runner.make_folder(self.socket_folder)
        if self.socket_folder.stat().st_uid != self.home.stat().st_uid:
            raise PostgresError(f"{self.socket_folder} 属于别的用户，数据库不能使用。")
        if not self.data.exists():
            self._initialise()
        self._check_version()

    def prepare_folder(self) -> None:
        """The folder of locks and log; refuses data of another user."""
        with contextlib.suppress(PermissionError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._check_owner()

    def _check_owner(self) -> None:
        owner = self.folder.stat().st_uid
        if owner == os.geteuid():
            return
        try:
            name = pwd.getpwuid(owner).pw_name
        except KeyError:
            name = str(owner)
        raise PostgresError(
            f"数据文件夹 {self.folder} 属于用户 {name}。请用这个用户运行，或用 ZHTJ_DATA 指定另一个文件夹。"
        )

    def _check_version(self) -> None:
        data = (self.data / "PG_VERSION").read_text().strip()
        words = self._run("postgres", "--version").split()
        program = words[2].split(".")[0]
        if data != program:
            raise PostgresError(
                f"{self.data} 是 PostgreSQL {data} 的数据，现在的程序是 {program}。"
                f"请先用旧版本导出（pg_dump），再导入新的数据文件夹。"
            )

    def _initialise(self) -> None:
        """Make the data beside their place and move them in whole.

        The locale is fixed: with LC_CTYPE `C` pg_trgm silently makes no trigrams of Chinese.
        """
        draft = self.home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        arguments = ["-D", str(draft), "-U", ROLE, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-k"]
        self._run("initdb", *arguments, *(["--no-sync"] if self.careless else []))
        if self.careless:
            with (draft / "postgresql.conf").open("a") as conf:
                conf.write(CARELESS)
        draft.rename(self.data)

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            self.runner.argv(program, *arguments),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=_environment(),
            **self.runner.options,
        )
        if done.returncode:
            raise PostgresError(f"{program} 失败：{done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def _attempt(self, deadline: float) -> bool:
        """One try: launch unless somebody lives, then wait until it answers or is gone."""
        if self.living_pid() is None:
            self._remove_stale_locks(deadline)
            self._launch()
        while time.monotonic() < deadline:
            if self.answers():
                return True
            if self.living_pid() is None and self.server not in _children:
                return False
            time.sleep(0.05)
        return False

    def _launch(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        options = [part for name, value in ARGUMENTS.items() for part in ("-c", f"{name}={value}")]
        argv = self.runner.argv("postgres", "-D", str(self.data), "-k", str(self.socket_folder), *options)
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_environment(),
                start_new_session=True,  # Ctrl-C in the terminal is not for the server
                **self.runner.options,
            )
        _children.append(self.server)

    def _remove_stale_locks(self, deadline: float) -> None:
        """After kill -9 two files name a corpse, or by now somebody else; PostgreSQL would believe them.

        The orphaned backends of a killed server end by themselves within moments; until then the
        files protect the data from a second server.
        """
        while _processes_in(self.data) and time.monotonic() < deadline:
            time.sleep(0.05)
        if not _processes_in(self.data):
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (self.socket_folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _ensure_database(self) -> None:
        connection = self.connect()
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            connection.close()

    def _last_words(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except FileNotFoundError:
            return "没有日志"
        return lines[-1] if lines else "没有日志"


def _environment() -> dict[str, str]:
    """A bare environment: no PG* variable and no locale of the caller reaches the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}


def _reap() -> None:
    """Collect servers of ours that ended; without this they would stay as zombies that look alive."""
    _children[:] = [child for child in _children if child.poll() is None]


def _processes_in(folder: Path, pids: list[int] | None = None) -> list[int]:
    """Living processes, of the given ones or of all, that work in the folder: every postgres does in its data."""
    if pids is None:
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if _works_in(pid, folder)]


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return os.path.samefile(f"/proc/{pid}/cwd", folder)  # a zombie has no cwd any more
    except OSError:
        return False
