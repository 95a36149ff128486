"""Import → undo = before, for any roster; and whoever is touched in between, and nobody else, stays as he or she is."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts import signin
from accounts.models import Account
from members import placing
from members.models import BatchState, Member
from members.roster import undo
from orgs import scope, seating
from orgs.models import Post, Seat
from tests import makers

from .sheets import person
from .undoing import by_person, everything, imported, worked

pytestmark = pytest.mark.django_db

BORN = date(2006, 7, 1)
TITLES = ("副书记", "组织委员", "宣传委员", "文体委员", "权益委员", "其他")
CADRE = {"是否团干部": "是", "任现职年月": "2024-09", "团干部性质": "兼职", "是否同级党委（支部）成员": "否"}
FILLED = {"education": "", "ethnicity": "", "political_status": "", "qq": "", "weibo": "", "email": ""}
CELLS = {
    "学历": ("大专", "硕士（在读）"),
    "QQ": ("10001",),
    "邮箱": ("a@example.cn",),
    "入团年月": ("2021-06",),
} | {
    "手机号码": ("13912345678", "13700000009"),
    "微博": ("新微博",),
}

some_cells = st.fixed_dictionaries(
    {}, optional={column: st.sampled_from(each) for column, each in CELLS.items()}
)
facts = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(("new", "known", "closed", "updated")),
        "cells": some_cells,
        "cadre": st.booleans(),
        "empty": st.sets(st.sampled_from(sorted(FILLED))),
        "phone": st.sampled_from(("", "13800000001")),
        "initial": st.booleans(),
        "post": st.sampled_from(("", "same", "other", "seat", "elsewhere")),
        "touch": st.sampled_from(("", "", "moved", "edited", "used", "posted")),
    }
)


def stand(each: dict, at: int, country) -> str:
    """Put somebody where the roster finds him or her; the ID number."""
    number = makers.number_of(BORN, serial=100 + at)
    if each["kind"] == "new":
        return number
    account = makers.make_account(
        f"众{'甲乙丙丁戊己'[at]}",
        number=number,
        password=None if each["initial"] else makers.PASSWORD,
        phone=each["phone"],
        **dict.fromkeys(each["empty"], ""),
    )
    if each["kind"] == "closed":
        Account.objects.filter(pk=account.pk).update(closed_at=timezone.now())
    if each["kind"] == "updated":
        belong(account, country.class1)
        hold(account, each["post"], at, country)
    return number


def belong(account: Account, branch) -> None:
    makers.registry.enrol(
        account, branch, joined=date(2021, 5, 1), number=None, act=makers.Act.ENTRY, actor=makers.SYSTEM
    )


def hold(account: Account, kind: str, at: int, country) -> None:
    """A post, perhaps with a seat."""
    if kind == "elsewhere":
        makers.make_post(account, country.college, "委员")
    elif kind:
        post = makers.make_post(account, country.class1, TITLES[at] if kind == "same" else "生产委员")
        if kind == "seat":
            seating.take_seat(post, actor=makers.SYSTEM)


def row_of(each: dict, at: int, number: str) -> dict:
    said = person(f"众{'甲乙丙丁戊己'[at]}", 身份证号码=number, 发展团员编号=f"2021{number[9:17]}")
    return said | (CADRE | {"团内职务": TITLES[at]} if each["cadre"] else {}) | each["cells"]


def touch(each: dict, account: Account, country) -> bool:
    """Do something to somebody whom the import has written; whether that concerns what it wrote."""
    member = Member.objects.filter(account=account, branch=country.class1).first()
    if each["touch"] == "moved":
        if Seat.objects.filter(post__account=account).exists():
            return False  # the last administrator stays (§4)
        actor = scope.of_command("tests", country.college)
        placing.assign([member.account_id], country.class1, country.class2, actor=actor)
        return True
    if each["touch"] == "edited":
        member.joined = date(2021, 9, 1)
        member.save()
        return each["kind"] != "updated" or each["cells"].get("入团年月") is not None
    if each["touch"] == "used":
        actor = scope.nobody()
        if each["kind"] == "new":
            now = timezone.now()
            signin.set_first_password(
                account.pk, name=account.name, password="Xin-mi6-maa", actor=actor, now=now
            )
            return True
        account.refresh_from_db()
        account.set_password(makers.PASSWORD)
        Account.objects.filter(pk=account.pk).update(password=account.password, sign_in_state="set")
        return each["kind"] == "closed" and each["initial"]
    if each["touch"] == "posted":
        if Post.objects.filter(account=account, organization=country.college, ended_at=None).exists():
            return False
        makers.make_post(account, country.college, "委员")
        return each["kind"] in ("new", "closed")
    return False


def goes_back(country, people: list[dict]) -> None:
    numbers = [stand(each, at, country) for at, each in enumerate(people)]
    before = by_person(everything())
    rows = [row_of(each, at, number) for at, (each, number) in enumerate(zip(people, numbers, strict=True))]
    batch = imported(country.class1, *rows)
    written = {number for (number,) in undo.present.written(batch).values_list("number")}
    touched: dict[int, int] = {}
    for at, each in enumerate(people):
        account = Account.objects.with_number(numbers[at]).get()
        if at + 2 in written and touch(each, account, country):
            touched[at + 2] = account.pk
        elif at + 2 not in written or each["touch"]:
            before[account.pk] = None  # changed by somebody else, in what is none of the import's business
    between = by_person(everything())
    assert set(undo.rehearse(batch, actor=scope.of_command("tests", country.class1)).reasons) == set(touched)
    undo.undo(batch, actor=scope.of_command("tests", country.class1))
    batch = worked(batch, BatchState.UNDONE if len(touched) < len(written) else BatchState.DONE)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    after = by_person(everything())
    for pk in touched.values():
        assert after.pop(pk) == between.pop(pk)
        before.pop(pk, None)
    for pk in [pk for pk, facts in before.items() if facts is None]:
        before.pop(pk)
        after.pop(pk, None)
    assert after == before
    if batch.state == BatchState.UNDONE:
        assert set(undo.kept(batch)) == set(touched)


def tried(country, people: list[dict]) -> None:
    """One example, which leaves nothing behind."""
    with transaction.atomic():
        goes_back(country, people)
        transaction.set_rollback(True)


UNHURRIED = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate], **UNHURRIED)
@given(people=st.lists(facts, min_size=1, max_size=6))
def test_import_and_undo_are_as_before_but_for_whom_somebody_touched(country, people):
    tried(country, people)


@pytest.mark.prove
@settings(max_examples=200, **UNHURRIED)
@given(people=st.lists(facts, min_size=1, max_size=6))
def test_import_and_undo_are_as_before_many_times(country, people):
    tried(country, people)
