"""Every error is a page in Chinese with an id, never a trace."""

import pytest
from django.test import Client

from zhtj import errors


@pytest.fixture
def visitor(settings, db):
    """A browser that gets the page of a fault instead of the fault."""
    settings.ROOT_URLCONF = "tests.zhtj.pages"
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/nowhere", 404, "没有这个页面"),
        ("/deny", 403, "不能这样操作"),
        ("/break", 500, "系统出错了"),
        ("/too-big", 413, "提交的内容太大"),
        ("/away", 503, "系统正在恢复"),
        ("/busy", 503, "系统繁忙"),
    ],
)
def test_a_fault_is_a_page_with_the_id_of_its_request(visitor, address, status, title):
    response = visitor.get(address)
    text = response.content.decode()
    assert (response.status_code, title in text) == (status, True)
    assert response["X-Request-Id"] in text
    assert ("Traceback" in text, "110199200501011237" in text) == (False, False)


@pytest.mark.parametrize("address", ["/away", "/busy"])
def test_an_absent_or_busy_database_says_when_to_try_again(visitor, address):
    assert visitor.get(address)["Retry-After"] == str(errors.RETRY_SECONDS)


def test_a_missing_form_token_says_what_to_do(rf, db):
    response = errors.csrf_failure(rf.post("/"))
    assert (response.status_code, "页面已过期" in response.content.decode()) == (403, True)
