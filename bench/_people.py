"""A committee's roster of made-up people in every column of the template, as large as asked, and the branches it names."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import date, timedelta

from xlsxwriter import Workbook

from accounts.idcard import check_character
from members.roster.check import BRANCH_COLUMN
from members.rules import COLUMNS
from orgs.enums import TITLES, Category
from orgs.models import Organization
from tests.makers import make_org

FIRST_BIRTHDAY = date(2002, 1, 1)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚英华文玉建国志海燕红梅春雪晨阳思雨浩然子涵"
ETHNICITIES = ("汉族", "汉族", "汉族", "汉族", "维吾尔族", "哈萨克族", "回族", "蒙古族")
EDUCATIONS = ("本科（在读）", "本科（在读）", "大专（在读）", "硕士（在读）")
CADRES = 8  # of each branch


def plant(branches: int) -> Organization:
    """A university's committee with so many branches directly below it."""
    top = make_org(None, "新疆生产建设兵团团委", Category.LEADING_BODY)
    university = make_org(top, "石河子大学团委", Category.COMMITTEE)
    for number in range(1, branches + 1):
        make_org(university, f"2023级{number}班团支部")
    return university


def id_number(serial: int) -> str:
    """A valid ID number that matches nobody: its county code was never assigned."""
    body = f"659099{FIRST_BIRTHDAY + timedelta(days=serial // 900):%Y%m%d}{serial % 900 + 100}"
    return body + check_character(body)


def people(rows: int, branches: list[str]) -> Iterator[list[str]]:
    """The cells of each row, class by class."""
    chance = random.Random(20261123)
    titles = TITLES[Category.BRANCH]
    order = list(range(rows))
    chance.shuffle(order)  # as little sorted as real numbers
    in_each = -(-rows // len(branches))
    for at, serial in enumerate(order):
        place = at % in_each
        year = 2017 + serial % 6
        post = (
            [titles[min(place, len(titles) - 1)], f"{year + 1}-09", "兼职", "否"]
            if place < CADRES
            else [""] * 4
        )
        yield [
            branches[at // in_each],
            chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2)))),
            id_number(serial),
            chance.choice(ETHNICITIES),
            "共青团员",
            chance.choice(EDUCATIONS),
            f"{year}-05",
            "是" if place < CADRES else "否",
            f"13{chance.randrange(10**9):09d}",
            f"wb{serial}" if serial % 7 == 0 else "",
            f"{10**8 + serial}" if serial % 2 else "",
            f"s{serial}@example.edu.cn" if serial % 3 == 0 else "",
            f"{year}65{serial:06d}",
            *post,
        ]


def roster(rows: int, branches: list[str]) -> bytes:
    """The .xlsx as Excel would save it."""
    raw = io.BytesIO()
    with Workbook(raw, {"in_memory": True}) as book:
        sheet = book.add_worksheet("团员团干部")
        sheet.write_row(0, 0, [BRANCH_COLUMN, *COLUMNS])
        for at, cells in enumerate(people(rows, branches), start=1):
            for column, text in enumerate(cells):
                if text:
                    sheet.write_string(at, column, text)
    return raw.getvalue()
