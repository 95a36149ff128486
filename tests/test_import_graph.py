"""The picture of the imports shows the code as it is."""

from tests import import_graph


def test_the_picture_is_of_this_code():
    """`make diagram` draws it anew."""
    assert import_graph.PICTURE.read_text("utf-8") == import_graph.drawn()


def test_every_import_that_crosses_parts_is_drawn():
    _, imports = import_graph.counted()
    picture = import_graph.drawn()
    assert picture.count("<path") == len(imports)
    assert "<title>members → orgs:" in picture
    assert "<title>orgs → members" not in picture
