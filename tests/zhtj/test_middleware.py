"""What happens around every request."""

import pytest
from django.test import Client

from zhtj.audit.models import AuditEntry


@pytest.fixture
def visitor(settings, db):
    """A browser among pages that go wrong."""
    settings.ROOT_URLCONF = "tests.zhtj.pages"
    return Client(raise_request_exception=False)


def test_a_refusal_shows_its_reason_and_remedy(visitor):
    response = visitor.get("/refuse/7")
    text = response.content.decode()
    assert response.status_code == 403
    assert ("该组织已有两名管理员。" in text, "请先办理管理员变更。" in text) == (True, True)


def test_a_remedy_that_goes_on_with_the_sentence_stays_in_it(visitor):
    assert "<p>名额已满，请先办理变更。</p>" in visitor.get("/refuse-briefly").content.decode()


def test_the_address_of_a_button_opened_by_itself_says_what_to_do(client):
    response = client.get("/logout/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "请回到原来的页面，再点一次按钮。" in response.content.decode()


@pytest.mark.parametrize("how", ["missing", "referenced"])
def test_what_has_gone_away_meanwhile_is_said_and_is_no_fault(visitor, how):
    response = visitor.get(f"/gone/{how}")
    assert response.status_code == 409
    assert "刚刚有人改动或撤销了相关内容，这次操作没有保存。" in response.content.decode()


def test_a_refusal_is_recorded_as_a_denial(visitor):
    visitor.get("/refuse/7")
    row = AuditEntry.objects.get()
    assert (row.verb, row.result, row.detail) == ("refuse", "denied", {"cause": "seats_full", "pk": 7})
    assert row.address == "127.0.0.1"


def test_each_request_has_an_id_of_its_own(client):
    assert client.get("/healthz")["X-Request-Id"] != client.get("/healthz")["X-Request-Id"]


def test_pages_are_kept_in_no_cache(visitor):
    assert visitor.get("/read")["Cache-Control"] == "no-store"


def test_a_view_may_say_otherwise(visitor):
    assert visitor.get("/cacheable")["Cache-Control"] == "max-age=60"


def test_the_headers_of_a_page_are_strict(client):
    headers = client.get("/healthz").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        ([], "203.0.113.9", "127.0.0.1"),
        (["127.0.0.1"], "203.0.113.9", "203.0.113.9"),
        (["127.0.0.1"], "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (["127.0.0.1"], "nonsense", "127.0.0.1"),
        (["127.0.0.1"], "", "127.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_says_where_a_request_comes_from(visitor, settings, trusted, forwarded, address):
    settings.TRUSTED_PROXIES = trusted
    visitor.get("/refuse/7", headers={"x-forwarded-for": forwarded})
    assert AuditEntry.objects.get().address == address
