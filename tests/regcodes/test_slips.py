"""The QR code on a slip carries the address of the registration page and nothing else."""

from urllib.parse import unquote

from regcodes import slips


def test_a_slip_carries_a_picture_without_style_or_script():
    picture = unquote(slips.qr("http://127.0.0.1:8000/register/"))
    assert picture.startswith("data:image/svg+xml")
    assert ("<script" in picture, "style=" in picture) == (False, False)


def test_the_same_address_gives_the_same_picture():
    assert slips.qr("http://a.example/register/") == slips.qr("http://a.example/register/")
    assert slips.qr("http://a.example/register/") != slips.qr("http://b.example/register/")
