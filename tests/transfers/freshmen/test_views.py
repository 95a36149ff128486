"""新生接收台 as the college uses it (§6.7)."""

from __future__ import annotations

import io
import zipfile

import pytest

from members.models import Member, Paper, PaperKind
from tests import makers
from transfers.bulk import deciding
from transfers.freshmen import people, placing
from transfers.models import Transfer


@pytest.fixture
def client_(sign_in, cast):
    return sign_in(cast.college_admin)


@pytest.fixture
def at(country):
    return f"/freshmen/{country.college.pk}/"


@pytest.mark.parametrize("tab", ["", "classes/", "papers/", "roll/"])
def test_every_tab_shows_what_belongs_there_when_nobody_comes(client_, at, tab):
    assert client_.get(at + tab).status_code == 200


def test_many_are_agreed_to_each_by_itself(client_, at, send, country, admin):
    cases = [send("新生甲"), send("新生乙")]
    tokens = [deciding.token(Transfer.objects.get(pk=each.pk)) for each in cases]
    stale = tokens[1].replace(":in:", ":out:")
    answer = client_.post(f"{at}agree/", {"case": [tokens[0], stale]})
    assert "同意转入 1 人" in answer.content.decode()
    assert Member.objects.filter(branch=country.freshmen).count() == 1


def test_those_ticked_are_planned_and_then_placed(client_, at, country, admin):
    makers.make_member(country.freshmen, "临时甲")
    (one,) = placing.waiting(people.desk(country.college), admin)
    planned = client_.post(f"{at}classes/plan/", {"who": one.key, "branch": country.class2.pk})
    assert "分配 1 人" in planned.content.decode()
    client_.post(f"{at}classes/place/", {"pairs": f"{one.key}:{country.class2.pk}"})
    assert Member.objects.get(account=one.account).branch == country.class2


def test_a_pasted_list_is_planned_without_being_kept(client_, at, country):
    makers.make_member(country.freshmen, "临时甲")
    page = client_.post(f"{at}classes/list/", {"pasted": "临时甲 2023级2班\n无此人 2023级2班"})
    text = page.content.decode()
    assert ("将分配 1 人" in text, "有疑问 1 行" in text) == (True, True)


def test_an_empty_pasted_list_is_asked_for_again(client_, at, country):
    assert client_.post(f"{at}classes/list/", {"pasted": ""}).status_code == 422


def test_the_sheet_writes_what_was_changed(client_, at, country):
    member = makers.make_member(country.freshmen, "临时甲")
    token = f"{member.account_id}:card:none:arrived"
    client_.post(f"{at}papers/tick/", {"paper": ["", token], "received_on": "2026-09-01"})
    paper = Paper.objects.get()
    assert (paper.kind, paper.holder, str(paper.received_on)) == ("card", "学院团委", "2026-09-01")


def test_a_mark_for_many(client_, at, country):
    people_ = [makers.make_member(country.freshmen, name).account_id for name in ("临时甲", "临时乙")]
    data = {"account": people_, "mark-kinds": PaperKind.values, "mark-word": "missing"}
    client_.post(f"{at}papers/mark/", data)
    assert Paper.objects.filter(state="missing").count() == 10


def test_a_mark_keeps_what_was_changed_beside_it_each_with_its_day(client_, at, country):
    one, other = [makers.make_member(country.freshmen, name).account_id for name in ("临时甲", "临时乙")]
    data = {
        "account": one,
        "mark-kinds": ["card"],
        "mark-word": "arrived",
        "mark-received_on": "2026-09-02",
        "paper": [f"{one}:card:none:missing", f"{other}:card:none:arrived"],
        "received_on": "2026-09-01",
    }
    answer = client_.post(f"{at}papers/mark/", data, follow=True)
    assert "已登记 2 人的 2 份材料" in answer.content.decode()
    kept = {each.account_id: (each.state, str(each.received_on)) for each in Paper.objects.all()}
    assert kept == {one: ("present", "2026-09-02"), other: ("present", "2026-09-01")}


def test_a_mark_without_papers_comes_back_with_the_people_chosen_and_what_was_said_of_others(
    client_, at, country
):
    one, other = [makers.make_member(country.freshmen, name).account_id for name in ("临时甲", "临时乙")]
    token = f"{other}:card:none:missing"
    page = client_.post(f"{at}papers/mark/", {"account": one, "paper": token, "mark-word": "arrived"})
    text = page.content.decode()
    assert (page.status_code, "请勾选材料。" in text) == (422, True)
    assert f'value="{one}" checked' in text
    assert f'value="{token}" selected' in text


def test_a_day_to_come_leaves_what_was_said(client_, at, country):
    token = f"{makers.make_member(country.freshmen, '临时甲').account_id}:card:none:arrived"
    page = client_.post(f"{at}papers/tick/", {"paper": token, "received_on": "2999-09-01"})
    text = page.content.decode()
    assert ("晚于今天" in text, f'value="{token}" selected' in text) == (True, True)


def test_the_roll_is_kept_shown_and_taken_along(client_, at, country, send):
    case = send("还在办理")
    pasted = f"还在办理 {case.account.id_number}\n未来人 {makers.number_of()}"
    client_.post(f"{at}roll/keep/", {"pasted": pasted})
    page = client_.get(f"{at}roll/?group=underway").content.decode()
    assert ("还在办理" in page, case.account.id_number in page) == (True, False)
    raw = client_.post(f"{at}roll/excel/").content
    sheet = zipfile.ZipFile(io.BytesIO(raw)).read("xl/sharedStrings.xml").decode()
    assert "未来人" in sheet
    client_.post(f"{at}roll/drop/")
    assert "上传录取名单" in client_.get(f"{at}roll/").content.decode()


def test_a_list_without_people_is_refused_where_it_was_typed(client_, at):
    assert client_.post(f"{at}roll/keep/", {"pasted": "1 2 3"}).status_code == 422
