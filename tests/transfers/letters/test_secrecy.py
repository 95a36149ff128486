"""A letter to a 涉密 unit names it on the paper alone, and only until the province has decided (§6.2)."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.transfers.letters.test_pdf import text_of
from transfers.enums import Act
from transfers.letters import issuing, rules
from transfers.models import Letter
from zhtj.lib.verdict import Refused

UNIT = "某部队七四一"


def at(name, *args):
    return reverse(f"letters:{name}", args=args)


@pytest.fixture
def case(sent):
    return sent("从军人", target=None, outside="secret", outside_name=UNIT, reason="参军入伍或转入涉密单位")


@pytest.fixture
def letter(case, issue):
    return issue(case)


def test_the_check_says_outside_the_system(client, letter):
    text = client.get(reverse("check:show", args=[letter.code])).content.decode()
    assert (UNIT in text, "系统外单位" in text, "有效" in text) == (False, True, True)


@pytest.mark.parametrize("who", ["college_admin", "university_admin", "corps_admin"])
def test_no_list_and_no_page_names_it(sign_in, cast, letter, who):
    client = sign_in(getattr(cast, who))
    for address in (at("list"), at("detail", letter.pk)):
        assert UNIT not in client.get(address).content.decode()


def test_no_workbook_names_it(sign_in, cast, letter):
    raw = sign_in(cast.college_admin).post(at("excel")).content
    rows = list(load_workbook(io.BytesIO(raw)).active.values)
    assert (rows[1][5], UNIT in str(rows)) == ("系统外单位", False)


def test_nobody_finds_out_by_filtering(sign_in, cast, letter):
    client = sign_in(cast.college_admin)
    assert client.get(at("list"), {"addressee": UNIT}).context["rows"] == []


def test_the_issuer_and_the_bearer_print_it(sign_in, cast, letter):
    for account in (cast.college_admin, letter.transfer.account):
        raw = sign_in(account).post(at("pdf", letter.pk)).content
        assert f"{UNIT}：" in text_of(raw)[0]


@pytest.mark.parametrize("who", ["university_admin", "corps_admin", "centre_admin"])
def test_superiors_do_not_print_it(seats, letter, who):
    assert rules.may_print(getattr(seats, who), letter).cause == "not_issuer"


def test_once_the_province_has_decided_nobody_prints_or_issues(case, letter, do, seats):
    do(case, Act.AGREE_IN, by=seats.corps_admin)
    fresh = Letter.objects.select_related("transfer__account", "issuer").get()
    assert rules.may_print(seats.college_admin, fresh).cause == "secret"
    with pytest.raises(Refused, match="只有省级可见"):
        issuing.reissue(fresh, "遗失", actor=seats.college_admin)
    assert UNIT not in fresh.addressee_name + fresh.target_name


def test_a_refusal_does_not_name_it(case, seats, country):
    with pytest.raises(Refused) as refused:
        issuing.issue(case, addressee=country.corps, actor=seats.corps_admin)
    assert UNIT not in refused.value.verdict.message


def test_the_receipt_on_paper_does_not_name_it(sign_in, cast, case, letter, do, seats):
    do(case, Act.AGREE_IN, by=seats.corps_admin)
    client = sign_in(cast.college_admin)
    assert 'name="sender"' not in client.get(at("receipt", letter.pk)).content.decode()
    client.post(at("receipt", letter.pk), {"on": timezone.localdate(), "clerk": "赵经办"})
    assert Letter.objects.get().receipt_from == "系统外单位"
