"""`manage.py import_roster FILE --org 全称 [--cadres] [--check] [--json]`: import a roster from the shell."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.models import BatchState, Template
from members.roster import shell
from orgs import queries
from orgs.models import Organization
from zhtj.lib.sheets import Unreadable
from zhtj.lib.verdict import Refused


class Command(BaseCommand):
    """The exit code is 0 when the file was read, whatever its rows say, and 1 when it could not be used at all."""

    help = "导入团员名单；--check 只核对，不写入任何数据；--json 输出逐行结论。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="名单文件（.xls 或 .xlsx）")
        parser.add_argument("--org", required=True, help="导入到哪个组织（全称或曾用名）")
        parser.add_argument("--cadres", action="store_true", help="本级团干部的名单，而不是团员名单")
        parser.add_argument("--check", action="store_true", help="只核对，不写入")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        raw = _bytes(options["file"])
        organization = _organization(options["org"])
        try:
            template = Template.CADRES if options["cadres"] else Template.MEMBERS
            name, only_check = options["file"].name, options["check"]
            report = self.report(organization, name, raw, template=template, only_check=only_check)
        except (Unreadable, Refused) as refusal:
            raise CommandError(refusal.verdict.message) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report.plain(), ensure_ascii=False, indent=1))
        else:
            self.tell(report)

    def report(
        self, organization: Organization, name: str, raw: bytes, *, template: str, only_check: bool
    ) -> shell.Report:
        """Check or import; a file that was rejected as a whole is a CommandError."""
        if only_check:
            return shell.check_file(organization, name, raw, template=template)
        batch, report = shell.import_file(organization, name, raw, template=template)
        if batch.state == BatchState.REJECTED:
            raise CommandError(batch.message)
        return report

    def tell(self, report: shell.Report) -> None:
        """One line for each row that is not simply fine, and the counts."""
        plain = report.plain()
        for row in plain["rows"]:
            if row["verdict"] != shell.OK:
                self.stdout.write(f"第 {row['row']} 行 {row['column'] or ''} {row['message']}")
        counts = plain["counts"]
        words = f"共 {counts['total']} 行：可导入 {counts['ok']}，不用导入 {counts['skip']}，有错误 {counts['error']}"
        written = f"；已写入 {counts['written']}" if "written" in counts else "；没有写入任何数据"
        self.stdout.write(f"{words}{written}。")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"读不到文件 {path}：{error.strerror}。") from error


def _organization(name: str) -> Organization:
    root = Organization.objects.living().filter(parent=None).first()
    found = queries.resolve(root, name) if root else []
    if len(found) == 1:
        return found[0]
    if found:
        listed = "、".join(each.full_name for each in found)
        raise CommandError(f"组织不存在：“{name}”是曾用名，可能是：{listed}。")
    near = "、".join(each.full_name for each in queries.nearest(root, name)) if root else ""
    raise CommandError(f"组织不存在：没有全称为“{name}”的组织。" + (f"最接近：{near}。" if near else ""))
