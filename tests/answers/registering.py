"""管理员注册 and its codes, walked by their words; shared by the examples about the door and about codes."""

from __future__ import annotations

from tests.makers import PASSWORD

from .visitor import Visitor

RADIOS = ("政治面貌", "团干部性质", "是否同级党委（支部）成员")
PERSON = {
    "姓名": "新管理",
    "手机号码": "138 1526 3748",
    "民族": "汉族",
    "政治面貌": "共青团员",
    "学历": "本科（在读）",
    "任现职年月": "2024-09",
    "团干部性质": "兼职",
    "是否同级党委（支部）成员": "否",
    "登录密码": PASSWORD,
    "再次填写密码": PASSWORD,
}
LEAGUE = {"入团年月": "2020-05", "发展团员编号": "202065990001"}


def issues(administrator: Visitor, short_name: str) -> str:
    """单个分配 from 下级组织管理; the code as the page shows it."""
    administrator.follows("管理中心").follows("下级组织管理").follows(f"注册码：{short_name}")
    return shown(administrator.presses("分配注册码"))


def shown(visitor: Visitor) -> str:
    """The code on the page, as somebody copies it down."""
    (code,) = (each.get_text() for each in visitor.page.select(".code-big"))
    return code


def picks(visitor: Visitor, full_name: str, title: str = "书记") -> Visitor:
    """From the root address to the page that asks for the code."""
    visitor.opens("/").follows("注册").follows("管理员注册")
    visitor.fills("按名称或拼音首字母查找", full_name).presses("查找").follows(f"选择{full_name}")
    is_select = visitor.page.select_one("select#id_title") is not None
    visitor = visitor.fills("团内职务", title) if is_select else visitor.chooses(title)
    return visitor.presses("下一步：填写注册码")


def types_code(visitor: Visitor, code: str) -> Visitor:
    """The code on the page that asks for it."""
    return visitor.fills("管理员注册码", code).presses("下一步")


def fills_in(visitor: Visitor, number: str, *, league: bool = True, **changes: str) -> Visitor:
    """The personal data, each by its label; an empty value leaves its field alone."""
    given = {"身份证号码": number, **PERSON, **(LEAGUE if league else {}), **changes}
    for label, value in given.items():
        if value:
            visitor = visitor.chooses(value) if label in RADIOS else visitor.fills(label, value)
    return visitor


def registers(visitor: Visitor, full_name: str, code: str, number: str, **changes: str) -> Visitor:
    """The whole way into a branch."""
    types_code(picks(visitor, full_name), code)
    return fills_in(visitor, number, **changes).presses("完成注册")
