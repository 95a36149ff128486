"""`manage.py bootstrap`: the topmost organisation and its first administrator on an empty system."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from accounts import idcard, names
from orgs import bootstrap, naming
from orgs.enums import CREATABLE, SECRETARY, Category, Level
from zhtj.lib.verdict import YES, Refused, Verdict, no

CATEGORIES = {each.label: each.value for each in Category if each in CREATABLE}
LEVELS = {level.label: int(level) for level in Level}


WHOLE = "bootstrap --root 石河子大学团委 --category 团委 --admin-name 姓名 --admin-id 身份证号码"


class Command(BaseCommand):
    """Asks for what the options leave out; prints a one-time 重置密码验证码, never a password."""

    help = "在空系统中建立最上级组织和它的第一名管理员；最上级组织没有管理员时，为它补一名。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--root",
            help="最上级组织的简称，例如 团中央、石河子大学团委、淄博机械公司团委",
        )
        parser.add_argument("--category", help=f"组织类别：{'、'.join(CATEGORIES)}")
        parser.add_argument("--level", help=f"领导机关的层级：{'、'.join(LEVELS)}")
        parser.add_argument("--admin-name", help="管理员姓名")
        parser.add_argument("--admin-title", help=f"管理员的团内职务，不写即{SECRETARY}")
        parser.add_argument(
            "--admin-id", help="管理员身份证号码；不写时另行询问，不会显示出来；写 - 时从标准输入读取一行"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        topmost = self.topmost(options)
        name = self.answer(options["admin_name"], "管理员姓名：", names.normalise, names.problem)
        number = self.answer(
            sys.stdin.readline() if options["admin_id"] == "-" else options["admin_id"],
            "管理员身份证号码（不显示）：",
            idcard.normalise,
            partial(idcard.problem, today=timezone.localdate()),
            ask=getpass.getpass,
        )
        title = self.title(options["admin_title"])
        try:
            started = bootstrap.bootstrap(topmost, name=name, number=number, title=title, now=timezone.now())
        except Refused as refused:
            raise CommandError(refused.verdict.message) from refused
        self.tell(started)

    def topmost(self, options: dict[str, Any]) -> bootstrap.Topmost | None:
        """What the options say about the organisation, the rest asked; None where one stands and none is named."""
        standing, root = bootstrap.standing(), (options["root"] or "").strip()
        if standing is not None:
            named = bootstrap.Topmost(short_name=root, category=standing.category) if root else None
            self.hold(bootstrap.may_start(standing, named))
            return named
        root = self.answer(root, "最上级组织的简称（例如 石河子大学团委）：", str.strip, _named)
        category = self.category(root, options["category"])
        level = options["level"]
        if not level and options["category"] is None and bootstrap.needs_level(category, root):
            level = self.answer(None, f"层级（{'、'.join(LEVELS)}）：", str.strip, partial(_among, LEVELS))
        if level:
            self.hold(_among(LEVELS, level.strip()))
        return bootstrap.Topmost(
            short_name=root, category=category, level=_choice(LEVELS, level.strip()) if level else None
        )

    def category(self, root: str, given: str | None) -> str:
        """As the option says; else the only one the 简称 fits; else asked."""
        fitting = _fitting(root)
        if not given and len(fitting) == 1:
            return CATEGORIES[fitting[0]]
        question = f"组织类别（{'、'.join(fitting)}）："
        return _choice(CATEGORIES, self.answer(given, question, str.strip, partial(_among, CATEGORIES)))

    def title(self, given: str | None) -> str:
        """What the option says, or what is typed; just Enter is 书记, and so is silence where nobody can be asked."""
        if given is None and sys.stdin.isatty():
            given = input(f"管理员的团内职务（直接回车即{SECRETARY}）：")
        return (given or "").strip() or SECRETARY

    def answer(
        self,
        given: str | None,
        question: str,
        tidy: Callable[[str], str],
        problem: Callable[[str], Verdict],
        *,
        ask: Callable[[str], str] = input,
    ) -> str:
        """What an option gives, or what is asked until it passes its rule. A wrong option ends the command."""
        if given:
            self.hold(problem(tidy(given)))
            return tidy(given)
        if not sys.stdin.isatty():
            raise CommandError(f"没有给出{question.strip('：')}，这里也没有终端可以询问。请写全：{WHOLE}")
        while True:
            text = tidy(ask(question))
            verdict = problem(text)
            if verdict:
                return text
            self.stderr.write(f"{verdict.message.rstrip('。')}。")

    def hold(self, verdict: Verdict) -> None:
        """Stop with the rule's words."""
        if not verdict:
            raise CommandError(f"{verdict.message.rstrip('。')}。")

    def tell(self, started: bootstrap.Started) -> None:
        """What was done and how to get in."""
        said = "已经建立过，没有改动。" if started.again else ""
        self.stdout.write(f"最上级组织：{started.organization.full_name}{f'（{said}）' if said else ''}")
        self.stdout.write(f"管理员：{started.account.name}（{started.account.masked_id}）")
        if started.code is None:
            self.stdout.write("账号和密码不变，请用原来的密码登录。")
            return
        self.stdout.write(f"重置密码验证码：{started.code}")
        self.stdout.write(
            f"验证码只显示这一次，{settings.RESET_CODE_HOURS}小时内有效；再运行一次本命令可以换一个新的。"
        )
        self.stdout.write(
            f"接下来：启动系统（make run），打开登录页，点“忘记密码”（{reverse('accounts:forgot')}），"
            "用它设置密码；登录后按“开始使用”一步步办理。"
        )


def _fitting(root: str) -> list[str]:
    """The categories whose rule for names the 简称 keeps."""
    return [label for label, value in CATEGORIES.items() if naming.name_problem(value, root)]


def _named(root: str) -> Verdict:
    return YES if _fitting(root) else naming.name_problem(Category.COMMITTEE, root)


def _among(choices: dict[str, Any], given: str) -> Verdict:
    """A label, or the value behind one."""
    if given in choices or given in map(str, choices.values()):
        return YES
    return no(f"“{given}”不在可选范围：{'、'.join(choices)}", cause="choice")


def _choice(choices: dict[str, Any], given: str) -> Any:
    return choices.get(given) or next(value for value in choices.values() if str(value) == given)
