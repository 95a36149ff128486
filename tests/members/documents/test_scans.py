"""The PDF of a 入团志愿书: who uploads, who approves, how it lies, who reads it, when it goes."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Notice
from members.documents import scans, uploading
from members.models import Scan, ScanPiece
from orgs import petitions
from orgs.scope import scope_of
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db
RAW = b"%PDF-1.7\n" + bytes(range(256)) * 600 + b"\n%%EOF\n"


def file(raw=RAW):
    return ContentFile(raw, "入团志愿书.pdf")


def refusal(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict.cause


@pytest.fixture
def college(cast):
    return scope_of(cast.college_admin)


@pytest.fixture
def uploaded(cast):
    """The person's own upload, waiting for the college."""
    return uploading.upload(cast.classmate, file(), actor=scope_of(cast.classmate.account))


def content(scan, actor):
    return b"".join(scans.read(scan, actor=actor))


def test_the_person_uploads_and_the_direct_superior_approves(cast, country, college, uploaded):
    assert uploaded.approved_at is None
    assert uploaded.petition.turn_organization == country.college
    petitions.approve(uploaded.petition, actor=college)
    assert Scan.objects.get().approved_at is not None
    assert Notice.objects.get(account=cast.classmate.account).text == "欧阳小明的入团志愿书扫描件已通过。"


def test_the_superiors_own_upload_is_valid_at_once(cast, college):
    assert uploading.upload(cast.classmate, file(), actor=college).approved_at is not None


def test_the_branch_may_upload_others_may_not(cast):
    assert uploading.upload(cast.classmate, file(), actor=scope_of(cast.class1_admin)).petition
    for who in (cast.member.account, cast.university_admin):
        assert refusal(lambda who=who: uploading.upload(cast.worker, file(), actor=scope_of(who)))


def test_it_lies_encrypted_in_pieces_and_reads_back(cast, college, uploaded):
    pieces = list(ScanPiece.objects.order_by("number"))
    assert [each.number for each in pieces] == [0, 1, 2]
    assert not any(b"%PDF" in bytes(each.content_cipher) for each in pieces)
    assert content(uploaded, college) == RAW
    row = AuditEntry.objects.get(verb="members.scan_read")
    assert (row.account_id, row.actor_name) == (cast.classmate.account_id, "易学园")


def test_exchanged_pieces_do_not_open(cast, college, uploaded):
    first, second, _ = ScanPiece.objects.order_by("number")
    ScanPiece.objects.filter(pk=second.pk).update(content_cipher=first.content_cipher)
    with pytest.raises(scans.crypto.Undecipherable):
        content(uploaded, college)


@pytest.mark.parametrize(
    ("raw", "cause"),
    [(b"", "empty"), (b"MZ..", "no_pdf"), (b"%PDF-1.7 /Launch %%EOF", "active"), (b"%PDF-1.7", "cut_off")],
)
def test_nothing_of_a_refused_file_is_kept(cast, college, raw, cause):
    assert refusal(lambda: uploading.upload(cast.classmate, file(raw), actor=college)) == cause
    assert not Scan.objects.exists()


def test_a_large_file_is_refused(cast, college, settings):
    settings.SCAN_BYTES = 1000
    assert refusal(lambda: uploading.upload(cast.classmate, file(), actor=college)) == "large"


def test_too_many_in_an_hour_are_refused(cast, college, settings):
    settings.UPLOADS_PER_HOUR = 1
    uploading.upload(cast.classmate, file(), actor=college)
    assert refusal(lambda: uploading.upload(cast.member, file(), actor=college)) == "too_many"


def test_a_second_upload_waits_for_the_first(cast, uploaded):
    actor = scope_of(cast.classmate.account)
    assert refusal(lambda: uploading.upload(cast.classmate, file(), actor=actor)) == "pending"
    assert Scan.objects.count() == 1


def test_an_approved_one_replaces_the_one_before(cast, college):
    old = uploading.upload(cast.classmate, file(), actor=college)
    new = uploading.upload(cast.classmate, file(b"%PDF-1.4 neu %%EOF"), actor=college)
    assert list(Scan.objects.values_list("pk", flat=True)) == [new.pk]
    assert not ScanPiece.objects.filter(scan=old.pk).exists()


def test_one_sent_back_goes_with_the_next_upload(cast, college, uploaded):
    petitions.send_back(uploaded.petition, actor=college, remark="看不清")
    assert Notice.objects.get(account=cast.classmate.account).text == (
        "欧阳小明的入团志愿书扫描件已退回，原因：看不清。"
    )
    again = uploading.upload(cast.classmate, file(), actor=scope_of(cast.classmate.account))
    assert list(Scan.objects.values_list("pk", flat=True)) == [again.pk]


def test_one_given_up_is_swept_after_thirty_days(cast, college, uploaded):
    petitions.send_back(uploaded.petition, actor=college, remark="看不清")
    assert scans.sweep(timezone.now() + timedelta(days=29)) == 0
    assert scans.sweep(timezone.now() + timedelta(days=31)) == 1
    assert not ScanPiece.objects.exists()


def test_what_waits_or_holds_is_never_swept(cast, college, uploaded):
    uploading.upload(cast.member, file(), actor=college)
    assert scans.sweep(timezone.now() + timedelta(days=400)) == 0


def test_the_superior_deletes_and_the_person_is_told(cast, college):
    scan = uploading.upload(cast.classmate, file(), actor=college)
    assert refusal(lambda: scans.delete(scan, cast.classmate, actor=scope_of(cast.class1_admin)))
    scans.delete(scan, cast.classmate, actor=college)
    assert not Scan.objects.exists()
    assert Notice.objects.filter(account=cast.classmate.account, text__contains="已被删除").exists()


def test_nobody_approves_the_own_one(cast, country):
    person = makers.make_admin(country.college, "学院团干", title="副书记")
    member = makers.registry.enrol(
        person, country.class1, joined=cast.member.joined, number=None, act="entry", actor=makers.SYSTEM
    )
    scan = uploading.upload(member, file(), actor=scope_of(person))
    assert refusal(lambda: petitions.approve(scan.petition, actor=scope_of(person))) == "own"
