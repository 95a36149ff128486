"""What people call the columns of a roster: the template's own names, other words for them, and columns of no use (§5)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zhtj.lib.sheets import Cell

from .. import rules
from .texts import bare, in_full_width, text_of

BRANCH_COLUMN = "所在团支部全称"
REASON = "原因"  # the last column of a returned sheet
COLUMNS = (BRANCH_COLUMN, *rules.COLUMNS)
LONGEST = 60  # characters of a header that count

# Words that mean one column and nothing else. 职务 is the post: class offices have names of their own.
OTHER_WORDS: dict[str, tuple[str, ...]] = {
    BRANCH_COLUMN: ("所在团支部", "团支部", "团支部全称", "团支部名称", "支部全称", "所在支部", "所在支部全称", "所属团支部", "所属支部", "支部名称", "所在团组织", "团组织全称", "所属团支部全称"),
    rules.NAME: ("名字", "学生姓名", "团员姓名", "团干部姓名", "干部姓名", "真实姓名", "姓名（中文）", "中文姓名"),
    rules.NUMBER: ("身份证号", "身份证", "身份证件号", "身份证件号码", "居民身份证号", "居民身份证号码", "公民身份号码", "公民身份证号码", "证件号码", "证件号", "二代身份证号", "学生身份证号", "学生身份证号码", "本人身份证号", "本人身份证号码", "身份证编号"),
    rules.ETHNICITY: ("族别", "民族成分", "民族（族别）", "民族名称"),
    rules.STATUS: ("面貌", "政治面貌（面貌）", "政治身份", "政治面目"),
    rules.EDUCATION: ("文化程度", "学历层次", "学历程度", "最高学历", "现学历", "教育程度", "受教育程度", "文化水平"),
    rules.JOINED: ("入团时间", "入团日期", "入团年份", "加入共青团时间", "加入共青团日期", "加入共青团年月", "何时入团", "入团年月日"),
    rules.IS_CADRE: ("是否为团干部", "是否是团干部", "是否团干", "是否团委干部", "是否为团干"),
    rules.PHONE: ("手机", "手机号", "电话", "电话号码", "联系电话", "联系方式", "移动电话", "手机电话", "联系手机", "本人手机", "本人手机号", "本人手机号码", "本人电话", "本人联系电话", "学生手机", "学生电话", "学生手机号", "学生联系电话", "联系号码", "电话（手机）", "手机（电话）"),
    rules.WEIBO: ("微博号", "微博账号", "新浪微博", "微博名"),
    rules.QQ: ("QQ号", "QQ号码", "QQ账号"),
    rules.EMAIL: ("电子邮箱", "电子邮件", "邮箱地址", "邮件", "EMAIL", "E-MAIL", "MAIL", "电子信箱", "邮箱账号"),
    rules.LEAGUE_NUMBER: ("团员编号", "团员发展编号", "发展编号", "入团编号", "发展团员号", "团员号"),
    rules.TITLE: ("职务", "团内职务名称", "团干部职务", "支部职务", "团支部职务", "团干职务", "担任职务", "现任职务", "团职务", "所任职务", "团内任职"),
    rules.SINCE: ("任职时间", "任职年月", "任职日期", "任现职时间", "任现职日期", "现任职时间", "任职起始时间", "任职开始时间"),
    rules.NATURE: ("干部性质", "团干性质", "团干部类别", "专兼挂", "专职兼职挂职", "任职性质"),
    rules.IN_PARTY: ("是否同级党委成员", "是否同级党支部成员", "是否为同级党委（支部）成员", "是否同级党组织成员", "是否同级党委委员", "是否同级党委或支部成员", "同级党委（支部）成员"),
}  # fmt: skip

# What rosters of schools often hold beside; it can be derived, or the system does not keep it.
USELESS_WORDS = (
    "序号", "序", "编号", "行号", "NO", "NO.", "性别", "班级", "所在班级", "年级", "专业", "专业班级", "学院", "所在学院", "院系",
    "系别", "系部", "学校", "学校名称", "校区", "学号", "学籍号", "考号", "工号", "教工号", "备注", "说明", "备考", "注", "出生日期",
    "出生年月", "出生年月日", "出生时间", "生日", "年龄", "籍贯", "生源地", "住址", "家庭住址", "家庭地址", "通讯地址", "邮编", "宿舍",
    "宿舍号", "寝室", "寝室号", "班主任", "辅导员", "家长姓名", "家长电话", "家长联系电话", "父亲姓名", "母亲姓名", "父亲电话",
    "母亲电话", "监护人", "监护人电话", "紧急联系人", "紧急联系电话", "紧急联系人电话", "入学时间", "入学年份", "入学日期", "毕业时间",
    "班级职务", "班内职务", "行政职务", "国籍", "健康状况", "婚姻状况", "身高", "体重", "血型", "特长", "签名", "签字", "确认签字",
)  # fmt: skip

_BOUND = re.compile(
    r"^[（【\[](?:必填|选填)[）】\]]|[（【\[](?:必填项?|选填项?|可不填|请?填|如|例|格式|文本|\d+位|年月)[^（【\[]*[）】\]]$"
)


def key(cell: Cell) -> str:
    """A header as it is compared and remembered: without stars, blanks and hints on how to fill it in, in one width."""
    text = in_full_width(bare(text_of(cell)).replace("*", "")).rstrip("：:")
    return _BOUND.sub("", text).upper()[:LONGEST] or text.upper()[:LONGEST]


KNOWN = {key(word): name for name in COLUMNS for word in (name, *OTHER_WORDS.get(name, ()))}
USELESS = frozenset(key(word) for word in (*USELESS_WORDS, REASON))


def column_name(cell: Cell, names: Mapping[str, str] | None = None) -> str:
    """The template's name of a header cell, "" where it is none; `names` are an organisation's own words, by `key`."""
    said = key(cell)
    return KNOWN.get(said, "") if names is None or said not in names else names[said]


def is_useless(cell: Cell) -> bool:
    """Whether everybody knows that nothing of the column is needed; a column without a header among them."""
    said = key(cell)
    return not said or said in USELESS
