"""`manage.py postgres PROGRAM …`: a program of the embedded PostgreSQL (psql, pg_dump …) against this data folder."""

import argparse
import os
import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from zhtj.postgres.cluster import DATABASE, ROLE
from zhtj.postgres.hold import hold


class Command(BaseCommand):
    help = "运行内置 PostgreSQL 的程序，例如：manage.py postgres pg_dump -Fc -f backup.dump"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The program's name, then whatever it takes."""
        parser.add_argument("program")
        parser.add_argument("arguments", nargs=argparse.REMAINDER)

    def handle(self, *args: Any, program: str, arguments: list[str], **options: Any) -> None:
        """Start the server if needed, run the program, end with its exit code."""
        cluster = connection.cluster
        if cluster is None:
            raise CommandError("设置了 DATABASE_URL：请直接使用那台服务器的程序。")
        executable = cluster.runner.programs / program
        if not executable.is_file():
            raise CommandError(f"没有 {program} 这个程序。")
        hold(cluster)
        place = {"PGHOST": str(cluster.socket_folder), "PGUSER": ROLE, "PGDATABASE": DATABASE}
        sys.exit(
            subprocess.run([executable, *arguments], check=False, env={**os.environ, **place}).returncode
        )
