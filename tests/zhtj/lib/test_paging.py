"""Lists in pages by key."""

import pytest

from orgs.enums import Category
from orgs.models import Organization
from tests import makers
from zhtj.lib.paging import page_of, page_of_list


@pytest.fixture
def names(db):
    """45 organisations in a row, by name."""
    top = makers.make_org(None, "石河子大学团委", Category.COMMITTEE)
    rows = [makers.make_org(top, f"{at:02}团支部") for at in range(45)]
    return Organization.objects.filter(pk__in=[row.pk for row in rows])


def shown(page):
    return [int(row.short_name[:2]) for row in page.rows]


def test_forward_and_back_again(names):
    first = page_of(names, {}, by=("short_name", "pk"))
    second = page_of(names, {"after": first.next}, by=("short_name", "pk"))
    third = page_of(names, {"after": second.next}, by=("short_name", "pk"))
    back = page_of(names, {"before": third.previous}, by=("short_name", "pk"))
    assert [shown(page) for page in (first, second, third, back)] == [
        list(range(20)),
        list(range(20, 40)),
        list(range(40, 45)),
        list(range(20, 40)),
    ]
    assert (first.previous, third.next, bool(back.previous), bool(back.next)) == (None, None, True, True)


def test_the_first_page_reached_backwards_has_nothing_before(names):
    second = page_of(names, {"after": page_of(names, {}).next})
    assert page_of(names, {"before": second.previous}).previous is None


@pytest.mark.parametrize("cursor", ["", "x", "%%%", "W10", "WyJhIl0", "WzEsMl0", "W251bGxd", "WzFlOTld"])
def test_a_cursor_that_cannot_be_read_gives_the_first_page(names, cursor):
    assert shown(page_of(names, {"after": cursor}))[0] == 0


@pytest.mark.parametrize(("size", "rows"), [("20", 20), ("50", 45), ("7", 20), ("x", 20), ("", 20)])
def test_only_known_sizes_are_taken(names, size, rows):
    assert len(page_of(names, {"size": size}).rows) == rows


def of_list(asked: dict[str, str]):
    """45 numbers downwards, each its own key."""
    return page_of_list(range(45, 0, -1), asked, key=lambda number: number)


def test_a_list_at_hand_goes_forward_and_back_again():
    first = of_list({})
    second = of_list({"after": first.next})
    third = of_list({"after": second.next})
    back = of_list({"before": third.previous})
    assert [(page.rows[0], page.rows[-1]) for page in (first, second, third, back)] == [
        (45, 26),
        (25, 6),
        (5, 1),
        (25, 6),
    ]
    assert (first.previous, third.next, first.total) == (None, None, 45)


@pytest.mark.parametrize("asked", [{"after": "99"}, {"before": "x"}, {"after": ""}])
def test_a_list_at_hand_begins_anew_where_the_row_is_gone(asked):
    assert of_list(asked).rows[0] == 45
