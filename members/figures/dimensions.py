"""How the figures are told apart: the order of the values, their words, and the list that opens their names. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.enums import EDUCATIONS, ETHNICITIES, PoliticalStatus, Sex
from orgs.models import Organization

from .counting import Counts

# Years of age, both ends counted in.
BANDS = ((0, 13), (14, 17), (18, 22), (23, 27), (28, 99))
NOT_GIVEN = "未填写"

Query = Mapping[str, Any]
Told = Iterator[tuple[str, int, Query | None]]


@dataclass(frozen=True)
class Bar:
    """One value: its word, how many, their share, and where their names are."""

    label: str
    number: int
    share: str
    url: str


@dataclass(frozen=True)
class Section:
    """One table with its chart."""

    id: str
    title: str
    head: str
    bars: list[Bar]

    @property
    def most(self) -> int:
        """What the longest bar stands for."""
        return max((bar.number for bar in self.bars), default=0)


def sections(counts: Counts, listed: Callable[[Query], str]) -> list[Section]:
    """All tables of an organisation's figures; `listed` gives the address of the list that a query narrows."""
    tables = (
        ("sex", "性别", "性别", _coded(counts["sex"], Sex.values, "sex")),
        (
            "political",
            "政治面貌",
            "政治面貌",
            _coded(counts["political_status"], PoliticalStatus.values, "political", hide=True),
        ),
        ("bands", "年龄段", "周岁", _bands(counts["age"])),
        ("education", "学历", "学历", _coded(counts["education"], EDUCATIONS, "education", hide=True)),
        ("years", "入团年份", "年份", _years(counts["year"])),
        ("ages", "年龄", "周岁", _ages(counts["age"])),
        ("ethnicity", "民族", "民族", _ethnicities(counts["ethnicity"])),
    )
    return [
        Section(key, title, head, [_bar(*each, counts["members"], listed) for each in told])
        for key, title, head, told in tables
    ]


def list_of(organization: Organization, *, own: bool) -> Callable[[Query], str]:
    """The addresses of 团员列表 narrowed to an organisation (the `own` one needs no filter) and to a query."""
    place = {} if own else {"branch": organization.pk}

    def address(query: Query) -> str:
        narrowed = urlencode({**place, **query})
        return f"{reverse('members:list')}?{narrowed}" if narrowed else reverse("members:list")

    return address


def share(number: int, total: int) -> str:
    """`12.5%`; empty where there is nobody."""
    return f"{number / total:.1%}" if total else ""


def _bar(label: str, number: int, query: Query | None, total: int, listed: Callable[[Query], str]) -> Bar:
    url = listed(query) if query is not None and number else ""
    return Bar(label, number, share(number, total), url)


def _coded(numbers: Mapping[str, int], values, key: str, *, hide: bool = False) -> Told:
    """The values in their order, nobody's ones left out where there are many; then what is not given."""
    for value in values:
        if numbers.get(value) or not hide:
            yield value, numbers.get(value, 0), {key: value}
    if numbers.get(""):
        yield NOT_GIVEN, numbers[""], None


def _ethnicities(numbers: Mapping[str, int]) -> Told:
    ranked = sorted(ETHNICITIES, key=lambda each: -numbers.get(each, 0))
    yield from _coded(numbers, ranked, "ethnicity", hide=True)


def _bands(ages: Mapping[str, int]) -> Told:
    for low, high in BANDS:
        number = sum(count for age, count in ages.items() if low <= int(age) <= high)
        yield _band_label(low, high), number, {"age_from": low, "age_to": high}


def _band_label(low: int, high: int) -> str:
    if low == 0:
        return f"未满{high + 1}"
    return f"{low}及以上" if high == BANDS[-1][1] else f"{low}–{high}"


def _ages(ages: Mapping[str, int]) -> Told:
    for age in sorted(map(int, ages)):
        yield str(age), ages[str(age)], {"age_from": age, "age_to": age}


def _years(years: Mapping[str, int]) -> Told:
    for year in sorted(map(int, years)):
        whole = {
            "joined_from_year": year,
            "joined_from_month": 1,
            "joined_to_year": year,
            "joined_to_month": 12,
        }
        yield str(year), years[str(year)], whole
