"""`manage.py schedules`: tell the worker what runs by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from zhtj import schedules


class Command(BaseCommand):
    help = "登记后台定时任务；可以重复运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        schedules.install()
        self.stdout.write("已登记：" + "、".join(routine.name for routine in schedules.ROUTINES) + "。")
