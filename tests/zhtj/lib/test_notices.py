"""Messages carry the next step as links."""

from zhtj.lib.notices import with_links


def test_links_stand_behind_the_text():
    shown = with_links("已导入 27 人。", (("查看团员列表", "/members/"), ("撤销", "/undo/")))
    assert shown == '已导入 27 人。 <a href="/members/">查看团员列表</a> <a href="/undo/">撤销</a>'


def test_what_people_typed_is_escaped():
    assert with_links("<b>", ()) == "&lt;b&gt;"
