"""团籍 that move together when their organisation ends, and imports that are given up."""

import pytest

from members import clearing
from members.models import Act, ImportBatch, ImportRow, Member, Membership
from tests import makers

pytestmark = pytest.mark.django_db


def test_only_those_named_move(cast, country):
    only = [cast.member.account_id]
    moved = clearing.move_all(country.class1, country.class2, act=Act.MERGING, actor=makers.SYSTEM, only=only)
    assert moved == only
    assert Member.objects.filter(branch=country.class1).count() == 2


def test_somebody_of_another_branch_is_not_moved(cast, country):
    only = [cast.worker.account_id]
    assert (
        clearing.move_all(country.class1, country.class2, act=Act.MERGING, actor=makers.SYSTEM, only=only)
        == []
    )
    cast.worker.refresh_from_db()
    assert cast.worker.branch == country.workshop


def test_number_and_joining_month_stay(cast, country):
    before = Member.objects.filter(pk=cast.member.pk).values("joined", "number").get()
    clearing.move_all(country.class1, country.class2, act=Act.MERGING, actor=makers.SYSTEM)
    assert Member.objects.filter(pk=cast.member.pk).values("joined", "number").get() == before


def test_everybody_has_one_open_stretch(cast, country):
    clearing.move_all(country.class1, country.class2, act=Act.MERGING, actor=makers.SYSTEM)
    assert Membership.objects.filter(ended_at=None).count() == Member.objects.count()


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_costs_the_same_statements(cast, country, count, django_assert_num_queries):
    for at in range(count):
        makers.make_member(country.freshmen, f"新生{'甲乙丙'[at]}")
    with django_assert_num_queries(5):
        clearing.move_all(country.freshmen, country.class2, act=Act.MERGING, actor=makers.SYSTEM)


def test_nothing_of_a_given_up_file_is_kept(cast, country):
    batch = ImportBatch.objects.create(
        organization=country.class1,
        state="planned",
        file_name="a.xls",
        file_size=1,
        file_index=b"1",
        file_cipher=b"secret",
    )
    ImportRow.objects.create(batch=batch, number=3, verdict="new", payload_cipher=b"secret")
    assert clearing.abandon_batches(country.class1, actor=makers.SYSTEM) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.file_cipher, batch.rows.count()) == ("abandoned", None, 0)
