"""What the examples about people have in common: coming in for the first time, picking an organisation, deciding."""

from __future__ import annotations

from typing import Any

from orgs.models import Organization
from tests.answers.visitor import Visitor, words_of

NEW = "Xin-Jiang7x9"  # a password the rules allow


def arrives(number: str, name: str, *, password: str = "") -> Visitor:
    """Sign in with the last eight characters of the ID, give the name, set a password of one's own."""
    visitor = Visitor().signs_in(number, password or number[-8:])
    assert visitor.heading == "首次登录：核对姓名，设置新密码"
    visitor.fills("姓名", name).fills("新密码", NEW).fills("再次填写新密码", NEW)
    return visitor.presses("设置密码并登录")


def picks(visitor: Visitor, *way: Organization) -> Visitor:
    """Down the levels of the picker by their links; the last of the way is the choice."""
    *above, choice = way
    for each in above:
        visitor.follows(f"{each.full_name}{each.get_category_display()}")
    return visitor.follows(f"选择{choice.full_name}")


def here(account: Any) -> Visitor:
    """Somebody who has signed in before this row begins: administrators at the desk, others on their own page.

    The door has rows of its own; here it would only cost time.
    """
    visitor = Visitor()
    visitor.client.force_login(account)
    return visitor.opens("/")


def agrees(account: Any, name: str, words: str = "同意转出") -> Visitor:
    """An administrator opens the case from the list and says yes."""
    return here(account).follows("组织关系转接").follows(name).presses(words)


def studies(visitor: Visitor) -> Visitor:
    """升学 with what it asks for."""
    visitor.fills("转接原因", "升学").fills("毕业去向", "升学")
    return visitor.fills("学校名称", "石河子大学医学院").fills("学校地址", "石河子市北二路")


PERSON = {
    "手机号码": "13800138000",
    "民族": "汉族",
    "政治面貌": "共青团员",
    "学历": "本科（在读）",
    "入团年月": "2021-05",
    "发展团员编号": "202137000001",
}
OFFICE = {"任现职年月": "2025-09", "团干部性质": "兼职", "是否同级党委（支部）成员": "否"}


def gives(visitor: Visitor, facts: dict[str, str]) -> Visitor:
    """Each by its label, typed or chosen; what this page does not ask is left out."""
    asked = {words_of(each): each for each in visitor.page.select("label, legend")}
    for label, value in facts.items():
        if label in asked:
            group = asked[label].find_parent("fieldset")
            radios = group is not None and group.select("input[type=radio]")
            visitor = visitor.chooses(value, near=label) if radios else visitor.fills(label, value)
    return visitor
