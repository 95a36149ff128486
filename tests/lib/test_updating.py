"""UPDATE … FROM unnest writes what saving each row would have written."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Account
from orgs.models import Post
from tests import makers
from zhtj.lib import updating

pytestmark = pytest.mark.django_db


def people(count: int) -> list[Account]:
    return [makers.make_account(f"众{chr(0x4E00 + at)}") for at in range(count)]


def test_each_row_gets_its_own_values_and_keeps_the_others():
    one, two = people(2)
    now = timezone.now()
    one.write_phone("13700000001")
    one.qq, one.party_joined, one.is_volunteer, one.closed_at = "引'号\"\\", date(2024, 5, 1), True, now
    two.write_phone("")
    two.qq, one.email = "", "unsaved@example.cn"
    fields = {"phone_cipher", "phone_index", "qq", "party_joined", "is_volunteer", "closed_at"}
    updating.update([one, two], fields)
    read = Account.objects.get(pk=one.pk)
    assert (read.phone, read.qq, read.party_joined) == ("13700000001", "引'号\"\\", date(2024, 5, 1))
    assert (read.is_volunteer, read.closed_at, read.email) == (True, now, "")
    read = Account.objects.get(pk=two.pk)
    assert (read.phone, read.qq, read.party_joined, read.is_volunteer) == ("", "", None, None)


def test_many_rows_are_one_statement():
    rows = people(7)
    with CaptureQueriesContext(connection) as context:
        updating.update(rows, {"qq"})
    assert len(context) == 1


def test_nothing_to_write_is_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        updating.update([], {"qq"})
        updating.update([Account()], set())


def test_constraints_hold(country):
    one, two = (
        makers.make_post(each, country.class1, title)
        for each, title in zip(people(2), ("书记", "副书记"), strict=True)
    )
    two.title = "书记"
    with pytest.raises(IntegrityError), transaction.atomic():
        updating.update([one, two], {"title"})
    assert Post.objects.get(pk=two.pk).title == "副书记"
