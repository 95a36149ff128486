"""The pages of letters as each of the cast meets them."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from transfers.enums import Act
from transfers.letters import issuing
from transfers.models import Letter, LetterRange, Standing
from zhtj.audit.models import AuditEntry

OUTSIDE = {"target": None, "outside": "beijing", "outside_name": "某大学团委"}


def at(name, *args):
    return reverse(f"letters:{name}", args=args)


@pytest.fixture
def college(sign_in, cast):
    """The college's administrator at the browser."""
    return sign_in(cast.college_admin)


def test_a_letter_is_issued_from_the_case(college, sent, country):
    case = sent("张三")
    page = college.get(at("issue", case.pk)).content.decode()
    assert country.company.full_name in page
    college.post(at("issue", case.pk), {"addressee": country.company.pk})
    assert Letter.objects.get().number == 1


@pytest.mark.parametrize("asked", ["workshop", "zibo"])
def test_a_changed_addressee_is_refused(college, sent, country, asked):
    case = sent()
    page = college.post(at("issue", case.pk), {"addressee": getattr(country, asked).pk})
    assert page.status_code == 403
    assert "只能开给" in page.content.decode()


def test_the_incoming_side_is_told_who_issues(sign_in, cast, sent):
    page = sign_in(cast.company_admin).get(at("issue", sent().pk))
    assert page.status_code == 403
    assert "介绍信由" in page.content.decode()


def test_the_register_lists_and_filters(college, sent, issue, seats):
    old = issue(sent("甲同学"), now=timezone.now() - timedelta(days=100))
    issue(sent("乙同学"))
    issue(sent("丙同学", **OUTSIDE))
    issuing.void(Letter.objects.get(number=2), "写错", actor=seats.college_admin)
    year = timezone.localdate().year
    shown = {
        "": {"甲同学", "乙同学", "丙同学"},
        "state=expired": {"甲同学"},
        "state=void": {"乙同学"},
        "state=issued": {"丙同学"},
        "state=returned": set(),
        "number=3": {"丙同学"},
        "number=abc": {"甲同学", "乙同学", "丙同学"},
        "addressee=某大学": {"丙同学"},
        f"year={year}": {each.name for each in Letter.objects.filter(issued_on__year=year)},
        f"year={old.issued_on.year}&state=expired": {"甲同学"},
    }
    for query, names in shown.items():
        page = college.get(f"{at('list')}?{query}").content.decode()
        assert (query, {name for name in ("甲同学", "乙同学", "丙同学") if name in page}) == (query, names)


def test_the_register_goes_on_by_key(college, sent, seats):
    issuing.issue_many([sent(f"同学{chr(0x4E00 + each)}") for each in range(21)], actor=seats.college_admin)
    first = college.get(at("list"))
    assert [row.letter.number for row in first.context["rows"]] == list(range(21, 1, -1))
    second = college.get(at("list"), {"after": first.context["page"].next})
    assert [row.letter.number for row in second.context["rows"]] == [1]


def test_the_register_is_exported_and_that_is_on_record(college, sent, issue):
    letter = issue(sent("张三"))
    raw = college.post(at("excel"), {"state": "issued"}).content
    rows = list(load_workbook(io.BytesIO(raw)).active.values)
    assert rows[1][:4] == ("000001", "已开具", letter.issuer_name, "张三")
    assert AuditEntry.objects.filter(verb="letters.exported").count() == 1


def test_void_asks_for_the_reason(college, sent, issue):
    letter = issue(sent())
    assert college.post(at("void", letter.pk), {"reason": " "}).status_code == 422
    college.post(at("void", letter.pk), {"reason": "写错单位"})
    letter.refresh_from_db()
    assert (letter.state, letter.void_reason) == (Standing.VOID, "写错单位")


def test_issued_again_the_page_leads_from_one_to_the_other(college, sent, issue):
    old = issue(sent())
    college.post(at("reissue", old.pk), {"reason": "遗失"})
    new = Letter.objects.get(number=2)
    assert at("detail", new.pk) in college.get(at("detail", old.pk)).content.decode()
    assert at("detail", old.pk) in college.get(at("detail", new.pk)).content.decode()


def test_the_receipt_on_paper(college, sent, issue):
    letter = issue(sent(**OUTSIDE))
    data = {"on": timezone.localdate() + timedelta(days=2), "sender": "某大学团委", "clerk": "赵经办"}
    wrong = college.post(at("receipt", letter.pk), data)
    assert (wrong.status_code, "晚于今天" in wrong.content.decode()) == (422, True)
    college.post(at("receipt", letter.pk), data | {"on": timezone.localdate()})
    letter.refresh_from_db()
    assert (letter.state, letter.receipt_clerk) == (Standing.RETURNED, "赵经办")


def test_the_pdf_is_a_download_on_record(college, sent, issue):
    letter = issue(sent())
    page = college.post(at("pdf", letter.pk))
    assert (page["Content-Type"], page.content[:5]) == ("application/pdf", b"%PDF-")
    assert (
        AuditEntry.objects.filter(verb="letters.printed", account_id=letter.transfer.account_id).count() == 1
    )


def test_the_page_to_print_has_the_three_parts_and_is_on_record(college, sent, issue):
    letter = issue(sent("张三"))
    page = college.get(at("sheet", letter.pk)).content.decode()
    assert page.count("张三") >= 3
    assert page.count("骑缝 第 000001 号") == 4
    assert AuditEntry.objects.filter(verb="letters.printed", detail__how="page").count() == 1


def test_the_person_sees_and_downloads_the_own_letter_alone(sign_in, sent, issue, cast):
    own, other = issue(sent("甲")), issue(sent("乙"))
    client = sign_in(own.transfer.account)
    page = client.get(at("detail", own.pk)).content.decode()
    assert at("pdf", own.pk) in page
    assert (at("void", own.pk) in page, at("reissue", own.pk) in page) == (False, False)
    assert client.post(at("pdf", own.pk)).status_code == 200
    assert client.post(at("pdf", other.pk)).status_code == 404
    assert client.get(at("list")).status_code == 404
    assert client.post(at("void", own.pk), {"reason": "不要"}).status_code == 403


@pytest.mark.parametrize("who", ["class2_admin", "company_admin", "workshop_admin", "zibo_admin", "stranger"])
@pytest.mark.parametrize("name", ["detail", "sheet", "void", "reissue", "receipt"])
def test_others_find_no_letter(sign_in, cast, sent, issue, who, name):
    letter = issue(sent())
    assert sign_in(getattr(cast, who)).get(at(name, letter.pk)).status_code == 404


@pytest.mark.parametrize(
    ("who", "opens", "issues"),
    [
        ("college_admin", True, False),
        ("university_admin", True, False),
        ("class1_admin", False, False),
        ("company_admin", False, False),
    ],
)
def test_the_case_page_shows_the_letter_to_both_sides(sign_in, cast, sent, issue, who, opens, issues):
    case = sent()
    letter = issue(case)
    page = sign_in(getattr(cast, who)).get(reverse("transfers:detail", args=[case.pk])).content.decode()
    assert letter.shown_number in page
    assert (at("detail", letter.pk) in page, at("issue", case.pk) in page) == (opens, issues)


def test_the_case_page_offers_the_letter_to_the_issuer(sign_in, cast, sent):
    case = sent()
    address = reverse("transfers:detail", args=[case.pk])
    assert at("issue", case.pk) in sign_in(cast.college_admin).get(address).content.decode()
    assert at("issue", case.pk) not in sign_in(cast.company_admin).get(address).content.decode()


# -- many -------------------------------------------------------------------------------------------


@pytest.fixture
def batch(sent, country):
    """Three cases of one act: two go to the workshop, one to the class next door."""
    key = "6f1d2c1e-0000-4000-8000-000000000001"
    cases = [sent("甲"), sent("乙"), sent("丙", target=country.class2)]
    type(cases[0]).objects.filter(pk__in=[each.pk for each in cases]).update(batch=key)
    return key


def test_all_of_one_act_are_issued_and_printed_together(college, batch):
    page = college.get(at("batch", batch)).content.decode()
    assert "还有 2 人可以开具介绍信" in page
    assert "不用介绍信" in page
    college.post(at("batch_issue", batch))
    assert sorted(Letter.objects.values_list("name", flat=True)) == ["乙", "甲"]
    raw = college.post(at("batch_pdf", batch)).content
    assert raw.count(b"/Type /Page\n") == 2
    assert AuditEntry.objects.filter(verb="letters.printed").count() == 2


def test_printing_none_says_so(college, batch):
    page = college.post(at("batch_pdf", batch))
    assert (page.status_code, "请先开具" in page.content.decode()) == (403, True)


def test_a_batch_of_others_does_not_exist(sign_in, cast, batch):
    assert sign_in(cast.stranger).get(at("batch", batch)).status_code == 404


# -- ranges -----------------------------------------------------------------------------------------


def test_a_university_gives_numbers_and_takes_them_back(sign_in, cast, country):
    client = sign_in(cast.university_admin)
    client.post(at("ranges"), {"holder": country.college.pk, "first": 1001, "last": 2000})
    given = LetterRange.objects.get()
    assert "001001–002000" in client.get(at("ranges")).content.decode()
    client.post(at("take_back", given.pk))
    assert LetterRange.objects.get().left == 0


def test_an_overlap_is_said_at_the_field(sign_in, cast, country):
    client = sign_in(cast.university_admin)
    data = {"holder": country.college.pk, "first": 1, "last": 9}
    client.post(at("ranges"), data)
    page = client.post(at("ranges"), data | {"first": 9, "last": 12})
    assert (page.status_code, "已分给下级" in page.content.decode()) == (422, True)


def test_the_college_reads_which_numbers_it_has(sign_in, cast, country):
    data = {"holder": country.college.pk, "first": 1, "last": 9}
    sign_in(cast.university_admin).post(at("ranges"), data)
    page = sign_in(cast.college_admin).get(at("ranges")).content.decode()
    assert f"“{country.university.full_name}”的 000001–000009 号，还有 9 个" in page


def test_a_branch_has_no_numbers(sign_in, cast):
    assert sign_in(cast.class1_admin).get(at("ranges")).status_code == 403


def test_ranges_of_others_do_not_exist(sign_in, cast, country):
    sign_in(cast.university_admin).post(at("ranges"), {"holder": country.college.pk, "first": 1, "last": 9})
    given = LetterRange.objects.get()
    assert sign_in(cast.college_admin).post(at("take_back", given.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_costs_as_many_queries_for_three_as_for_one(
    college, sent, issue, django_assert_num_queries, rows
):
    for each in "甲乙丙"[:rows]:
        issue(sent(each))
    college.get(at("list"))
    with django_assert_num_queries(7):
        college.get(at("list"))


def test_an_answered_letter_offers_nothing_more(college, sent, issue, do):
    case = sent()
    letter = issue(case)
    do(case, Act.AGREE_IN)
    page = college.get(at("detail", letter.pk)).content.decode()
    for name in ("void", "reissue", "receipt"):
        assert at(name, letter.pk) not in page


def test_whoever_withdraws_is_told_that_the_letter_is_void(sign_in, sent, issue, cast):
    case = sent()
    issue(case)
    seen = {"seen": case.steps.count()}
    answer = sign_in(cast.class1_admin).post(f"/transfers/{case.pk}/withdraw/", seen, follow=True)
    assert "已撤回，团籍没有变动，已开具的介绍信作废，需要时可以重新发起。" in answer.content.decode()
