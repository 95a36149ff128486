"""The pages of 导入名单: updates shown old to new, ticked one by one, and written only then."""

import pytest

from accounts.models import Account
from members.models import BatchState
from members.roster import batch as batches
from tests.members.roster.sheets import PHONE, confirm, page, person, roster


def rows_of(member, **changed):
    """The row that repeats what is stored about a member, with changes."""
    account = member.account
    return {
        **person(account.name),
        "身份证号码": account.id_number,
        "手机号码": account.phone,
        "入团年月": f"{member.joined:%Y-%m}",
        "发展团员编号": member.number,
        **changed,
    }


@pytest.fixture
def two_updates(cast, upload):
    """A plan with two updates."""
    changed = [rows_of(each, 手机号码=PHONE) for each in (cast.member, cast.classmate)]
    return upload(cast.class1_admin, roster(*changed, person()))


def ticked(batch):
    """The rows chosen so far."""
    return sorted(batch.rows.filter(ticked=True).values_list("number", flat=True))


def test_updates_are_shown_old_to_new_and_unticked(client, cast, two_updates):
    text = page(client, two_updates, "?show=update")
    assert f"<del>{cast.member.account.masked_phone}</del>" in text
    assert f"<ins>{PHONE}</ins>" in text
    assert "checked" not in text
    assert cast.member.account.phone not in text


def test_ticks_are_kept_and_the_button_announces_them(client, two_updates):
    response = client.post(f"/imports/{two_updates.pk}/tick/", {"shown": ["2", "3"], "row": "3"})
    assert response.url == f"/imports/{two_updates.pk}/?show=update"
    assert ticked(two_updates) == [3]
    assert "导入 1 人，更新 1 人" in page(client, two_updates)


def test_a_page_unticks_only_what_it_shows(client, two_updates):
    client.post(f"/imports/{two_updates.pk}/tick/", {"all": "1"})
    client.post(f"/imports/{two_updates.pk}/tick/", {"shown": "2"})
    assert ticked(two_updates) == [3]
    client.post(f"/imports/{two_updates.pk}/tick/", {"all": "0"})
    assert ticked(two_updates) == []


def test_a_script_gets_the_new_button(client, two_updates):
    data = {"shown": ["2", "3"], "row": ["2", "3"]}
    response = client.post(f"/imports/{two_updates.pk}/tick/", data, headers={"HX-Request": "true"})
    assert "导入 1 人，更新 2 人" in response.content.decode()


def test_a_row_that_is_no_update_cannot_be_ticked(client, two_updates):
    client.post(f"/imports/{two_updates.pk}/tick/", {"shown": "4", "row": "4"})
    assert ticked(two_updates) == []


def test_what_the_button_did_not_announce_is_asked_again(client, two_updates):
    """Without a script the button still shows the number from before the ticks."""
    response = confirm(client, two_updates, shown=["2", "3"], row=["2"])
    assert response.url == f"/imports/{two_updates.pk}/?show=update"
    two_updates.refresh_from_db()
    assert two_updates.state == BatchState.PLANNED
    assert "现在将导入 1 人，更新 1 人，请再次确认" in page(client, two_updates, "?show=update")
    confirm(client, two_updates, updates=1, shown=["2", "3"], row=["2"])
    two_updates.refresh_from_db()
    assert two_updates.state == BatchState.CONFIRMED


def test_only_ticked_updates_are_written(client, cast, two_updates):
    confirm(client, two_updates, updates=1, shown=["2", "3"], row=["2"])
    batches.work(two_updates.pk)
    phones = [Account.objects.get(pk=each.account_id).phone for each in (cast.member, cast.classmate)]
    assert phones == [PHONE, cast.classmate.account.phone]
    text = page(client, two_updates, "?show=update")
    assert "已导入 1 人，已更新 1 人。" in text
    assert "没有勾选" in text


def test_a_row_stopped_at_the_last_moment_is_listed_with_its_reason(client, cast, two_updates):
    confirm(client, two_updates, updates=1, shown=["2", "3"], row=["2"])
    account = cast.member.account
    account.write_phone("13777777777")
    account.save()
    batches.work(two_updates.pk)
    text = page(client, two_updates)
    assert "1 行在核对之后情况有变，没有写入" in text
    assert "核对之后情况有变" in text
    assert account.name in text
