"""The check of the bare text of pages finds what it is there to find."""

import pytest

from tests.access.markup import faults

PAGE = '<html lang="zh-CN"><title>首页 · 智慧团建</title><h1>首页</h1>{}</html>'


@pytest.mark.parametrize(
    "text",
    [
        '<a href="/">去</a><a href="#main">正文</a><main id="main"></main>',
        '<form method="post"><input type="hidden" name="csrfmiddlewaretoken"><input name="a"><button>存</button></form>',
        '<form id="f"><input name="a"></form><button form="f">找</button>',
        '<button type="button" data-print hidden>打印</button><svg><title>图</title></svg>',
    ],
)
def test_a_sound_page_has_no_faults(text):
    assert faults(PAGE.format(text)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<a>去</a>", "a link that leads nowhere: {}"),
        ('<a href="#">去</a>', "a link that leads nowhere: {'href': '#'}"),
        ('<a href="#gone">去</a>', "href='gone' names nothing"),
        ('<p id="a"></p><p id="a"></p>', "id 'a' 2 times"),
        ('<label for="b">姓名</label>', "for='b' names nothing"),
        ('<p style="color:red"></p>', "style or behaviour inside <p>"),
        ('<p onclick="x()"></p>', "style or behaviour inside <p>"),
        ("<script>x()</script>", "<script> inside the page"),
        ("<button>存</button>", "a button that sends nothing: {}"),
        (
            '<button type="button">存</button>',
            "a button without a form that is shown before its script: {'type': 'button'}",
        ),
        ('<input name="a">', "<input> outside every form: {'name': 'a'}"),
        ('<form><input name="a"></form>', "a form without a button: {}"),
        ('<form method="post"><button>存</button></form>', "a form without its token: {'method': 'post'}"),
        ("<h1>又一个</h1>", "2 first headings"),
    ],
)
def test_a_fault_is_named(text, fault):
    assert faults(PAGE.format(text)) == [fault]


def test_a_page_without_language_or_title_is_faulty():
    assert faults("<html><title> · 智慧团建</title><h1>一</h1></html>") == ["no language", "no title"]


def test_a_piece_of_a_page_is_left_alone():
    assert faults("<li><a>去</a></li>") == []
