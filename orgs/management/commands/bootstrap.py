"""`manage.py bootstrap`: the topmost organisation and its first administrator on an empty system."""

from __future__ import annotations

import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import idcard, names
from orgs import bootstrap
from orgs.enums import CREATABLE, Category, Level
from zhtj.lib.verdict import Refused, Verdict

CATEGORIES = {each.label: each.value for each in Category if each in CREATABLE}
LEVELS = {level.label: int(level) for level in Level}


class Command(BaseCommand):
    """Asks for what the options leave out; prints a one-time 重置密码验证码, never a password."""

    help = "在空系统中建立最上级组织和它的第一名管理员；最上级组织没有管理员时，为它补一名。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="最上级组织的简称，例如 团中央、石河子大学团委")
        parser.add_argument("--category", help=f"组织类别：{'、'.join(CATEGORIES)}")
        parser.add_argument("--level", help=f"领导机关的层级：{'、'.join(LEVELS)}")
        parser.add_argument("--admin-name", help="管理员姓名")
        parser.add_argument("--admin-id", help="管理员身份证号码；不写时另行询问，不会显示出来")

    def handle(self, *args: Any, **options: Any) -> None:
        topmost = None if bootstrap.standing() else self.topmost(options)
        name = names.normalise(options["admin_name"] or input("管理员姓名："))
        self.hold(names.problem(name))
        number = idcard.normalise(options["admin_id"] or getpass.getpass("管理员身份证号码（不显示）："))
        self.hold(idcard.problem(number, today=timezone.localdate()))
        try:
            started = bootstrap.bootstrap(topmost, name=name, number=number, now=timezone.now())
        except Refused as refused:
            raise CommandError(refused.verdict.message) from refused
        self.tell(started)

    def topmost(self, options: dict[str, Any]) -> bootstrap.Topmost:
        """What the options say about the organisation, the rest asked."""
        short_name = (options["name"] or input("最上级组织的简称：")).strip()
        category = self.choice(
            CATEGORIES, options["category"] or input(f"组织类别（{'、'.join(CATEGORIES)}）：")
        )
        level = options["level"]
        if level is None and options["category"] is None and bootstrap.needs_level(category, short_name):
            level = input(f"层级（{'、'.join(LEVELS)}）：")
        return bootstrap.Topmost(
            short_name=short_name, category=category, level=self.choice(LEVELS, level) if level else None
        )

    def choice(self, choices: dict[str, Any], given: str) -> Any:
        """The value behind a label, or the value itself."""
        given = given.strip()
        found = {str(value): value for value in choices.values()} | choices
        if given not in found:
            raise CommandError(f"“{given}”不在可选范围：{'、'.join(choices)}。")
        return found[given]

    def hold(self, verdict: Verdict) -> None:
        """Stop with the rule's words."""
        if not verdict:
            raise CommandError(f"{verdict.message}。")

    def tell(self, started: bootstrap.Started) -> None:
        """What was done and how to get in."""
        self.stdout.write(f"最上级组织：{started.organization.full_name}")
        self.stdout.write(f"管理员：{started.account.name}（{started.account.masked_id}）")
        if started.code is None:
            self.stdout.write("账号和密码不变，请用原来的密码登录。")
            return
        self.stdout.write(f"重置密码验证码：{started.code}")
        self.stdout.write(
            f"验证码只显示这一次，{settings.RESET_CODE_HOURS}小时内有效。请打开登录页，点“忘记密码”，用它设置密码。"
        )
