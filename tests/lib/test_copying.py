"""COPY writes what saving would have written."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Account
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry
from zhtj.lib import copying


def build(name: str) -> Account:
    return Account.build(number=makers.number_of(), name=name, phone="13800000001", is_volunteer=True)


@pytest.mark.parametrize("name", ["张三", "制\t表", "换\n行", "反\\斜", "\\N", "引'号\"", "🀄"])
def test_what_is_copied_reads_back(db, name):
    written = copying.insert([build(name), build("李四")])[0]
    read = Account.objects.get(pk=written.pk)
    assert (read.name, read.id_number, read.phone, read.birth_date) == (
        name,
        written.id_number,
        "13800000001",
        written.birth_date,
    )
    assert (read.is_volunteer, read.email, read.closed_at) == (True, "", None)
    assert read.created_at is not None


def test_json_and_triggers_work_as_always(db, country):
    copying.insert(
        [entry("tests.copied", actor=makers.SYSTEM, organization=country.class1, detail={"原因": "a\\b\tc"})]
    )
    assert AuditEntry.objects.get(verb="tests.copied").detail == {"原因": "a\\b\tc"}


def test_a_constraint_refuses_the_whole_piece(db):
    one = build("张三")
    with pytest.raises(IntegrityError), transaction.atomic():
        copying.insert([one, Account.build(number=one.id_number, name="张三")])
    assert not Account.objects.filter(name="张三").exists()


def test_nothing_is_nothing(db):
    assert copying.insert([]) == []
