"""A verb runs again when the database asks for it, and only then."""

import pytest
from django.db import OperationalError, connection, transaction

from zhtj.lib.retry import ATTEMPTS, retried

pytestmark = pytest.mark.django_db(transaction=True)


class Verb:
    """Fails in the database with the given code the first times it runs."""

    def __init__(self, sqlstate, failures):
        self.sqlstate, self.failures, self.runs = sqlstate, failures, 0

    def __call__(self):
        self.runs += 1
        with transaction.atomic(), connection.cursor() as cursor:
            if self.runs <= self.failures:
                cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{self.sqlstate}'; END $$")
        return "done"

    __name__ = "verb"


@pytest.mark.parametrize("sqlstate", ["40001", "40P01", "55P03"])
def test_a_conflict_is_tried_again(sqlstate):
    verb = Verb(sqlstate, failures=ATTEMPTS - 1)
    assert (retried(verb)(), verb.runs) == ("done", ATTEMPTS)


def test_it_gives_up_in_the_end():
    verb = Verb("40P01", failures=99)
    with pytest.raises(OperationalError):
        retried(verb)()
    assert verb.runs == ATTEMPTS


def test_another_fault_is_not_tried_again():
    verb = Verb("57014", failures=1)
    with pytest.raises(OperationalError):
        retried(verb)()
    assert verb.runs == 1


def test_inside_a_transaction_it_is_not_tried_again():
    verb = Verb("40001", failures=1)
    with pytest.raises(OperationalError), transaction.atomic():
        retried(verb)()
    assert verb.runs == 1
