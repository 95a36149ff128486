"""The organisation picker: what it shows to anybody, and when it makes an address wait."""

from datetime import timedelta

import pytest
from django.utils import timezone

from orgs import picker, tree
from orgs.enums import Category
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def look():
    """The picker for a visitor, as `look(q=…)` or `look(at=…)`."""
    return lambda **asked: picker.look(
        {key: str(value) for key, value in asked.items()}, address="192.0.2.7", now=timezone.now()
    )


def test_it_begins_with_the_provinces(look, country):
    view = look()
    assert ([each.short_name for each in view.trail], view.rows) == (
        ["团中央"],
        [country.corps, country.shandong],
    )


def test_one_level_deeper_the_way_back_is_shown(look, country):
    view = look(at=country.university.pk)
    assert (view.rows, view.up) == ([country.college], country.corps)


def test_a_search_finds_anywhere_in_the_tree(look, country):
    assert look(q="装配车间").rows == [country.workshop]


def test_pending_branches_and_deleted_organisations_are_not_offered(look, country):
    pending = tree.plant(country.college, [tree.Seedling(Category.PENDING_BRANCH, "待接转团支部")])[0]
    tree.delete_softly(country.freshmen)
    assert look(at=country.college.pk).rows == [country.class1, country.class2]
    assert look(q="待接转团支部").rows == []
    assert (picker.chosen(str(pending.pk)), picker.chosen(str(country.freshmen.pk))) == (None, None)


@pytest.mark.parametrize("asked", ["", "x", "0", "-1", "99999999999999999999999", "１"])
def test_an_unknown_place_shows_the_beginning(look, country, asked):
    assert look(at=asked).at in (country.centre, country.corps)


@pytest.mark.parametrize("text", ["", "x", "0", "-1", "99999999999999999999999"])
def test_an_unknown_choice_is_none(country, text):
    assert picker.chosen(text) is None


def test_long_levels_come_in_pages(look, country):
    tree.plant(country.university, [tree.Seedling(Category.BRANCH, f"{at}团支部") for at in range(60)])
    view = look(at=country.university.pk)
    assert (len(view.rows), view.next is None) == (picker.LEVEL_SIZE, False)
    assert len(look(at=country.university.pk, after=view.next).rows) == 11


def test_an_empty_installation_has_nothing_to_show(look, db):
    assert (look().rows, look().at) == ([], None)


def test_who_asks_much_must_wait_a_minute(country):
    now = timezone.now()
    for at in range(picker.LOOKS.failures):
        assert picker.look({}, address="192.0.2.7", now=now + timedelta(milliseconds=at)).verdict
    assert not picker.look({}, address="192.0.2.7", now=now + timedelta(seconds=1)).verdict
    assert picker.look({}, address="192.0.2.8", now=now).verdict
    assert picker.look({}, address="192.0.2.7", now=now + timedelta(minutes=2)).verdict


def test_the_page_piece_is_open_to_visitors_and_shows_names_and_categories_only(client, country):
    country.college.contact_phone = "0993-2057000"
    country.college.save()
    page = client.get("/orgs/picker/", {"q": "医学院"}).content.decode()
    assert (country.college.full_name in page, "团委" in page, "0993" in page) == (True, True, False)


def test_the_queries_do_not_grow_with_the_rows(look, country, django_assert_num_queries):
    with django_assert_num_queries(4):
        look(at=country.college.pk)
    for at in range(10):
        makers.make_org(country.college, f"又{at}团支部")
    with django_assert_num_queries(4):
        look(at=country.college.pk)


def test_asked_for_branches_it_offers_them_alone_and_the_way_down_to_them(look, country):
    rows = look(at=country.college.pk, only="branches").rows
    above = look(only="branches").rows
    assert ({each.pickable for each in rows}, [each.pickable for each in above]) == ({True}, [False, False])


def test_a_graduate_branch_is_no_target_of_somebody_who_applies(look, country):
    country.class1.category = Category.GRADUATE_BRANCH
    country.class1.save()
    assert country.class1 not in look(at=country.college.pk, only="branches").rows


def test_asked_for_superiors_it_leaves_out_branches_and_the_one_it_is_about(look, country):
    assert look(at=country.college.pk, only="superiors").rows == []
    assert look(at=country.university.pk, only="superiors").rows == [country.college]
    assert look(at=country.university.pk, only="superiors", but=country.college.pk).rows == []
    assert look(q="2023级1班", only="branches", but=country.class1.pk).rows == []
