"""The audit record is complete and cannot be changed."""

import pytest
from django.db import InternalError, transaction
from django.db.utils import IntegrityError

from orgs.scope import scope_of
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import record


def test_a_row_says_who_for_whom_what_on_whom_and_from_where(cast, country):
    actor = scope_of(cast.college_admin, address="127.0.0.1")
    record(
        "members.seen", actor=actor, organization=country.class1, account=cast.member.account, detail={"n": 1}
    )
    row = AuditEntry.objects.latest("id")
    assert (row.verb, row.result, row.actor_id, row.actor_name) == (
        "members.seen",
        "done",
        cast.college_admin.pk,
        "易学园",
    )
    assert (row.seat_id, row.seat_name) == (country.college.pk, country.college.full_name)
    assert (row.organization_path, row.account_name) == (country.class1.path, "古丽努尔·买买提江")
    assert (row.address, row.act, row.detail) == ("127.0.0.1", actor.act, {"n": 1})


@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="x"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_or_remove_a_row(cast, change):
    with (
        pytest.raises((InternalError, IntegrityError), match="audit rows are never changed"),
        transaction.atomic(),
    ):
        change(AuditEntry.objects.all())
