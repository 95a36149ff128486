"""The sheet as a reader and a printer get it: words, pages, and ink where characters stand."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager

import pypdfium2
import pytest
from PIL import Image

from tests import makers
from transfers.enums import Act
from transfers.letters import codes, issuing, pdf, printing, typeface, wording
from transfers.models import Letter
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

BASE = "https://tuanjian.example.cn/letters/"


@contextmanager
def opened(raw: bytes):
    """The pages of a PDF, closed again in order."""
    with ExitStack() as stack:
        document = pypdfium2.PdfDocument(raw)
        stack.callback(document.close)
        pages = [document[at] for at in range(len(document))]
        for page in pages:
            stack.callback(page.close)
        yield pages


def text_of(raw: bytes) -> list[str]:
    """The words of each page, lines joined."""
    found = []
    with opened(raw) as pages:
        for page in pages:
            words = page.get_textpage()
            found.append("".join(words.get_text_bounded().split()))
            words.close()
    return found


def picture_of(raw: bytes, at: int = 0) -> Image.Image:
    """A page in grey, two pixels a point."""
    with opened(raw) as pages:
        return pages[at].render(scale=2).to_pil().convert("L")


def ink(picture: Image.Image) -> float:
    """The share of dark pixels."""
    return sum(picture.histogram()[:128]) / (picture.width * picture.height)


def set_of(letter: Letter) -> bytes:
    return pdf.write([wording.sheet(letter, base=BASE)])


@pytest.fixture
def letter(sent, issue):
    return issue(sent("古丽努尔·买买提江"))


def test_the_three_parts_stand_on_one_sheet(letter, country):
    (text,) = text_of(set_of(letter))
    for title in ("团组织关系介绍信（存根）", "团组织关系介绍信（回执）"):
        assert title in text
    assert text.count("古丽努尔·买买提江") == 3
    assert text.count("第000001号") == 7  # each part, and twice across each cut
    assert f"{country.company.full_name}：兹有" in text


def test_the_number_of_the_person_is_masked(letter):
    (text,) = text_of(set_of(letter))
    account = letter.transfer.account
    assert account.masked_id in text
    assert (account.id_number in text, f"{account.birth_date:%Y-%m-%d}" in text) == (False, False)


def test_the_tail_is_hidden_while_it_is_the_initial_password(sent, issue, seats, country):
    letter = issue(sent("张三", by=seats.class1_admin))
    letter.transfer.account.sign_in_state = "initial"
    (text,) = text_of(set_of(letter))
    assert letter.transfer.account.id_number[-4:] not in text.replace("第000001号", "")


def test_the_code_can_be_typed_from_the_paper(letter):
    (text,) = text_of(set_of(letter))
    assert letter.code in text
    assert "tuanjian.example.cn/letters/" in text


def test_the_qr_code_has_its_ink(letter):
    picture = picture_of(set_of(letter))
    scale = picture.width / pdf.WIDTH
    bottom = pdf.HEIGHT - pdf.LETTER[1] + 6
    box = (pdf.SIDE, pdf.HEIGHT - bottom - pdf.QR, pdf.SIDE + pdf.QR, pdf.HEIGHT - bottom)
    square = picture.crop(tuple(int(edge * scale) for edge in box))
    assert 0.3 < ink(square) < 0.6


def test_an_online_receipt_is_filled_in(sent, issue, do, country):
    case = sent()
    letter = issue(case)
    do(case, Act.AGREE_IN)
    (text,) = text_of(set_of(Letter.objects.select_related("transfer__account").get(pk=letter.pk)))
    assert "（网上接收，自动填写）" in text
    assert "经办人：齐公司" in text


def test_sixty_letters_are_sixty_pages(letter):
    sheet = wording.sheet(letter, base=BASE)
    raw = pdf.write([sheet] * 60)
    with opened(raw) as pages:
        assert len(pages) == 60
    assert len(raw) < 2_000_000


LONG = "新疆生产建设兵团石河子大学" * 9  # 117 characters


@pytest.mark.parametrize("length", [1, 4])
def test_long_names_wrap_and_nothing_is_lost(letter, length):
    name = LONG[:117] * length
    letter.source_name, letter.issuer_name = f"{name}甲", f"{name}乙"
    letter.target_name, letter.addressee_name = f"{name}丙", f"{name}丁"
    (text,) = text_of(set_of(letter))
    for each in (letter.source_name, letter.target_name, letter.addressee_name, letter.issuer_name):
        assert each in text


def test_long_names_stay_on_the_sheet(letter):
    """The margins stay white: nothing runs over the edge, and nothing is set on top of something else there."""
    letter.source_name = letter.issuer_name = letter.target_name = letter.addressee_name = LONG * 4
    picture = picture_of(set_of(letter))
    margin = int(8 * picture.width / pdf.WIDTH)
    for box in (
        (0, 0, margin, picture.height),
        (picture.width - margin, 0, picture.width, picture.height),
        (0, 0, picture.width, margin),
        (0, picture.height - margin, picture.width, picture.height),
    ):
        assert ink(picture.crop(box)) == 0


@pytest.mark.parametrize("name", ["䶮䶮", "㛃㮾", "龘堃", "𪟝𪟝", "买·提"])
def test_rare_characters_are_drawn_and_differ_from_the_empty_box(letter, name):
    """Each name leaves ink, and other ink than boxes in its place."""
    drawn, boxes = [], []
    for text, found in ((name, drawn), (typeface.MISSING * len(name), boxes)):
        letter.name = text
        picture = picture_of(set_of(letter))
        found.append(picture.crop((0, 0, picture.width, picture.height // 4)))
    assert ink(drawn[0]) > 0
    assert drawn[0].tobytes() != boxes[0].tobytes()
    assert typeface.printable(name) == name


def test_every_character_of_the_fixed_words_is_in_the_typeface(letter):
    sheet = wording.sheet(letter, base=BASE)
    words = [
        text for part in (sheet.stub, sheet.letter, sheet.receipt) for text in (part.title, *part.paragraphs)
    ]
    assert (
        typeface.missing("".join(words) + "骑缝扫码查验这封介绍信，或打开填写查验码“□”处请按身份证手写：、")
        == []
    )


def test_what_the_typeface_lacks_is_a_box_to_be_filled_in_by_hand(letter):
    letter.name = "𠮷野"
    (text,) = text_of(set_of(letter))
    assert "□野" in text
    assert "请按身份证手写：U+20BB7" in text


def test_markup_in_a_name_is_text(letter):
    letter.addressee_name = "<b>甲&乙</b>团委"
    (text,) = text_of(set_of(letter))
    assert "<b>甲&乙</b>团委：" in text


# -- giving out -------------------------------------------------------------------------------------


def test_every_letter_given_out_is_on_record(sent, issue, seats):
    letters = [issue(sent("甲")), issue(sent("乙"))]
    printing.document(letters, base=BASE, actor=seats.college_admin)
    rows = AuditEntry.objects.filter(verb="letters.printed").order_by("pk")
    assert [(each.account_id, each.detail["how"]) for each in rows] == [
        (each.transfer.account_id, "pdf") for each in letters
    ]


def test_a_void_one_is_not_printed(letter, seats):
    gone = issuing.void(letter, "写错", actor=seats.college_admin)
    with pytest.raises(Refused, match="已作废"):
        printing.document([gone], base=BASE, actor=seats.college_admin)
    assert not AuditEntry.objects.filter(verb="letters.printed").exists()


def test_codes_are_drawn_from_what_is_easily_read():
    drawn = {codes.draw() for _ in range(200)}
    assert len(drawn) == 200
    assert {len(each) for each in drawn} == {20}
    assert set("".join(drawn)) & set("01IO") == set()


def test_a_code_is_read_as_it_is_typed():
    code = codes.draw()
    groups = " ".join(code[at : at + 4] for at in range(0, 20, 4))
    assert [codes.tidy(each) for each in (groups, groups.lower(), groups.replace(" ", "-"))] == [code] * 3


def test_the_country_has_names_with_middle_dots(country):
    assert typeface.missing(makers.make_org(country.college, "阿·布班团支部").full_name) == []
