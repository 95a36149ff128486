"""The brake: what is unusual for one branch is told, and has to be acknowledged when it is really chosen."""

import pytest

from accounts.models import Account
from members.models import BatchState, RowVerdict
from members.roster import batch as batches
from members.roster import brake
from members.rules import EDUCATION, NUMBER
from orgs.scope import scope_of
from tests import makers
from tests.members.roster.sheets import person, roster
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


def row_of(account: Account, **cells):
    """The row of somebody in the system who differs in nothing but `cells`."""
    member = account.member
    said = {"姓名": account.name, NUMBER: account.id_number, "入团年月": f"{member.joined:%Y-%m}"}
    same = {"民族": account.ethnicity, EDUCATION: account.education, "手机号码": account.phone}
    return person(**said, **same, 发展团员编号=member.number or "", **cells)


@pytest.fixture
def full(country):
    """Class 1 with so many members more than it has."""

    def full(count):
        return [makers.make_member(country.class1).account for _ in range(count)]

    return full


def planned(cast, upload, people, changed):
    """A plan that changes the education of so many of these people."""
    rows = [row_of(each) for each in people]
    for row in rows[:changed]:
        row[EDUCATION] = "博士"
    return upload(cast.class1_admin, roster(*rows))


def tick_all(batch):
    batch.rows.filter(verdict=RowVerdict.UPDATE).update(ticked=True)


def test_more_than_ten_people_of_a_small_branch_are_unusual(cast, country, upload, full):
    people = full(12)
    size = country.class1.members.count()
    batch = planned(cast, upload, people, 11)
    assert batch.counts["update"] == 11
    name = country.class1.full_name
    assert batch.brake == {"lines": [f"“{name}”现有团员 {size} 人，将更改其中 11 人的资料。"]}


def test_ten_people_are_not(cast, upload, full):
    assert planned(cast, upload, full(12), 10).brake == {}


def test_of_a_large_branch_it_is_a_share(cast, upload, full, settings):
    settings.IMPORT_BRAKE_PEOPLE = 2
    settings.IMPORT_BRAKE_SHARE = 0.5
    people = full(12)
    assert planned(cast, upload, people, 6).brake == {}
    assert len(planned(cast, upload, people, 9).brake["lines"]) == 1


def test_people_of_other_branches_are_told_of_too(cast, country, upload, settings):
    settings.IMPORT_BRAKE_PEOPLE = 1
    elsewhere = [makers.make_member(country.class2).account for _ in range(2)]
    batch = upload(cast.class1_admin, roster(*map(row_of, elsewhere)))
    assert batch.counts["move"] == 2
    assert "2 人的团籍在其他团支部，需要转接" in batch.brake["lines"][0]


def test_so_is_more_than_doubling_a_branch(cast, country, upload, settings):
    settings.IMPORT_BRAKE_DOUBLED = size = country.class1.members.count()
    batch = upload(cast.class1_admin, roster(*(person() for _ in range(size + 1))))
    assert f"将新增 {size + 1} 人，超过原有人数" in batch.brake["lines"][0]
    smaller = upload(cast.class1_admin, roster(*(person() for _ in range(size))))
    assert smaller.brake == {}


def test_unusual_changes_are_refused_until_they_are_acknowledged(cast, upload, full):
    batch = planned(cast, upload, full(12), 11)
    tick_all(batch)
    actor = scope_of(cast.class1_admin)
    with pytest.raises(Refused) as refused:
        batches.confirm(batch, actor=actor)
    assert refused.value.verdict.cause == "brake"
    batches.confirm(batch, actor=actor, acknowledged=True)
    assert batch.state == BatchState.CONFIRMED


def test_only_what_is_chosen_counts_then(cast, upload, full):
    batch = planned(cast, upload, full(12), 11)
    first = batch.rows.filter(verdict=RowVerdict.UPDATE).order_by("number").first()
    assert brake.of_choice(batch) == []
    batches.confirm(batch, actor=scope_of(cast.class1_admin), ticks={first.number})
    assert batch.state == BatchState.CONFIRMED


# -- announced = done -------------------------------------------------------------------------------


def test_what_the_button_said_is_what_is_done_or_nothing(cast, upload):
    batch = upload(cast.class1_admin, roster(person(), person()))
    actor = scope_of(cast.class1_admin)
    with pytest.raises(Refused) as refused:
        batches.confirm(batch, actor=actor, announced=3)
    assert "页面上是 3 行，现在是 2 行" in refused.value.verdict.message
    batches.confirm(batch, actor=actor, announced=2)
    assert batch.counts["chosen"] == 2
