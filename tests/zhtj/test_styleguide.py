"""The style guide shows every part without asking the database."""


def test_the_style_guide_opens_for_a_visitor(client):
    assert client.get("/styleguide/").status_code == 200
