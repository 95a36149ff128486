"""Pieces prepared while the one before is used: in order, nothing lost, faults told."""

import threading

import pytest
from django.db import connection

from zhtj.lib.ahead import ahead


def test_results_come_in_the_order_of_the_items():
    assert list(ahead(lambda number: number * 2, range(5))) == [0, 2, 4, 6, 8]
    assert list(ahead(str, [])) == []


def test_the_next_one_is_begun_while_the_present_one_is_used():
    begun = threading.Event()

    def prepare(number):
        if number == 1:
            begun.set()
        return number

    results = ahead(prepare, [0, 1])
    assert next(results) == 0
    assert begun.wait(5)


def test_what_preparing_raises_is_raised_to_the_caller():
    results = ahead(lambda number: 1 // number, [1, 0, 1])
    assert next(results) == 1
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_what_is_prepared_may_not_ask_the_database(db):
    def ask(_):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    with pytest.raises(RuntimeError, match="asks the database nothing"):
        list(ahead(ask, [0]))
