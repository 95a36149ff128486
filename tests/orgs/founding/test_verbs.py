"""Creating many organisations at once."""

import pytest

from orgs import scope, tree
from orgs.founding.plan import Fate
from orgs.founding.verbs import found_all, returned
from orgs.models import Organization
from orgs.verify import faults
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

from .sheets import cells, upload

pytestmark = pytest.mark.django_db

ROWS = (
    ("研究生团总支", "团总支"),
    ("2025级硕士团支部", "团支部", "研究生团总支"),
    ("2023级1班团支部", "团支部"),
    ("坏名字", "团支部"),
)


@pytest.fixture
def university(cast):
    return scope.scope_of(cast.university_admin)


@pytest.fixture
def college(cast):
    return scope.scope_of(cast.college_admin)


def fates(lines):
    return [line.fate for line in lines]


def test_good_rows_go_in_with_paths_names_and_audit_rows(country, college):
    lines = found_all(country.college, upload(*ROWS), levels={}, actor=college)
    made = Organization.objects.get(short_name="2025级硕士团支部")
    assert fates(lines) == [Fate.NEW, Fate.NEW, Fate.SAME, Fate.ERROR]
    assert (made.parent.short_name, made.path) == ("研究生团总支", f"{made.parent.path}{made.pk}/")
    assert (made.initials, made.purpose) == ("2025jsstzb", "ordinary")
    assert AuditEntry.objects.filter(verb="orgs.found", organization_id=made.pk).count() == 1
    assert list(faults()) == []


def test_the_same_file_again_creates_nothing(country, college):
    found_all(country.college, upload(*ROWS), levels={}, actor=college)
    before = Organization.objects.count()
    lines = found_all(country.college, upload(*ROWS), levels={}, actor=college)
    assert (fates(lines), Organization.objects.count()) == ([Fate.SAME] * 3 + [Fate.ERROR], before)


def test_a_stranger_creates_nothing(country, cast):
    with pytest.raises(Refused):
        found_all(country.college, upload(*ROWS), levels={}, actor=scope.scope_of(cast.zibo_admin))


def test_chosen_levels_are_kept(country, cast):
    actor = scope.scope_of(cast.corps_admin)
    found_all(country.corps, upload(("团甲市委", "团的领导机关")), levels={2: 4}, actor=actor)
    assert Organization.objects.get(short_name="团甲市委").level == 4


@pytest.mark.parametrize("rows", [3, 300])
def test_the_queries_do_not_grow_with_the_rows(country, university, django_assert_num_queries, rows):
    given = [("甲学院团委", "团委"), *((f"{at}班团支部", "团支部", "甲学院团委") for at in range(rows))]
    with django_assert_num_queries(17):
        found_all(country.university, upload(*given), levels={}, actor=university)


def test_bad_rows_come_back_as_they_were_with_the_reason(country, college):
    sheet = cells(returned(country.college, upload(*ROWS), actor=college))
    assert sheet[0] == ["组织简称", "组织类别", "上级组织简称", "原因"]
    assert (sheet[1][:3], sheet[1][3].startswith("原第 5 行：组织简称“坏名字”不符合")) == (
        ["坏名字", "团支部", ""],
        True,
    )


def test_without_bad_rows_nothing_is_returned(country, college):
    with pytest.raises(Refused):
        returned(country.college, upload(("甲团支部", "团支部")), actor=college)


def test_a_neighbour_who_was_faster_makes_the_row_existing(country, college):
    tree.plant(country.college, [tree.Seedling("branch", "甲团支部")])
    lines = found_all(country.college, upload(("甲团支部", "团支部")), levels={}, actor=college)
    assert fates(lines) == [Fate.SAME]
