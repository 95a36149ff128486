"""Starts everything: database, web server and background worker, and keeps them running until told to stop."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from zhtj import schedules
from zhtj.postgres.hold import revive
from zhtj.serving import preparation
from zhtj.serving.processes import MARK, Child, end_all, sweep

STOP_SECONDS = 8
READY_SECONDS = 60


class Command(BaseCommand):
    help = "启动数据库、网页服务和后台任务；Ctrl-C 全部停止。"
    requires_system_checks: list[str] = []
    stopping = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, start, tend until a signal comes, stop."""
        self.port = int(os.environ.get("PORT", "8000"))
        for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(kind, self.note_signal)
        only_one = self.lock()
        if count := sweep(settings.DATA_DIR):
            self.say(f"已结束上次运行留下的 {count} 个进程。")
        self.demand_free_port()
        self.prepare()
        children = self.children()
        try:
            self.tend(children)
        finally:
            self.say("正在停止…")
            end_all(children, STOP_SECONDS)
            only_one.close()
        self.say("已停止。")

    def note_signal(self, number: int, frame: FrameType | None) -> None:
        """The first signal asks for an orderly end."""
        self.stopping = True

    def say(self, line: str) -> None:
        """Print at once, also into a pipe."""
        self.stdout.write(line)
        self.stdout.flush()

    def lock(self) -> Any:
        """One supervisor for each data folder; the kernel frees the lock however this process ends."""
        try:
            settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = open(settings.DATA_DIR / "serve.lock", "w")  # noqa: SIM115
        except OSError as fault:
            raise CommandError(
                f"数据文件夹 {settings.DATA_DIR} 不能写（{fault.strerror}）。请建立它并交给运行服务的用户，或用 ZHTJ_DATA 另指一个。"
            ) from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise CommandError(f"{settings.DATA_DIR} 已有一个服务在运行。") from None
        return file

    def demand_free_port(self) -> None:
        """Say so before anything starts when somebody else has the port."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError as fault:
                raise CommandError(
                    f"端口 {self.port} 不能使用（{fault.strerror}）。请换一个，例如 PORT=8010 make run。"
                ) from None

    def prepare(self) -> None:
        """Database, static files, and a demo country on the first start of a local installation."""
        if count := preparation.migrate():
            self.say(f"数据库已更新（{count} 项）。")
        schedules.install()
        if preparation.collect_static(self.environment()):
            self.say("静态文件已更新。")
        if not settings.PRODUCTION and preparation.is_empty():
            self.say("第一次启动，正在生成演示数据…")
            preparation.run_command(self.environment(), "demo", quiet=True)
        connection.close()  # from here on only the children ask the database

    def environment(self) -> dict[str, str]:
        """What the children see: the same settings, collected static files, and the mark of this installation."""
        return {
            **os.environ,
            "ZHTJ_DATA": str(settings.DATA_DIR),
            "ZHTJ_COLLECTED": "1",
            "PORT": str(self.port),
            MARK: str(settings.DATA_DIR),
            "PYTHONUNBUFFERED": "1",
        }

    def children(self) -> list[Child]:
        """The web server and the background worker."""
        web = [sys.executable, "-m", "gunicorn", "-c", "python:zhtj.gunicorn"]
        worker = [sys.executable, "manage.py", "qcluster"]
        return [
            Child("网页服务", web, self.environment()),
            Child("后台任务", worker, self.environment()),
        ]

    def tend(self, children: list[Child]) -> None:
        """Start what is not running, the database included, until told to stop."""
        announced, patience = False, time.monotonic() + READY_SECONDS
        while not self.stopping:
            for child in children:
                if line := child.tend():
                    self.say(line)
            self.tend_database()
            if not announced and self.answers():
                announced = True
                self.announce()
            if not announced and time.monotonic() > patience:
                raise CommandError(f"服务在 {READY_SECONDS} 秒内没有就绪，请看上面的日志。")
            time.sleep(0.3)

    def tend_database(self) -> None:
        """Bring the embedded server back if it died."""
        cluster = connection.cluster
        if cluster and cluster.living_pid() is None:
            self.say("数据库已停止，正在重新启动。")
            revive(cluster)

    def answers(self) -> bool:
        """Whether the web server is ready, database included."""
        host = next((each.lstrip(".") for each in settings.ALLOWED_HOSTS if each != "*"), "127.0.0.1")
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/readyz", headers={"Host": host})
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def announce(self) -> None:
        """Where to look, and with which accounts."""
        if not settings.PRODUCTION:
            with contextlib.suppress(CommandError):  # its own words are on the screen; the service runs
                preparation.run_command(self.environment(), "demo", "--show")
        self.say(f"智慧团建已启动：http://127.0.0.1:{self.port}（按 Ctrl-C 停止）")
