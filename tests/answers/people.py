"""What the examples about people have in common: coming in for the first time, picking an organisation, deciding."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from orgs.enums import Category
from orgs.models import Organization
from tests import makers
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


def asks(account: Any, *way: Organization) -> Visitor:
    """办理转入 by the person, for another reason than studies."""
    visitor = here(account).follows("关系转接").follows("办理转入")
    return picks(visitor, *way).fills("转接原因", "其他").presses("发起转接")


def enrols(school: Any, country: Any, *branch: Organization) -> Visitor:
    """升学 to the college, or a branch of it, begun by the student."""
    student = here(school.student).follows("关系转接").follows("办理转入")
    picks(student, country.corps, country.university, country.college, *branch)
    return studies(student).presses("发起转接")


def plant_school(country: Any) -> SimpleNamespace:
    """A high school class with its secretary, and one who leaves it for the university."""
    committee = makers.make_org(country.zibo, "淄博第一中学团委", Category.COMMITTEE)
    branch = makers.make_org(committee, "高三1班团支部")
    return SimpleNamespace(
        committee=committee,
        branch=branch,
        office=makers.make_admin(committee, "钟团委"),
        secretary=makers.make_admin(branch, "高班长"),
        student=makers.make_member(branch, "孔新生").account,
    )
