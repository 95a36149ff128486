"""The tripwire itself: it is tripped by what it must notice, and by nothing else."""

import logging

import pytest
from django.http import HttpResponse
from django.urls import path

from tests import makers, tripwire
from zhtj.lib import crypto

NUMBER = makers.number_of(serial=7)
PHONE = "13812345678"


def show(request):
    """A page that shows a number it should not."""
    return HttpResponse(f"<p>{NUMBER}</p>")


def send(request):
    """A redirect with a phone number in its address."""
    return HttpResponse(status=302, headers={"Location": f"/x/?phone={PHONE}"})


def keep(request):
    """A view that keeps a number in the session."""
    request.session["number"] = NUMBER
    return HttpResponse("")


urlpatterns = [path("show/", show), path("send/", send), path("keep/", keep)]


@pytest.fixture
def bad_pages(settings, db, client, cast):
    settings.ROOT_URLCONF = __name__
    client.force_login(cast.member.account)
    return client


@pytest.mark.parametrize(
    ("address", "where"), [("/show/", "no listed page"), ("/send/", "headers"), ("/keep/", "session")]
)
def test_it_is_tripped_by(bad_pages, address, where):
    with pytest.raises(tripwire.Escaped, match=where):
        bad_pages.get(address)


def test_an_address_with_a_number_trips_it(bad_pages):
    with pytest.raises(tripwire.Escaped, match="the address"):
        bad_pages.get(f"/nowhere/?q={NUMBER}")


def test_a_page_that_may_show_a_number_trips_it_without_the_audit_row(cast, sign_in):
    page = HttpResponse(NUMBER)
    page.resolver_match = type("Match", (), {"view_name": "members:reveal"})()
    with pytest.raises(tripwire.Escaped, match="without its audit row"):
        tripwire.Tripwire().judge({"PATH_INFO": "/"}, "", page, [])


def test_codes_are_known_from_their_making(cast, sign_in, tripwire):
    text = (
        sign_in(cast.class1_admin)
        .post(f"/members/people/{cast.member.account_id}/reset-code/")
        .content.decode()
    )
    (code,) = tripwire.codes
    assert f"{code[:4]} {code[4:]}" in text
    assert tripwire.secrets_in(f"your code: {code}") == {code}


def test_a_log_line_is_judged_as_it_would_be_printed(tripwire):
    lines = next(each for each in logging.getLogger().handlers if each.__class__.__name__ == "Lines")
    logging.getLogger("tests").warning("number %s", NUMBER)
    assert lines.found == []
    tripwire.codes.add("ABCD2345")
    logging.getLogger("tests").warning("code ABCD2345")
    assert lines.found == ["tests"]
    lines.found.clear()


@pytest.mark.parametrize("text", ["202165000631", "659099200607273709", "a13812345678b", "0533-2345678"])
def test_other_rows_of_digits_leave_it_alone(text, tripwire):
    assert tripwire.secrets_in(text) == set()


def test_a_sealed_token_leaves_it_alone(tripwire):
    assert tripwire.secrets_in(crypto.seal({"organization": 1}, purpose="test")) == set()
