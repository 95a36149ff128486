"""`manage.py verify_audit`: check every audit row against its seal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhtj.audit import seal
from zhtj.audit.models import AuditPending, AuditSeal


class Command(BaseCommand):
    help = "核对操作记录与封存是否一致；有不符时逐条列出，退出码为 1。"

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(seal.verify())
        for fault in faults:
            self.stderr.write(f"{fault.where}：{fault.what}")
        if faults:
            raise CommandError(f"操作记录有 {len(faults)} 处不符。")
        self.stdout.write(
            f"操作记录完好：{AuditSeal.objects.count()} 次封存，{AuditPending.objects.count()} 条待封存。"
        )
