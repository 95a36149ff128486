"""Saved views: kept, replaced, preferred and forgotten, by their owner alone."""

import pytest

from members.lists import saved
from members.models import SavedView
from zhtj.audit.models import AuditEntry

from .pages import LIST, headings, names, text

SAVE, DELETE, DEFAULT = "/members/views/save/", "/members/views/delete/", "/members/views/default/"


@pytest.fixture
def college(cast, sign_in):
    """The college's administrator at the browser."""
    return sign_in(cast.college_admin)


def keep(client, name="无职务的", query="post=no&c=sex", **fields):
    return client.post(SAVE, {"name": name, "query": query, **fields}, follow=True)


def test_columns_and_conditions_come_back_under_their_name(college):
    response = keep(college)
    assert names(response) == ["古丽努尔·买买提江", "欧阳小明"]
    assert headings(response) == ["姓名", "性别"]
    view = SavedView.objects.get()
    assert view.query == {"query": "post=no&c=name&c=sex"}
    assert f'href="?post=no&amp;c=name&amp;c=sex&amp;view={view.pk}" aria-current="true"' in text(response)


def test_the_same_name_replaces(college):
    keep(college)
    keep(college, query="q=古")
    assert list(SavedView.objects.values_list("query", flat=True)) == [{"query": "q=%E5%8F%A4"}]


def test_what_was_changed_since_is_said(college):
    keep(college)
    view = SavedView.objects.get()
    assert "（已改动）" in text(college.get(f"{LIST}?q=古&view={view.pk}"))


def test_a_default_opens_with_the_bare_address(college):
    keep(college, default="on")
    assert names(college.get(LIST, follow=True)) == ["古丽努尔·买买提江", "欧阳小明"]
    assert len(names(college.get(f"{LIST}?view=0"))) == 4
    college.post(DEFAULT, {"name": ""})
    assert len(names(college.get(LIST))) == 4


def test_there_is_one_default(college):
    keep(college, "甲", default="on")
    keep(college, "乙")
    college.post(DEFAULT, {"name": "乙"})
    assert list(SavedView.objects.filter(is_default=True).values_list("name", flat=True)) == ["乙"]


def test_a_view_is_deleted(college):
    keep(college)
    college.post(DELETE, {"name": "无职务的"})
    assert not SavedView.objects.exists()


def test_nobody_elses_view_is_seen_opened_or_deleted(cast, college, sign_in):
    keep(college)
    other = sign_in(cast.university_admin)
    assert "无职务的" not in text(other.get(LIST))
    assert "没有这个视图" in text(other.post(DELETE, {"name": "无职务的"}, follow=True))
    assert "没有这个视图" in text(other.post(DEFAULT, {"name": "无职务的"}, follow=True))
    assert SavedView.objects.count() == 1


def test_the_lists_have_views_of_their_own(college):
    keep(college)
    assert "无职务的" not in text(college.get("/cadres/"))


@pytest.mark.parametrize(
    ("name", "others", "cause"),
    [
        ("", [], "empty"),
        ("长" * 21, [], "long"),
        ("新", [str(at) for at in range(20)], "many"),
        ("1", [str(at) for at in range(20)], ""),
        ("新", [], ""),
    ],
)
def test_what_may_be_saved(name, others, cause):
    assert saved.may_save(name, others).cause == cause


def test_a_refusal_keeps_the_list_as_it_was(college):
    response = keep(college, name="")
    assert "请填写视图名称" in text(response)
    assert names(response) == ["古丽努尔·买买提江", "欧阳小明"]


def test_no_number_is_ever_kept(cast, college):
    number = cast.member.account.id_number
    keep(college, query=f"number={number}&q=古")
    assert SavedView.objects.get().query == {"query": "q=%E5%8F%A4"}


def test_it_is_on_record(college):
    keep(college)
    assert AuditEntry.objects.filter(verb="members.view_saved").count() == 1
