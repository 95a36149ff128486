"""`manage.py verify_tree [--fix]`: check paths, full names and categories of the whole tree."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orgs import verify
from orgs.models import Organization


class Command(BaseCommand):
    help = "核对组织树的路径、全称和类别；--fix 修复路径和全称。有不符时退出码为 1。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="修复路径和全称")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["fix"]:
            self.stdout.write(f"已修复 {verify.repair()} 处。")
        count = 0
        for fault in verify.faults():
            count += 1
            self.stderr.write(f"{fault.organization.pk} {fault.organization.full_name}：{fault.what}")
        if count:
            raise CommandError(f"组织树有 {count} 处不符。")
        self.stdout.write(f"组织树完好，共 {Organization.objects.count()} 个组织。")
