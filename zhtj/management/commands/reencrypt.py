"""`manage.py reencrypt`: after a new key was put in front of FIELD_KEYS, write everything again with it."""

from typing import Any

from django.core.management.base import BaseCommand

from zhtj import rotation


class Command(BaseCommand):
    help = "用 FIELD_KEYS 的第一把密钥重新加密所有密文；可以随时中断、再次运行。完成后旧密钥才可以去掉。"

    def handle(self, *args: Any, **options: Any) -> None:
        for secret, count in rotation.reencrypt():
            label = f"{secret.model._meta.verbose_name}.{secret.column}"
            self.stdout.write(f"{label}：{count:,} 行")
        self.stdout.write("全部密文都已用现在的密钥加密。")
