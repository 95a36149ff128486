"""Plants the demo country into an empty local installation, or shows its accounts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhtj.demo.planting import may_plant, plant
from zhtj.demo.showing import table


class Command(BaseCommand):
    help = "在空的本地环境里写入演示数据；--show 列出各角色的演示账号。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--show", action="store_true", help="只列出演示账号，不写入")

    def handle(self, *args: Any, show: bool = False, **options: Any) -> None:
        if not show:
            self._plant()
        self.stdout.write("\n".join(table()) or "这里没有演示数据。运行 demo 写入。")

    def _plant(self) -> None:
        """Plant, or say that it was done before; refuse a system with other people's data."""
        verdict = may_plant()
        if verdict.cause == "planted":
            self.stdout.write(verdict.message)
            return
        if not verdict:
            raise CommandError(verdict.message)
        self.stdout.write("正在写入演示数据……")
        plant(today=timezone.localdate())
        self.stdout.write("演示数据已写入。")
