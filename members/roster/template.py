"""The roster template to download: one for a branch, one with a branch column for everybody above (§5)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from accounts.enums import EDUCATIONS, ETHNICITIES, PoliticalStatus
from accounts.idcard import check_character
from orgs.enums import TITLES, Category, Nature
from orgs.models import Organization

from .. import rules
from ..models import ImportBatch, Template
from ..rules import COLUMNS, REQUIRED
from .cadres import COLUMNS as CADRE_COLUMNS
from .cadres import REQUIRED as CADRE_REQUIRED
from .cadres import SHEET as CADRE_SHEET
from .check import BRANCH_COLUMN

SHEET = "团员团干部"
FILE_NAME = "团员团干部导入模板（{}）.xlsx"
FIRST_ROW, LAST_ROW = 2, 5001  # where the lists are offered, counted from 0: five thousand people
MOST_BRANCHES = 1000  # more do not make a list anybody could choose from

_RULES = (
    "填写说明",
    "1. 标 * 的列必填。担任团内职务的，“是否团干部”填“是”，并填写团内职务、任现职年月、团干部性质、是否同级党委（支部）成员。",
    "2. 年月形如 2019-05。2016年及以后入团的须填12位发展团员编号。",
    "3. 各列已设为文本，号码请直接填写；从别处复制时请用“选择性粘贴—数值”。",
    "4. 列的顺序可以调整，列名请不要改动。姓名以“示例”开头的行不会导入。",
)
_BRANCH_RULE = "5. 所在团支部填写全称，可以在下拉列表中选择。"
_CADRE_RULES = (
    "填写说明",
    "1. 标 * 的列必填。这张表只填本组织的团干部；团员请用团员团干部导入模板。",
    "2. 年月形如 2019-05。没有入过团的，入团年月留空。",
    *_RULES[3:],
)
_BODY = f"659099{20060520}001"  # a county code never assigned: the example is nobody
_EXAMPLE = {
    rules.NAME: "示例",
    rules.NUMBER: _BODY + check_character(_BODY),
    rules.ETHNICITY: "汉族",
    rules.STATUS: PoliticalStatus.LEAGUE,
    rules.EDUCATION: "本科（在读）",
    rules.JOINED: "2020-05",
    rules.IS_CADRE: "是",
    rules.PHONE: "13800000000",
    rules.LEAGUE_NUMBER: "202065000001",
    rules.TITLE: "组织委员",
    rules.SINCE: "2023-09",
    rules.NATURE: Nature.PART_TIME,
    rules.IN_PARTY: "否",
}
_WIDTHS = {
    BRANCH_COLUMN: 52,
    rules.NAME: 16,
    rules.NUMBER: 22,
    rules.STATUS: 14,
    rules.EDUCATION: 14,
    rules.PHONE: 15,
    rules.EMAIL: 22,
    rules.LEAGUE_NUMBER: 17,
    rules.IN_PARTY: 26,
}
_YES_NO = ("是", "否")
_SHORT_LISTS = {
    rules.STATUS: PoliticalStatus.values,
    rules.EDUCATION: EDUCATIONS,
    rules.IS_CADRE: _YES_NO,
    rules.TITLE: TITLES[Category.BRANCH],  # whoever is imported lands in a branch
    rules.NATURE: Nature.values,
    rules.IN_PARTY: _YES_NO,
}


def choices(batch: ImportBatch) -> dict[str, list[str]]:
    """The words that a column takes, for the coded columns, in the kind of roster that a batch is."""
    titles = TITLES[batch.organization.category if batch.template == Template.CADRES else Category.BRANCH]
    lists = {**_SHORT_LISTS, rules.ETHNICITY: ETHNICITIES, rules.TITLE: titles}
    return {column: list(values) for column, values in lists.items()}


def file_name(organization: Organization) -> str:
    """团员团干部导入模板（2023级1班团支部）.xlsx"""
    return FILE_NAME.format(organization.short_name)


def branch_names(organization: Organization) -> list[str]:
    """The 全称 of the branches below that can be filled, in the order of the tree; empty where they are too many."""
    below = Organization.objects.living().filter(path__startswith=organization.path).branches()
    named = below.exclude(category=Category.PENDING_BRANCH).order_by("path")
    found = list(named.values_list("full_name", flat=True)[: MOST_BRANCHES + 1])
    return found if len(found) <= MOST_BRANCHES else []


def cadres_file_name(organization: Organization) -> str:
    """本级团干部导入模板（石河子大学团委）.xlsx"""
    return f"本级团干部导入模板（{organization.short_name}）.xlsx"


def build_cadres(organization: Organization) -> bytes:
    """The .xlsx for the cadres of the organisation itself (§5)."""
    titles = TITLES[organization.category]
    example = {**_EXAMPLE, rules.TITLE: titles[-2]}
    raw = io.BytesIO()
    with Workbook(raw, {"constant_memory": True}) as book:
        looks = _looks(book)
        sheet = book.add_worksheet(CADRE_SHEET)
        _columns(sheet, CADRE_COLUMNS, looks["text"])
        _validate(sheet, CADRE_COLUMNS, branches=0, titles=titles)
        _heading(sheet, CADRE_COLUMNS, {*CADRE_REQUIRED}, looks, told=_CADRE_RULES)
        _people(sheet, CADRE_COLUMNS, [example], looks["example"])
        _list(book, "民族", ETHNICITIES)
    return raw.getvalue()


def build(organization: Organization, people: Iterable[Mapping[str, str]] = (), *, note: str = "") -> bytes:
    """The .xlsx for this organisation: the committee's has 所在团支部全称 in front and a list of its branches.

    `people` stand in it by column, in place of the example; `note` says whose copy it is. Numbers never touch the disk.
    """
    branches = [] if organization.is_branch else branch_names(organization)
    columns = COLUMNS if organization.is_branch else (BRANCH_COLUMN, *COLUMNS)
    required = {*REQUIRED, BRANCH_COLUMN}
    example = {**_EXAMPLE, BRANCH_COLUMN: branches[0] if branches else "填写团支部全称"}
    raw = io.BytesIO()
    with Workbook(raw, {"in_memory": True}) as book:
        looks = _looks(book)
        sheet = book.add_worksheet(SHEET)
        _columns(sheet, columns, looks["text"])
        _validate(sheet, columns, branches=len(branches))
        told = _RULES if organization.is_branch else (*_RULES, _BRANCH_RULE)
        _heading(sheet, columns, required, looks, told=(*told, note) if note else told)
        if not _people(sheet, columns, people, looks["text"]):
            _people(sheet, columns, [example], looks["example"])
        _list(book, "民族", ETHNICITIES)
        if branches:
            _list(book, "团支部", branches)
    return raw.getvalue()


def _looks(book: Workbook) -> dict[str, Format]:
    head = {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "border_color": "#c3c8d0"}
    return {
        "text": book.add_format({"num_format": "@"}),
        "rules": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#474d59"}),
        "required": book.add_format({**head, "bg_color": "#fdecec", "font_color": "#a11212"}),
        "optional": book.add_format({**head, "bg_color": "#eceef2", "font_color": "#1b1f27"}),
        "example": book.add_format({"num_format": "@", "italic": True, "font_color": "#5f6672"}),
    }


def _columns(sheet: Worksheet, columns: tuple[str, ...], text: Format) -> None:
    """Every column is text: nothing typed becomes a number, a date or a formula's result."""
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column, 12), text)
    sheet.freeze_panes(FIRST_ROW, columns.index(rules.NAME) + 1)


def _heading(
    sheet: Worksheet,
    columns: tuple[str, ...],
    required: set[str],
    looks: dict[str, Format],
    *,
    told: tuple[str, ...],
) -> None:
    sheet.set_row(0, 17 * len(told))
    sheet.merge_range(0, 0, 0, len(columns) - 1, "\n".join(told), looks["rules"])
    sheet.set_row(1, 24)
    for at, column in enumerate(columns):
        needed = column in required
        look = looks["required" if needed else "optional"]
        sheet.write_string(1, at, f"{column}*" if needed else column, look)


def _people(
    sheet: Worksheet, columns: tuple[str, ...], people: Iterable[Mapping[str, str]], look: Format
) -> int:
    """One row a person below the header; how many there were."""
    row = FIRST_ROW
    for row, person in enumerate(people, start=FIRST_ROW + 1):
        for at, column in enumerate(columns):
            sheet.write_string(row - 1, at, person.get(column, ""), look)
    return row - FIRST_ROW


def _validate(
    sheet: Worksheet, columns: tuple[str, ...], *, branches: int, titles: tuple[str, ...] | None = None
) -> None:
    """Drop-down lists. They warn and do not forbid: the import reads more spellings than the lists hold."""
    sources: dict[str, list[str] | str] = {column: list(each) for column, each in _SHORT_LISTS.items()}
    sources[rules.ETHNICITY] = (
        f"=民族!$A$1:$A${len(ETHNICITIES)}"  # longer than a list inside the cell may be
    )
    if titles:
        sources[rules.TITLE] = list(titles)
    if branches:
        sources[BRANCH_COLUMN] = f"=团支部!$A$1:$A${branches}"
    for column, source in sources.items():
        if column not in columns:
            continue
        at = columns.index(column)
        asked = {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": column,
            "error_message": "所填内容不在列表中，请核对。",
        }
        sheet.data_validation(FIRST_ROW, at, LAST_ROW, at, asked)


def _list(book: Workbook, name: str, values: Iterable[str]) -> None:
    """A hidden sheet with one value a row."""
    sheet = book.add_worksheet(name)
    for at, value in enumerate(values):
        sheet.write_string(at, 0, value)
    sheet.hide()
