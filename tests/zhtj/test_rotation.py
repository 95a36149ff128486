"""A new key in front: old rows read, everything is written again, and then the old key may go."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import BinaryField
from django.utils import timezone

from accounts.models import Account
from members.documents import scans
from members.models import Application, ImportBatch, ImportRow, Matching, Merger, RowVerdict, Scan
from members.roster import batch as batches
from members.roster import plan
from members.roster.check import Candidate, Finding
from members.rules import Person
from orgs.models import Petition
from regcodes.models import RegistrationCode
from tests import makers
from transfers.models import Admission, Letter, PeopleList, Stored, Transfer
from zhtj import rotation
from zhtj.lib import crypto

OLD, NEW = {"k1": b"1" * 32}, {"k2": b"2" * 32}


@pytest.fixture
def written(settings, country):
    """One row of everything that is encrypted, with the old key."""
    settings.FIELD_KEYS = OLD
    account = makers.make_account(phone="13912345678")
    code = RegistrationCode(
        organization=country.class1, seat_number=1, issued_at=timezone.now(), expires_at=timezone.now()
    )
    code.write_code("A7kQ2mXz")
    code.save()
    petition = Petition(
        kind="info", organization=country.class1, turn_organization=country.college, opened_at=timezone.now()
    )
    petition.turn_since, petition.payload = timezone.now(), {"phone": "13912345678"}
    petition.save()
    application = Application(branch=country.class1, receipt="1", id_index=b"1", submitted_at=timezone.now())
    application.payload = {"name": "张三"}
    application.save()
    matching = Matching(account=account, organization=country.class1, source="粘贴")
    matching.lines = [[1, "张三", "", ""]]
    matching.save()
    people = PeopleList(account=account, organization=country.class1, purpose="send", source="粘贴")
    people.payload = {"lines": []}
    people.save()
    letter(account, country)
    admission = Admission(organization=country.college, source="粘贴", kept_at=timezone.now())
    admission.lines = [[1, "张三", "", ""]]
    admission.save()
    stored = Stored(account=account, province=country.corps, branch=country.class1, joined=timezone.now())
    stored.transfer, stored.since, stored.unit = Transfer.objects.get(), timezone.now(), {"接收单位": "某部"}
    stored.save()
    merger = Merger(kept=account, absorbed=makers.make_account(), merged_at=timezone.now())
    merger.payload = {"phone": "13912345678"}
    merger.save()
    scan = Scan.objects.create(account=account, size=3, uploaded_at=timezone.now(), uploaded_by_name="张三")
    scans.store(scan, ContentFile(b"pdf"))
    batch = batches.create(country.class1, "a.xlsx", b"raw", actor=makers.SYSTEM)
    plan.store(batch, [(Finding(Candidate(3, Person(name="张三")), RowVerdict.NEW), ["张三"])])
    trace = crypto.encrypt("{}", field="import_trace", bound=f"{batch.pk}/3".encode())
    ImportRow.objects.update(trace_cipher=trace)
    return account.pk, account.id_number


def letter(account, country):
    """A letter with its code."""
    now = timezone.now()
    case = Transfer.objects.create(
        account=account,
        source=country.class1,
        target=country.workshop,
        landing="branch",
        starter="outgoing",
        reason="其他",
        state="in",
        since=now,
        opened_at=now,
    )
    made = Letter(register=country.college, number=1, issuer=country.college, transfer=case, state="issued")
    made.issued_at, made.issued_on, made.valid_until = now, now.date(), now.date()
    made.write_code("ABCD2345")
    made.save()


def test_after_the_rotation_the_old_key_is_not_needed(settings, written, capsys):
    pk, number = written
    settings.FIELD_KEYS = NEW | OLD
    assert Account.objects.get(pk=pk).id_number == number
    call_command("reencrypt")
    assert "全部密文都已用现在的密钥加密" in capsys.readouterr().out
    settings.FIELD_KEYS = NEW
    account = Account.objects.get(pk=pk)
    assert (account.id_number, account.phone) == (number, "13912345678")
    assert RegistrationCode.objects.get().code == "A7kQ2mXz"
    assert Petition.objects.get().payload == {"phone": "13912345678"}
    assert Application.objects.get().payload == {"name": "张三"}
    assert Matching.objects.get().lines == [[1, "张三", "", ""]]
    assert Merger.objects.get().payload == {"phone": "13912345678"}
    assert Letter.objects.get().code == "ABCD2345"
    assert Admission.objects.get().lines == [[1, "张三", "", ""]]
    assert Stored.objects.get().unit == {"接收单位": "某部"}
    assert batches.file_of(ImportBatch.objects.get()) == b"raw"
    assert plan.shown(ImportBatch.objects.get(), ImportRow.objects.get()).texts == ["张三"]


def test_what_is_done_is_not_done_again(settings, written):
    settings.FIELD_KEYS = NEW | OLD
    assert all(count for _, count in rotation.reencrypt())
    assert [count for _, count in rotation.reencrypt()] == [0] * len(rotation.SECRETS)


def test_every_encrypted_column_is_on_the_list():
    found = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, BinaryField) and field.name.endswith("_cipher")
    }
    assert found == {(secret.model, secret.column) for secret in rotation.SECRETS}
