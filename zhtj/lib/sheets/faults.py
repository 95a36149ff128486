"""What can be wrong with a whole file, in the user's words: what, why, and what to do."""

from __future__ import annotations

from zhtj.lib.verdict import Verdict, no

RESAVE = "。请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后再上传。"
TEMPLATE = "。请把名单填进下载的模板后再上传。"

FAULTS = {
    "empty": ("文件是空的，里面没有任何内容", TEMPLATE),
    "too_big": ("文件有 {found} MB，超过 {most} MB 的上限", "。请删去图片和不用的工作表，或分成几个文件。"),
    "type": ("只能读取 .xlsx 和 .xls 文件，这个文件的类型是 {kind}", RESAVE),
    "text": ("这是文本文件（如 CSV）改了扩展名，不是 Excel 工作簿", RESAVE),
    "html": ("这是网页格式的文件，不是真正的 Excel 工作簿", RESAVE),
    "word": ("这是 Word 文档，不是 Excel 工作簿", TEMPLATE),
    "slides": ("这是演示文稿，不是 Excel 工作簿", TEMPLATE),
    "pdf": ("这是 PDF 文件，不是 Excel 工作簿", TEMPLATE),
    "picture": ("这是图片，不是 Excel 工作簿", TEMPLATE),
    "open_document": ("这是 OpenDocument 表格（.ods），不能直接读取", RESAVE),
    "binary": ("这是二进制工作簿（.xlsb），不能直接读取", RESAVE),
    "archive": ("这是压缩包，不是 Excel 工作簿", "。请解压后上传里面的 .xlsx 或 .xls 文件。"),
    "unknown": ("文件不是 Excel 工作簿", RESAVE),
    "macros": ("文件含有宏", "。为了安全不读取带宏的文件，请另存为不带宏的 .xlsx 后再上传。"),
    "password": (
        "文件设有打开密码，无法读取",
        "。请在 Excel 中用密码打开，在“文件 → 信息 → 保护工作簿”中去掉密码，保存后再上传。",
    ),
    "too_many_parts": ("文件内部的部件过多，不像一份名单", RESAVE),
    "bomb": ("文件解压后过大，不像一份名单", "。请把名单复制到新的工作簿，保存后再上传。"),
    "doctype": ("文件里有不允许的文档类型声明", RESAVE),
    "far_cell": (
        "单元格 {cell} 里有内容，离名单太远，读取会耗尽内存",
        "。请删除名单以外的行和列，或把名单复制到新的工作簿，保存后再上传。",
    ),
    "too_many_rows": ("工作表有 {found} 行，超过 {rows} 行的上限", "。请分成几个文件上传。"),
    "corrupt": ("文件已损坏或没有传完，无法打开", RESAVE),
    "crashed": ("文件内容异常，读取时中断", "。没有写入任何数据。请把名单复制到新的工作簿，保存后再上传。"),
    "slow": ("文件读取时间过长，已停止", "。没有写入任何数据。请删去不用的工作表，或分成几个文件。"),
    "no_sheet": ("文件里没有工作表", TEMPLATE),
    "no_rows": ("工作表里没有任何内容", TEMPLATE),
}


def verdict(cause: str, **facts: object) -> Verdict:
    """The refusal for a cause; its own cause is `file_…`."""
    reason, remedy = FAULTS[cause]
    return no(reason.format(**facts), cause=f"file_{cause}", remedy=remedy)
