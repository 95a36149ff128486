"""The pages of 团员档案."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from members.documents import keeping, uploading
from members.documents.rules import Kept
from members.models import Paper, PaperKind, Reissue, Scan
from orgs.models import Petition
from orgs.scope import scope_of

from .test_scans import RAW, file

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def checklist(**changed):
    papers = {f"{kind}-state": "present" for kind in PaperKind.values}
    return papers | {f"{kind}-holder": "学籍档案" for kind in PaperKind.values} | changed


def names(response):
    return [member.account.name for member, _ in response.context["rows"]]


def pdf(raw=RAW):
    return {"file": SimpleUploadedFile("志愿书.pdf", raw, "application/pdf")}


@pytest.fixture
def at_branch(sign_in, cast):
    """The class's administrator at the browser."""
    return sign_in(cast.class1_admin)


def test_a_checklist_is_saved_as_a_whole(at_branch, cast):
    response = at_branch.post(f"/documents/{cast.classmate.pk}/", checklist(), follow=True)
    assert "已保存欧阳小明的团员档案。" in response.content.decode()
    assert set(Paper.objects.values_list("state", "since")) == {("present", TODAY)}
    assert response.context["sheet"].there == 5


def test_faults_stand_in_their_line_and_nothing_is_saved(at_branch, cast):
    response = at_branch.post(f"/documents/{cast.classmate.pk}/", checklist(**{"card-holder": ""}))
    assert response.status_code == 422
    assert "材料在的，需要写明存放在哪里" in response.content.decode()
    assert not Paper.objects.exists()


def test_whoever_is_above_reads_only(sign_in, cast):
    client = sign_in(cast.university_admin)
    page = client.get(f"/documents/{cast.classmate.pk}/").content.decode()
    assert "保存档案" not in page
    assert client.post(f"/documents/{cast.classmate.pk}/", checklist()).status_code == 403
    assert not Paper.objects.exists()


def test_a_lost_card_is_on_the_list(at_branch, sign_in, cast):
    at_branch.post(f"/documents/{cast.classmate.pk}/", checklist(**{"card-state": "missing"}))
    page = sign_in(cast.college_admin).get("/documents/reissues/").content.decode()
    assert "欧阳小明" in page
    assert "补办名单由最上一级的团委汇总" in page


def test_the_university_gathers_exports_and_notes_the_day(at_branch, sign_in, cast):
    at_branch.post(f"/documents/{cast.classmate.pk}/", checklist(**{"card-state": "missing"}))
    client = sign_in(cast.university_admin)
    assert "汇总 1 人" in client.get("/documents/reissues/").content.decode()
    client.post("/documents/reissues/gather/")
    assert client.post("/documents/reissues/excel/", {"state": "gathered"}).status_code == 200
    wrong = client.post("/documents/reissues/finish/", {"on": "2999-01-01"})
    assert (wrong.status_code, "补办日期晚于今天" in wrong.content.decode()) == (422, True)
    response = client.post("/documents/reissues/finish/", {"on": f"{TODAY:%Y-%m-%d}"}, follow=True)
    assert "已登记补办 1 人的团员证" in response.content.decode()
    assert Reissue.objects.get().state == "done"


def test_the_list_finds_who_lacks_what(at_branch, cast):
    everything = dict.fromkeys(PaperKind.values, Kept("present", "学籍档案", TODAY))
    keeping.keep(cast.classmate, everything, actor=scope_of(cast.class1_admin))
    keeping.keep(cast.member, {"card": Kept("missing")}, actor=scope_of(cast.class1_admin))

    def found(**asked):
        return sorted(names(at_branch.get("/documents/", asked)))

    assert found(condition="complete") == ["欧阳小明"]
    assert found(condition="lacking") == ["古丽努尔·买买提江", "班一丽"]
    assert found(condition="missing", kind="card") == ["古丽努尔·买买提江"]
    assert found(condition="missing", kind="admission") == []
    assert found(condition="unknown", kind="card") == ["班一丽"]
    assert found(scanned="yes") == []
    assert found(name="欧阳") == ["欧阳小明"]


def test_many_are_marked(at_branch, cast):
    people = [cast.classmate.account_id, cast.member.account_id]
    sent = {"account": people, "kinds": ["card", "admission"], "state": "present", "holder": "邮寄"}
    response = at_branch.post("/documents/mark/", sent, follow=True)
    assert "已标记 2 人的团员证、入团志愿书。" in response.content.decode()
    assert Paper.objects.count() == 4


def test_marking_without_a_paper_says_so(at_branch, cast):
    response = at_branch.post("/documents/mark/", {"account": cast.classmate.account_id})
    assert response.status_code == 422
    page = response.content.decode()
    assert "请勾选材料。" in page
    assert f'value="{cast.classmate.account_id}" checked' in page


def test_marking_only_oneself_says_who_does_and_keeps_what_was_chosen(at_branch, cast):
    sent = {"account": cast.class1_admin.pk, "kinds": "card", "state": "missing"}
    response = at_branch.post("/documents/mark/", sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert ("自己的由另一名管理员" in page, f'value="{cast.class1_admin.pk}" checked' in page) == (True, True)


def test_whoever_was_left_out_is_named(at_branch, cast):
    sent = {"account": [cast.class1_admin.pk, cast.member.account_id], "kinds": "card", "state": "missing"}
    page = at_branch.post("/documents/mark/", sent, follow=True).content.decode()
    assert f"{cast.class1_admin.name} 1 人没有标记" in page


def test_a_wrong_checklist_has_a_summary_that_leads_to_its_field(at_branch, cast):
    page = at_branch.post(f"/documents/{cast.member.pk}/", {"card-state": "present"}).content.decode()
    assert '<a href="#id_card-holder">团员证：存放' in page


def test_what_is_wrong_with_a_scan_stands_beside_it(at_branch, cast):
    response = at_branch.post(f"/documents/{cast.member.pk}/scan/", {})
    assert (response.status_code, response.content.decode().count("请选择 PDF 文件。")) == (422, 2)


def test_after_marking_the_list_is_where_it_was(at_branch, cast):
    sent = {"account": cast.classmate.account_id, "kinds": "card", "state": "missing"}
    response = at_branch.post("/documents/mark/?kind=card&condition=lacking", sent)
    assert response["Location"] == "/documents/?kind=card&condition=lacking"


def test_the_workbook_is_an_attachment(at_branch, cast):
    assert at_branch.post("/documents/excel/")["Content-Disposition"].startswith("attachment")


def test_a_certificate_is_kept(at_branch, cast):
    sent = {
        "joined_year": "2020",
        "joined_month": "5",
        "place": "石河子一中",
        "introducers": "张三、李四",
        "number": "202065000001",
        "issuer": "石河子一中团委",
        "issued_on": f"{TODAY:%Y-%m-%d}",
    }
    kept = at_branch.post(f"/documents/{cast.classmate.pk}/certificate/", sent, follow=True)
    assert kept.context["sheet"].certificate.issuer == "石河子一中团委"
    wrong = at_branch.post(f"/documents/{cast.classmate.pk}/certificate/", sent | {"number": ""})
    assert list(wrong.context["form"].errors) == ["number"]


def test_the_person_sees_the_own_papers_and_uploads(sign_in, cast):
    client = sign_in(cast.classmate.account)
    assert "入团积极分子考察登记表" in client.get("/documents/mine/").content.decode()
    response = client.post("/documents/mine/scan/", pdf(), follow=True)
    assert "等团支部的直接上级审批" in response.content.decode()
    assert Petition.objects.pending().get(kind="scan").account == cast.classmate.account


def test_what_is_no_pdf_is_told_under_the_field(sign_in, cast):
    response = sign_in(cast.classmate.account).post("/documents/mine/scan/", pdf(b"GIF89a"))
    assert response.status_code == 422
    assert "这个文件不是 PDF" in response.content.decode()


def test_the_approver_finds_the_file_on_the_case_page(sign_in, cast):
    scan = uploading.upload(cast.classmate, file(), actor=scope_of(cast.classmate.account))
    page = sign_in(cast.college_admin).get(f"/petitions/{scan.petition_id}/").content.decode()
    assert f"/documents/scans/{scan.pk}/" in page


def test_a_download_is_closed_in_every_way(sign_in, cast):
    scan = uploading.upload(cast.classmate, file(), actor=scope_of(cast.college_admin))
    response = sign_in(cast.classmate.account).post(f"/documents/scans/{scan.pk}/")
    assert b"".join(response.streaming_content) == RAW
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"


def test_it_is_deleted_from_the_page(sign_in, cast):
    scan = uploading.upload(cast.classmate, file(), actor=scope_of(cast.college_admin))
    response = sign_in(cast.college_admin).post(f"/documents/scans/{scan.pk}/delete/", follow=True)
    assert "已删除欧阳小明的入团志愿书扫描件" in response.content.decode()
    assert not Scan.objects.exists()
