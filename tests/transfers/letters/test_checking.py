"""The public page: valid, used, expired, void, and otherwise nothing; of people nothing at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from transfers.enums import Act
from transfers.letters import checking, codes, issuing

FORM = "/letters/"
UNKNOWN = "查不到这封介绍信"


def scanned(client, code: str):
    """What the QR code opens."""
    return client.get(reverse("check:show", args=[code]))


def typed(client, code: str):
    return client.post(FORM, {"code": code})


@pytest.fixture
def case(sent):
    return sent("欧阳小明")


@pytest.fixture(params=["valid", "received", "returned", "expired", "void", "replaced"])
def letter(request, sent, issue, do, seats, country):
    """A letter in each standing, with the word everybody may read."""
    target = country.company if request.param == "received" else country.workshop
    case = sent("欧阳小明", target=target)
    late = timezone.now() - timedelta(days=91) if request.param == "expired" else None
    letter = issue(case, now=late)
    if request.param in ("received", "returned"):
        do(case, Act.AGREE_IN)
    if request.param == "void":
        issuing.void(letter, "写错", actor=seats.college_admin)
    if request.param == "replaced":
        issuing.reissue(letter, "遗失", actor=seats.college_admin)
    words = {"valid": "有效", "received": "已使用", "returned": "已使用", "expired": "已过期"}
    return letter, words.get(request.param, "已作废")


@pytest.mark.parametrize("ask", [scanned, typed])
def test_it_answers_the_state_and_both_organisations(client, letter, country, ask):
    letter, word = letter
    page = ask(client, letter.code)
    text = page.content.decode()
    assert page.status_code == 200
    assert f">{word}</span>" in text
    assert country.college.full_name in text
    assert country.company.full_name in text


@pytest.mark.parametrize("ask", [scanned, typed])
def test_it_gives_away_nothing_of_the_person(client, letter, ask):
    letter, _ = letter
    text = ask(client, letter.code).content.decode()
    account = letter.transfer.account
    for secret in (
        letter.name,
        account.masked_id,
        account.id_number[-4:],
        letter.source_name,
        "装配车间",
        f"{letter.number:06d}",
        letter.code,
        "欧阳",
        f"{letter.issued_on}",
    ):
        assert secret not in text


@pytest.mark.parametrize(
    "forged",
    ["A" * 20, "000001", "1", "%00", "'--", "第 000001 号", "x" * 3000, "🎓", "AAAA BBBB", "<script>"],
)
@pytest.mark.parametrize("ask", [scanned, typed])
def test_forged_codes_get_one_calm_answer(client, case, issue, forged, ask):
    issue(case)
    page = ask(client, forged)
    if ask is typed and len(forged) > 60:
        assert page.status_code == 422
        return
    assert page.status_code == 200
    assert UNKNOWN in page.content.decode()


def test_a_code_one_symbol_off_finds_nothing(client, case, issue):
    code = issue(case).code
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    assert UNKNOWN in scanned(client, wrong).content.decode()


def test_number_and_id_of_a_letter_open_nothing(client, case, issue):
    letter = issue(case)
    for guess in (letter.pk, letter.number, f"{letter.number:06d}"):
        assert UNKNOWN in scanned(client, str(guess)).content.decode()


def test_codes_are_read_in_any_case_and_with_blanks(client, case, issue):
    code = issue(case).code
    groups = " ".join(code[at : at + 4] for at in range(0, 20, 4)).lower()
    assert ">有效</span>" in typed(client, groups).content.decode()


def test_known_and_unknown_codes_cost_the_same_queries(client, case, issue, django_assert_num_queries):
    code = issue(case).code
    scanned(client, code)
    for each in (code, codes.draw()):
        with django_assert_num_queries(2):  # the limit, the letter
            scanned(client, each)


def test_an_address_that_asks_too_much_waits(client, case, issue):
    code = issue(case).code
    for _ in range(checking.LOOKS.failures):
        assert scanned(client, codes.draw()).status_code == 200
    page = scanned(client, code)
    assert page.status_code == 429
    assert "查询太频繁" in page.content.decode()
    assert "有效</span>" not in page.content.decode()


def test_the_code_is_stored_encrypted_and_keyed(case, issue):
    letter = issue(case)
    assert letter.code.encode() not in bytes(letter.code_cipher) + bytes(letter.code_index)


def test_neither_searchers_nor_other_sites_learn_of_it(client, case, issue):
    page = scanned(client, issue(case).code)
    assert (page["X-Robots-Tag"], page["Referrer-Policy"], page["Cache-Control"]) == (
        "noindex",
        "no-referrer",
        "no-store",
    )
    assert "sessionid" not in page.cookies
