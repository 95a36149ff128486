"""The search of the 帮助中心 finds answers as people ask for them."""

import pytest

from zhtj.help.search import LONGEST, search
from zhtj.help.topics import TOPICS, find


def first(question: str) -> str:
    return search(question)[0].key


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("忘记密码", "q10"),
        ("忘了密码怎么办？", "q10"),
        ("组织不存在", "q33"),
        ("怎样登录", "m2"),
        ("浏览器", "m1"),
        ("团员证 遗失", "s5"),
        ("团员证遗失了", "s5"),
        ("Q33", "q33"),
        ("wjmm", "q10"),
        ("入党后还要不要转接", "s6"),
    ],
)
def test_the_best_answer_stands_first(question, key):
    assert first(question) == find(key).key


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.key)
def test_an_answer_is_found_first_by_its_own_title(topic):
    assert first(topic.title) == topic.key


def test_words_of_the_text_are_found_after_words_of_the_title():
    found = search("档案")
    titles = ["档案" in topic.title for topic in found]
    assert titles == sorted(titles, reverse=True)
    assert not all(titles)


def test_every_word_counts():
    both = search("档案 遗失")
    assert set(both) <= set(search("档案")) & set(search("遗失"))


@pytest.mark.parametrize("question", ["", "   ", "？！", "锟斤拷", "zzqqxx", "x" * 5000])
def test_what_nothing_answers_finds_nothing(question):
    assert search(question) == []


def test_only_the_beginning_of_a_long_question_is_read():
    assert search("忘记密码" + "，" * LONGEST + "锟斤拷") == search("忘记密码")
