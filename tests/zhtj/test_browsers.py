"""What a browser that cannot show the pages gets, and who is not taken for one."""

import pytest

IE8 = "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)"
IE11 = "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko"
CHROMIUM = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Safari/537.36"
CANNOT = {
    "ie8": IE8,
    "ie11": IE11,
    "360, 兼容模式": f"{IE11} QIHU 360SE",
    "QQ, 兼容模式": "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 10.0; Trident/7.0; QQBrowser/11.9)",
}
CAN = {
    "chrome": CHROMIUM,
    "edge": f"{CHROMIUM} Edg/86.0.622.69",
    "360, 极速模式": f"{CHROMIUM} QIHU 360SE",
    "QQ, 极速模式": f"{CHROMIUM} QQBrowser/11.9.5355.400",
    "firefox": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:78.0) Gecko/20100101 Firefox/78.0",
    "safari": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.0 Safari/605.1.15",
    "nobody says": "",
}


@pytest.mark.parametrize("agent", CANNOT.values(), ids=CANNOT)
def test_internet_explorer_gets_a_page_without_a_question_to_the_database(client, agent):
    answer = client.get("/", headers={"user-agent": agent})
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert ("<h1>请换一个浏览器</h1>" in page, "<script" in page, "<main" in page) == (True, False, False)


def test_nothing_it_sends_is_taken(client):
    answer = client.post("/login/", {"number": "x"}, headers={"user-agent": IE11})
    assert "也没有提交任何内容" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("agent", CAN.values(), ids=CAN)
def test_every_other_browser_gets_what_it_asks_for(client, agent):
    assert "请换一个浏览器" not in client.get("/login/", headers={"user-agent": agent}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/help/m1/"])
def test_what_any_browser_can_read_is_open_to_internet_explorer_too(client, path):
    answer = client.get(path, headers={"user-agent": IE8})
    assert (answer.status_code, "请换一个浏览器</h1>" in answer.content.decode()) == (200, False)
