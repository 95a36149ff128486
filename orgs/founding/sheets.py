"""The template of 创建下级组织, and the sheet that brings bad rows back with 原因."""

from __future__ import annotations

import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from zhtj.lib.exports import HEAD

from .. import rules
from ..models import Organization
from .plan import Line
from .read import COLUMNS, REASON, REQUIRED, Upload

SHEET = "下级组织"
LAST_ROW = 5000
_WIDTHS = (36, 18, 36)
_REASON_WIDTH = 70
_RULES = (
    "填写说明",
    "1. 在“下级组织”表中每行填写一个组织；标 * 的列必填。全称由上级名称和简称自动生成，不用填写。",
    "2. 组织简称须与类别相符：团委以“团委”结尾，团工委以“团工委”结尾，团总支以“团总支”结尾，团支部以“团支部”结尾；团的领导机关形如“团山东省委”。",
    "3. 上级组织简称可以留空，即直属于本组织；填写时，上级须是本文件中的另一行，这样可以一次创建几级组织。",
    "4. 团的领导机关的层级比上级低一级，上传后核对时可以更改，创建后不能更改。",
    "5. 已经存在的组织不会重复创建，同一个文件可以重复上传。",
)


def template(organization: Organization) -> bytes:
    """The .xlsx to fill in, with the categories that may stand below this organisation."""
    raw = io.BytesIO()
    with Workbook(raw, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@"})
        needed = book.add_format({**HEAD, "bg_color": "#fdecec", "font_color": "#a11212"})
        head = book.add_format(HEAD)
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(COLUMNS):
            sheet.set_column(at, at, _WIDTHS[at], text)
            required = column in REQUIRED
            sheet.write_string(0, at, f"{column}*" if required else column, needed if required else head)
        labels = [each.label for each in rules.categories_below(organization)]
        sheet.data_validation(
            1, 1, LAST_ROW, 1, {"validate": "list", "source": labels, "error_type": "warning"}
        )
        told = book.add_worksheet("填写说明")
        told.set_column(0, 0, 110, book.add_format({"text_wrap": True}))
        for at, line in enumerate(_RULES):
            told.write_string(at, 0, line)
    return raw.getvalue()


def template_name(organization: Organization) -> str:
    """创建下级组织模板（石河子大学医学院团委）.xlsx"""
    return f"创建下级组织模板（{organization.short_name}）.xlsx"


def returned(upload: Upload, bad: Sequence[Line]) -> bytes:
    """The user's own columns, every cell a text, and 原因 at the end; it can be uploaded again."""
    raw = io.BytesIO()
    with Workbook(raw, {"in_memory": True}) as book:
        text, head = book.add_format({"num_format": "@"}), book.add_format(HEAD)
        faulty = book.add_format({"num_format": "@", "bg_color": "#fdecec", "font_color": "#a11212"})
        wrap = book.add_format({"num_format": "@", "text_wrap": True, "font_color": "#a11212"})
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 0)
        last = len(upload.header)
        sheet.set_column(0, max(last - 1, 0), 24, text)
        sheet.set_column(last, last, _REASON_WIDTH, text)
        for at, title in enumerate([*upload.header, REASON]):
            sheet.write_string(0, at, title, head)
        for line, each in enumerate(bad, start=1):
            wrong = {upload.columns.get(fault.column) for fault in each.faults}
            for at, value in enumerate(each.row.texts):
                sheet.write_string(line, at, value, faulty if at in wrong else text)
            sheet.write_string(line, last, each.reason, wrap)
    return raw.getvalue()
