"""Seals notice every change behind the product's back."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests import makers
from zhtj.audit import seal
from zhtj.audit.models import AuditEntry, AuditPending, AuditSeal
from zhtj.audit.record import record


def write(count: int) -> None:
    for _ in range(count):
        record("tests.act", actor=makers.SYSTEM)


def tamper(sql: str) -> None:
    """Change rows as somebody with the database's own rights could."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_append_only")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER audit_append_only")


def test_every_entry_waits_for_a_seal_and_gets_one(db):
    write(3)
    assert AuditPending.objects.count() == 3
    assert (seal.seal_all(), AuditPending.objects.count(), seal.seal_all()) == (3, 0, 0)
    assert AuditSeal.objects.get().entry_ids == sorted(AuditEntry.objects.values_list("pk", flat=True))


def test_an_untouched_record_verifies(db, capsys):
    write(2)
    seal.seal_all()
    write(1)
    assert list(seal.verify()) == []
    call_command("verify_audit")
    assert "1 条待封存" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        (
            "UPDATE audit_auditentry SET actor_name = 'x' WHERE id = (SELECT min(id) FROM audit_auditentry)",
            "被改动",
        ),
        ("DELETE FROM audit_auditentry WHERE id = (SELECT max(id) FROM audit_auditentry)", "缺少 1 条"),
        ("DELETE FROM audit_auditseal WHERE number = (SELECT min(number) FROM audit_auditseal)", "缺失"),
    ],
)
def test_a_change_behind_the_back_is_found(db, sql, what):
    for _ in range(2):
        write(2)
        seal.seal_all()
    tamper(sql)
    assert any(what in fault.what for fault in seal.verify())
    with pytest.raises(CommandError):
        call_command("verify_audit")
