"""What the walks through 导入名单 share: a file sent by the form, the worker between two page views, rows by name."""

from __future__ import annotations

from typing import Any

from members.models import ImportBatch
from members.roster import batch as batches
from members.rules import COLUMNS
from tests.answers.visitor import Visitor
from tests.makers import number_of
from tests.members.roster.sheets import person as sound_person
from tests.members.roster.sheets import roster

BRANCH = "所在团支部全称"
FIELDS = ("姓名", "身份证号码", "手机号码", "民族", "学历", "入团年月", "发展团员编号")
POST = {
    "是否团干部": "是",
    "团内职务": "组织委员",
    "任现职年月": "2024-09",
    "团干部性质": "兼职",
    "是否同级党委（支部）成员": "否",
}


def person(name: str = "赵新生", **cells: Any) -> dict[str, Any]:
    """The cells of a sound row by column; with `born` for an ID number of that birth date."""
    if born := cells.pop("born", None):
        cells["身份证号码"] = number_of(born)
    return sound_person(name, **cells)


def listed(*people: dict[str, Any]) -> bytes:
    """A roster of these people; with the branch column in front where one of them names a branch."""
    named = any(BRANCH in each for each in people)
    return roster(*people, columns=(BRANCH, *COLUMNS) if named else COLUMNS)


def at_desk(account: Any) -> Visitor:
    """Signed in, at the 管理员首页."""
    return Visitor().signs_in(account).follows("管理中心")


def enters(visitor: Visitor, **cells: Any) -> Visitor:
    """团员管理 → 添加团员 up to the button, with the cells of a row."""
    cells = person(**cells)
    visitor.follows("添加团员")
    for label in FIELDS:
        visitor.fills(label, cells[label])
    return visitor.chooses(cells["政治面貌"])


def uploads(visitor: Visitor, raw: bytes, name: str = "名单.xlsx") -> Visitor:
    """团员管理 → 导入名单, the file chosen and checked; the plan, or what was wrong with the file."""
    visitor.follows("团员列表").follows("导入名单").follows("导入名单")
    return worked(visitor.attaches("名单文件", name, raw).presses("核对名单"))


def imports(visitor: Visitor, raw: bytes, people: int) -> Visitor:
    """The whole way: the plan confirmed with so many people, and carried out."""
    return worked(uploads(visitor, raw).presses(f"导入 {people} 人")).sees(f"已导入 {people} 人")


def worked(visitor: Visitor) -> Visitor:
    """The worker does what waits, and the page is looked at again."""
    batches.work(ImportBatch.objects.latest("pk").pk)
    return visitor.opens(visitor.path)


def row(visitor: Visitor, name: str) -> str:
    """What stands in the row of a person, without blanks."""
    for each in visitor.page.select("main tbody tr"):
        head = each.find("th")
        if head and head.get_text(strip=True) == name:
            return "".join(each.get_text().split())
    raise AssertionError(visitor._lost(f"row of {name}"))


def verdicts(visitor: Visitor) -> dict[str, str]:
    """Person → the tile his or her row stands under."""
    plan, found = visitor.path.partition("?")[0], {}
    tiles = [
        each["href"]
        for each in visitor.page.select("#tiles a[href]")
        if each.select_one(".tile-value").get_text(strip=True) != "0"
    ]
    for tile in tiles:
        visitor.opens(f"{plan}{tile}")
        current = visitor.page.select_one("#tiles [aria-current] .tile-label")
        for each in visitor.page.select("main tbody tr th[scope=row]"):
            found[each.get_text(strip=True)] = current.get_text(strip=True)
    visitor.opens(plan)
    return found
