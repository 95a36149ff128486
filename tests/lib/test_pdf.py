"""A PDF is known by its bytes; what would do something when opened is refused, however its name is written."""

import pytest

from zhtj.lib import pdf

PLAIN = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (PLAIN, ""),
        (b"", "cut_off"),
        (b"<html>%PDF-1.7 %%EOF", "no_pdf"),
        (b"PK\x03\x04%%EOF", "no_pdf"),
        (b"%PDF-1.7\n1 0 obj", "cut_off"),
        (b"%PDF-1.7 %%EOF" + b"\0" * 3000, "cut_off"),
        (PLAIN.replace(b"/Catalog", b"/JavaScript"), "active"),
        (PLAIN.replace(b"/Catalog", b"/J#61vaScript"), "active"),
        (PLAIN.replace(b"/Catalog", b"/#4Caunch"), "active"),
        (PLAIN.replace(b"/Catalog", b"/EmbeddedFiles"), "active"),
        (PLAIN.replace(b"/Catalog", b"/Encrypt 5 0 R"), "locked"),
        (PLAIN.replace(b"/Catalog", b"/JSomething"), ""),
    ],
)
def test_what_is_taken(raw, cause):
    assert pdf.problem([raw] if raw else []).cause == cause


@pytest.mark.parametrize("at", range(20, 60))
def test_a_name_cut_between_two_pieces_is_found(at):
    raw = PLAIN.replace(b"/Catalog", b"/JavaScript")
    assert pdf.problem([raw[:at], raw[at:]]).cause == "active"


def test_the_end_may_be_cut_too():
    assert pdf.problem([PLAIN[:-4], PLAIN[-4:]])
