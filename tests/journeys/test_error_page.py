"""A visitor who lands nowhere."""


def test_a_wrong_address_says_so_in_chinese(page, live_server, complaints):
    response = page.goto(f"{live_server.url}/nowhere")
    assert response.status == 404
    assert page.get_by_role("heading", level=1).inner_text() == "没有这个页面"
    assert [line for line in complaints if "404" not in line] == []
