"""Paths and names as they are planted, and the locks that keep the tree whole."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from orgs import tree
from orgs.enums import Category, Level
from orgs.models import Organization

pytestmark = pytest.mark.django_db


def test_many_are_planted_with_a_fixed_number_of_queries(country, django_assert_num_queries):
    for count in (1, 500):
        seedlings = [tree.Seedling(Category.BRANCH, f"{count}-{at}团支部") for at in range(count)]
        with django_assert_num_queries(3):
            planted = tree.plant(country.college, seedlings)
        assert [each.path for each in planted] == [f"{country.college.path}{each.pk}/" for each in planted]


def test_a_leading_body_gets_the_level_below_its_superior(country):
    assert [country.centre.level, country.shandong.level, country.zibo.level] == [
        Level.CENTRAL,
        Level.PROVINCE,
        Level.CITY,
    ]


def test_superiors_come_topmost_first(country):
    assert tree.ancestors(country.class1) == [
        country.centre,
        country.corps,
        country.university,
        country.college,
    ]


def test_a_rename_changes_the_initials_too(country):
    tree.rename(country.class1, "临床一班团支部")
    assert Organization.objects.get(pk=country.class1.pk).initials == "lcybtzb"


def gets(lock, path):
    """Whether another connection gets the lock at once."""
    found = []

    def run():
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '150ms'")
                lock(path)
            found.append(True)
        except OperationalError:
            found.append(False)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.django_db(transaction=True)
def test_what_enters_a_province_waits_for_its_rearranging_and_for_no_other(country):
    with transaction.atomic():
        tree.rearranging(country.university.path)
        answers = [
            gets(tree.entering, country.class1.path),
            gets(tree.entering, country.workshop.path),
            gets(tree.rearranging, country.workshop.path),
            gets(tree.rearranging, country.centre.path),
        ]
    assert answers == [False, True, True, False]


@pytest.mark.django_db(transaction=True)
def test_what_enters_a_province_does_not_wait_for_others_that_enter(country):
    with transaction.atomic():
        tree.entering(country.class1.path)
        answers = [gets(tree.entering, country.class2.path), gets(tree.rearranging, country.college.path)]
    assert answers == [True, False]
