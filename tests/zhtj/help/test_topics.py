"""Answers are offered where they belong: on pages by their view, beside messages by what these say."""

import dataclasses
from pathlib import Path

import pytest

from tests.test_access import addresses
from zhtj.help import topics
from zhtj.help.topic import Topic
from zhtj.help.topics import TOPICS, answer_for, by_phrase, chapter_of, find, for_reader, offered

ROOT = Path(__file__).resolve().parents[3]
# Messages with a value before or within the words.
COMPOSED = {
    "身份证已注册：团籍在团支部",
    "身份证已注册：就在本团支部",
    "缺团内职务",
    "所在团支部全称必填",
    "身份证号码不足18位",
    "身份证号码超过18位",
    "未满28周岁的人在团支部应作为团员录入",
    "超过 20 MB",
}
# What the product says, on which page → whose answer stands beside it.
SAID = (
    ("身份证或密码错误，请核对后再试。", "accounts:sign_in", "m3"),
    ("登录失败次数过多，请 15 分钟后再试。", "accounts:sign_in", "m3"),
    ("验证码不对或已过期", "accounts:sign_in", "m2"),
    ("身份证号码或重置密码验证码错误。", "accounts:forgot", "q10"),
    ("密码没有达到要求", "accounts:change_password", "q11"),
    ("管理员注册码错误。可能的原因：组织选错", "regcodes:code", "m6"),
    ("组织不存在：“2023级”", "imports:detail", "q33"),
    ("身份证号码重复：与第 3 行相同", "imports:detail", "q34"),
    ("发展团员编号重复", "imports:detail", "q35"),
    ("导入表格格式错误：身份证号码一列被当作数字", "imports:detail", "q36"),
    ("入团时不满年龄", "members:add", "q31"),
    ("手机号码不符：应为11位数字，以13至19开头", "members:add", "m7"),
    ("手机号码不符：应为11位数字，以13至19开头", "imports:fix", "q32"),
    ("身份证号码不足18位（现为3位）", "merging:find", "m7"),
    ("身份证号码不足18位（现为3位）", "imports:detail", "q36"),
    ("该组织已有两名管理员。", "seats:own", "q21"),
    ("待接转团支部由上级组织的管理员管理", "", "q21"),
    ("与任何答案无关的一句话", "accounts:sign_in", offered("accounts:sign_in")[0].key),
)


@pytest.mark.parametrize(("text", "page", "key"), SAID)
def test_the_answer_beside_a_message(text, page, key):
    assert answer_for(text, page).key == find(key).key


def test_where_neither_message_nor_page_is_known_nothing_is_offered():
    assert answer_for("与任何答案无关的一句话", "nowhere:page") is None


def test_the_longest_phrase_wins_and_among_equals_the_page(monkeypatch):
    short, long, here = (
        Topic(("a",), "甲", "", (), errors=("重复",)),
        Topic(("b",), "乙", "", (), errors=("号码重复",)),
        Topic(("c",), "丙", "", (), pages=("some:page",), errors=("编号重复",)),
    )
    phrases = [(phrase, topic) for topic in (short, long, here) for phrase in topic.errors]
    monkeypatch.setattr(topics, "_PHRASES", phrases)
    assert by_phrase("号码重复", "") is long
    assert by_phrase("号码重复，编号重复", "some:page") is here


def test_a_key_is_found_in_any_case():
    assert find("Q33") is find("q33")


def test_the_most_fitting_answer_of_a_page_stands_first():
    places = [topic.pages.index("imports:new") for topic in offered("imports:new")]
    assert places == sorted(places)


def test_answers_name_pages_that_exist():
    known = set(addresses())
    assert [(topic.key, page) for topic in TOPICS for page in topic.pages if page not in known] == []


def test_phrases_are_words_the_product_says():
    folders = ("zhtj", "accounts", "orgs", "members", "transfers", "regcodes", "templates")
    files = (
        path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".html"}
    )
    said = "\n".join(path.read_text() for path in files if "help" not in path.parts)
    unsaid = {phrase for topic in TOPICS for phrase in topic.errors if phrase not in said}
    assert unsaid == COMPOSED


def test_every_answer_is_short_on_top_and_has_readers():
    assert [topic.key for topic in TOPICS if not 10 <= len(topic.short) <= 120 or not topic.readers] == []


def test_a_handbook_holds_what_its_readers_need_and_no_more():
    held = [topic for chapter in for_reader("member") for topic in chapter.topics]
    assert sorted(topic.key for topic in held) == sorted(
        topic.key for topic in TOPICS if "member" in topic.readers
    )


def test_an_answer_knows_its_chapter():
    assert chapter_of(find("q33")).title == "添加和导入团员"


def test_a_topic_is_a_value():
    assert dataclasses.replace(find("m2")) == find("m2")
