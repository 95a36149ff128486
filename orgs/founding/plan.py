"""What happens to each row of an uploaded list: 新增, 已存在 or 错误 with its causes; nothing is written (§2).

Rows are settled level by level, since a row may stand below another row of the same file. The queries grow with
the levels, never with the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q

from zhtj.lib.cells import bare
from zhtj.lib.verdict import Verdict, no

from .. import naming, queries, rules, tree
from ..enums import CREATABLE, Category, Level
from ..models import Organization
from ..scope import Scope
from .read import CATEGORY, COLUMNS, SHORT, SUPERIOR, Row, Upload

WORDS = {
    **{category.label: category for category in Category},
    "领导机关": Category.LEADING_BODY,
    "团领导机关": Category.LEADING_BODY,
}
LISTED = "、".join(each.label for each in CREATABLE)


class Fate(StrEnum):
    """What a row comes to."""

    NEW = "new"
    SAME = "same"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell: the column, its value as typed, and the message with cause and remedy."""

    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a faulty row as its page shows it."""

    label: str
    text: str
    wrong: bool


@dataclass
class Place:
    """A superior rows can stand below: an organisation that lives, or one that a row would make."""

    organization: Organization
    stems: list[str]
    maker: Line | None = None


@dataclass
class Line:
    """One row, settled: its fate, what would be made, and every fault."""

    row: Row
    short_name: str
    category: str
    superior_text: str
    fate: Fate = Fate.ERROR
    full_name: str = ""
    level: int | None = None
    superior: Place | None = None
    found: Organization | None = None
    faults: list[Fault] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Its row in the sheet."""
        return self.row.number

    @property
    def category_label(self) -> str:
        return str(Category(self.category).label)

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label) if self.level else ""

    @property
    def reason(self) -> str:
        """Every message, as the returned sheet says it."""
        return (
            f"原第 {self.number} 行：" + "；".join(each.message.rstrip("。") for each in self.faults) + "。"
        )


def plan(parent: Organization, upload: Upload, *, actor: Scope, levels: Mapping[int, int]) -> list[Line]:
    """The rows in their order; `levels` are chosen levels of leading bodies, by row number."""
    return _Planner(parent, upload, actor, levels).settle()


class _Planner:
    """The state of one planning."""

    def __init__(self, parent: Organization, upload: Upload, actor: Scope, levels: Mapping[int, int]):
        self.parent, self.upload, self.actor, self.levels = parent, upload, actor, levels
        self.top = Place(parent, tree.stems_down_to(parent))
        self.lines = [self._line(row) for row in upload.rows]
        self.waiting: dict[int, list[Line]] = {}  # below which row, by its number
        self.seats: dict[tuple[int, str], int] = {}  # superior and 简称 → the row that takes them
        self.names: dict[str, int] = {}  # 全称 → the row that takes it
        self.verdicts: dict[int, Verdict] = {}

    def _line(self, row: Row) -> Line:
        category = bare(self.upload.text(row, CATEGORY))
        line = Line(
            row=row,
            short_name=queries.tidy(self.upload.text(row, SHORT)),
            category=WORDS.get(category, ""),
            superior_text=queries.tidy(self.upload.text(row, SUPERIOR)),
        )
        name = (
            naming.name_problem(line.category, line.short_name)
            if line.category
            else naming.shape_problem(line.short_name)
        )
        if not name:
            self._fault(line, SHORT, name.message)
        if not category:
            self._fault(line, CATEGORY, f"组织类别未填写，请填写：{LISTED}。")
        elif not line.category:
            self._fault(line, CATEGORY, f"没有这个组织类别，可以填写：{LISTED}。")
        return line

    def _fault(self, line: Line, column: str, message: str) -> None:
        value = self.upload.text(line.row, column)
        line.faults.append(Fault(column, value, message if message.endswith("。") else f"{message}。"))

    def settle(self) -> list[Line]:
        """Give every row its superior, then settle the rows level by level."""
        ready = self._find_superiors()
        while ready:
            self._settle_level(ready)
            ready = [below for line in ready for below in self._below(line)]
        for line in self.lines:
            if line.superior is None and not line.faults:
                self._fault(line, SUPERIOR, "上级组织互为上下级，请核对这几行的上级组织简称。")
            if line.faults:
                wrong = {fault.column for fault in line.faults}
                line.cells = [Cell(each, self.upload.text(line.row, each), each in wrong) for each in COLUMNS]
        return self.lines

    # ---- superiors ------------------------------------------------------------------------------

    def _find_superiors(self) -> list[Line]:
        """The rows below living organisations; the others wait for their row."""
        by_name: dict[str, list[Line]] = {}
        for line in self.lines:
            by_name.setdefault(line.short_name, []).append(line)
        living = self._living({line.superior_text for line in self.lines} - {""})
        ready = []
        for line in self.lines:
            if line.superior_text in ("", self.parent.short_name, self.parent.full_name):
                line.superior = self.top
                ready.append(line)
            elif self._wait_for(line, by_name.get(line.superior_text, [])):
                continue
            elif line.superior_text in living:
                line.superior = living[line.superior_text]
                ready.append(line)
            else:
                message = "上级组织不存在：本文件中没有这个组织，直属下级中也没有。请核对简称，或为它加一行。"
                self._fault(line, SUPERIOR, message)
        return ready

    def _wait_for(self, line: Line, makers: list[Line]) -> bool:
        """Whether the superior is a row of this file; of rows that say the same thing twice the first counts."""
        makers = list({each.superior_text: each for each in reversed(makers) if each is not line}.values())
        if len(makers) > 1:
            rows = "、".join(f"第 {each.number} 行" for each in sorted(makers, key=lambda each: each.number))
            message = f"上级组织不明确：{rows}都叫这个简称。请把它们的下级放在不同的文件中创建。"
            self._fault(line, SUPERIOR, message)
        elif makers:
            self.waiting.setdefault(makers[0].number, []).append(line)
        return bool(makers)

    def _living(self, names: set[str]) -> dict[str, Place]:
        """Direct subordinates that rows name as their superior: one query."""
        if not names:
            return {}
        wanted = queries.children(self.parent).filter(Q(short_name__in=names) | Q(full_name__in=names))
        places: dict[str, Place] = {}
        for each in wanted.select_related("parent"):
            place = Place(each, [*self.top.stems, naming.stem(each.short_name)])
            places |= {each.short_name: place, each.full_name: place}
        return places

    def _below(self, line: Line) -> Iterable[Line]:
        """The rows that waited for this one, with their superior, unless it cannot be one."""
        stems = [*(line.superior.stems if line.superior else []), naming.stem(line.short_name)]
        if line.fate == Fate.ERROR:
            place = None
        elif line.found is not None:
            place = Place(line.found, stems)
        else:
            made = Organization(
                category=line.category,
                level=line.level,
                short_name=line.short_name,
                full_name=line.full_name,
            )
            place = Place(made, stems, maker=line)
        for below in self.waiting.pop(line.number, []):
            below.superior = place
            if place is None:
                self._fault(below, SUPERIOR, f"上级组织在第 {line.number} 行，那一行有错误。请先改正那一行。")
            yield below

    # ---- one level ------------------------------------------------------------------------------

    def _settle_level(self, lines: list[Line]) -> None:
        for line in lines:
            self._check_alone(line)
        good = [line for line in lines if not line.faults]
        siblings, bearers = self._siblings(good), self._bearers(good)
        for line in good:
            self._check_names(line, siblings, bearers)
            if not line.faults:
                line.fate = Fate.SAME if line.found else Fate.NEW

    def _check_alone(self, line: Line) -> None:
        """What needs no other organisation but the superior."""
        if not line.category or line.superior is None:
            return
        above = line.superior.organization
        if line.category == Category.LEADING_BODY:
            line.level = self.levels.get(line.number) or naming.level_below(above.level)
        contains = rules.may_contain(above, line.category, line.level)
        if not contains:
            self._fault(line, CATEGORY, contains.message)
        line.full_name = naming.full_name(line.category, line.short_name, line.superior.stems)
        verdict = rules.length_problem(line.full_name)
        if not verdict:
            self._fault(line, SHORT, verdict.message)

    def _may_found(self, place: Place) -> Verdict:
        """Nobody but its administrators creates below a living organisation; what this file makes has none yet."""
        if place.maker is not None:
            return self._may_found(self.top)
        key = place.organization.pk
        if key not in self.verdicts:
            self.verdicts[key] = rules.may_found(self.actor, place.organization)
        return self.verdicts[key]

    def _siblings(self, lines: list[Line]) -> dict[tuple[int, str], Organization]:
        """Living organisations of the same 简称 below the same superior: one query."""
        superiors = {line.superior.organization.pk for line in lines if line.superior} - {None}
        names = {line.short_name for line in lines}
        found = Organization.objects.living().filter(parent__in=superiors, short_name__in=names)
        return {(each.parent_id, each.short_name): each for each in found}

    def _bearers(self, lines: list[Line]) -> dict[str, Organization]:
        """Living organisations that bear one of the names already: one query."""
        wanted = {line.full_name for line in lines}
        found = Organization.objects.living().filter(full_name__in=wanted).select_related("parent")
        return {each.full_name: each for each in found}

    def _check_names(self, line: Line, siblings: dict, bearers: dict) -> None:
        place = line.superior
        assert place is not None, "checked before"
        above = -place.maker.number if place.maker else place.organization.pk
        seat = (above, line.short_name)
        taken = self.seats.setdefault(seat, line.number)
        if taken != line.number:
            self._fault(line, SHORT, f"与第 {taken} 行重复，请删去其中一行。")
            return
        line.found = siblings.get(seat)
        if line.found is not None:
            if line.found.category != line.category:
                self._fault(line, CATEGORY, self._other_category(line.found).message)
            return
        may = self._may_found(place)
        if not may:
            self._fault(line, SUPERIOR, may.message)
            return
        other = bearers.get(line.full_name)
        if other is not None:
            self._fault(line, SHORT, rules.full_name_taken(other).message)
            return
        taken = self.names.setdefault(line.full_name, line.number)
        if taken != line.number:
            message = f"组织全称“{line.full_name}”与第 {taken} 行相同，请换一个简称。"
            self._fault(line, SHORT, message)

    def _other_category(self, found: Organization) -> Verdict:
        reason = f"同名组织已存在，类别是“{found.get_category_display()}”"
        return no(reason, remedy="，类别创建后不能更改，请核对。")
