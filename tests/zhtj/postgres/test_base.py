"""The database is the one the product needs."""

from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3


def test_the_driver_is_psycopg2():
    assert is_psycopg3 is False


def test_chinese_has_trigrams(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm('张三'))")
        assert cursor.fetchone() == (3,)
