"""撤销导入: everything goes back as it was; whoever was touched since stays and says why."""

from datetime import date

import pytest
from django.utils import timezone

from accounts import reset, signin
from accounts.models import Account
from members import amend, placing
from members.models import BatchState, ImportBatch, Member, Template
from members.roster import cadres, touched, undo, undoing
from orgs import scope, seating
from orgs.models import Post, Seat
from tests import makers
from zhtj.audit.models import AuditEntry

from .sheets import person
from .test_cadres import grown, row
from .undoing import everything, imported, undone

pytestmark = pytest.mark.django_db
CADRE = {"是否团干部": "是", "团内职务": "组织委员", "任现职年月": "2024-09", "团干部性质": "兼职"} | {
    "是否同级党委（支部）成员": "否"
}
NUMBER = "659099200605201234"


def number() -> str:
    return makers.number_of(date(2006, 7, 1))


# -- everything goes back -----------------------------------------------------------------------------


def test_new_people_go_altogether(country):
    makers.make_member(country.class1)
    before = everything()
    batch = undone(imported(country.class1, person(), person("钱干部", **CADRE)))
    assert everything() == before
    assert (batch.counts["undone"], batch.counts["kept"]) == (2, 0)
    assert batch.undone_at is not None


def test_a_wrong_number_leaves_nothing_in_the_way_of_the_real_person(country):
    wrong = person()
    undone(imported(country.class1, wrong))
    again = imported(country.class2, wrong)
    assert (again.counts["new"], Member.objects.get().branch) == (1, country.class2)


def test_an_account_that_was_there_is_as_it_was(country):
    known = makers.make_account("赵旧", number=number(), phone="", education="")
    makers.make_post(known, country.college, "委员")
    before = everything()
    batch = imported(country.class1, person("赵旧", 身份证号码=known.id_number, **CADRE))
    known.refresh_from_db()
    assert (known.education, known.member.branch) == ("本科（在读）", country.class1)
    assert undone(batch).counts["undone"] == 1
    assert everything() == before


@pytest.mark.parametrize("password", [None, makers.PASSWORD])
def test_an_account_that_the_import_reopened_is_closed_again(country, password):
    closed = makers.make_account("赵停", number=number(), password=password)
    Account.objects.filter(pk=closed.pk).update(closed_at=timezone.now())
    before = everything()
    batch = imported(country.class1, person("赵停", 身份证号码=closed.id_number))
    assert Account.objects.get(pk=closed.pk).closed_at is None
    undone(batch)
    assert everything() == before


def test_updates_go_back_to_the_old_values(country):
    member = makers.make_member(country.class1, "钱更新", number=number(), phone="13800000007")
    before = everything()
    said = person("钱更新", 身份证号码=member.account.id_number, 学历="大专", 入团年月="2021-06", QQ="10001")
    batch = imported(country.class1, said)
    assert Member.objects.get().joined == date(2021, 6, 1)
    batch = undone(batch)
    assert everything() == before
    assert batch.counts["undone_updates"] == 1


def test_a_replaced_post_comes_back_with_its_seat(country):
    chief = makers.make_admin(country.class1, "孙书记", title="副书记", number=number())
    before = everything()
    said = person("孙书记", 身份证号码=chief.id_number, **CADRE | {"团内职务": "书记"})
    batch = imported(country.class1, said)
    assert Seat.objects.get().post.title == "书记"
    undone(batch)
    assert everything() == before


def test_particulars_of_a_post_go_back(country):
    member = makers.make_member(country.class1, "李委员", number=number())
    makers.make_post(member.account, country.class1, "组织委员")
    before = everything()
    batch = imported(country.class1, person("李委员", 身份证号码=member.account.id_number, **CADRE))
    assert Post.objects.get().since == date(2024, 9, 1)
    undone(batch)
    assert everything() == before


def test_a_post_that_an_update_gave_goes(country):
    member = makers.make_member(country.class1, "周普通", number=number())
    before = everything()
    batch = imported(country.class1, person("周普通", 身份证号码=member.account.id_number, **CADRE))
    assert Post.objects.get().title == "组织委员"
    undone(batch)
    assert everything() == before


def test_rosters_of_cadres_are_undone_alike(country):
    known = makers.make_account("旧干部", number=grown(7), phone="", email="")
    member = makers.make_member(country.class1, "团员干部", number=grown(8))
    other = makers.make_account("老委员", number=grown(9))
    makers.make_post(other, country.college, "委员")
    before = everything()
    people = [
        row(grown(6), 入团年月="2001-05"),
        row(grown(7), "旧干部", 入团年月="2001-05"),
        row(grown(9), "老委员", 团内职务="副书记"),
    ]
    kind = {"columns": cadres.COLUMNS, "sheet": cadres.SHEET, "template": Template.CADRES}
    batch = imported(country.college, *people, **kind)
    assert batch.counts["written"] == 3
    known.refresh_from_db()
    assert (known.league_joined, member.pk) == (date(2001, 5, 1), member.pk)
    assert undone(batch).counts["undone"] == 3
    assert everything() == before


def test_an_import_upon_an_import_goes_back_in_turns(country):
    before = everything()
    one = person()
    first = imported(country.class1, one)
    second = imported(country.class1, one | {"学历": "大专"})
    between = undone(second)
    assert between.counts["undone"] == 1
    undone(first)
    assert everything() == before


# -- what was touched stays ---------------------------------------------------------------------------


def account(batch: ImportBatch, name: str = "赵新生") -> Account:
    return Account.objects.get(name=name)


def password_set(batch, cast):
    actor = scope.nobody()
    who = account(batch)
    signin.set_first_password(
        who.pk, name="赵新生", password=makers.PASSWORD, actor=actor, now=timezone.now()
    )


def signed_in(batch, cast):
    who = account(batch)
    signin.sign_in(
        number=who.id_number,
        password=who.id_number[-8:],
        known_device=True,
        actor=scope.nobody(),
        now=timezone.now(),
    )


def edited(batch, cast):
    Account.objects.filter(name="赵新生").update(wechat="zhao")


def phone_changed(batch, cast):
    who = account(batch)
    who.write_phone("13700000001")
    who.save()


def moved(batch, cast):
    member = account(batch).member
    actor = scope.scope_of(cast.college_admin)
    placing.assign([member.account_id], member.branch, batch.organization.parent.children.get(short_name="2023级2班团支部"), actor=actor)  # fmt: skip


def renamed(batch, cast):
    actor = scope.scope_of(cast.college_admin)
    amend.correct(account(batch), name="赵新声", number="", reason="笔误", actor=actor)


def renumbered(batch, cast):
    actor = scope.scope_of(cast.college_admin)
    amend.correct(account(batch), name="赵新生", number=number(), reason="笔误", actor=actor)


def made_cadre(batch, cast):
    makers.make_post(account(batch), batch.organization, "宣传委员")


def cadre_elsewhere(batch, cast):
    makers.make_post(account(batch), batch.organization.parent, "委员")


def on_the_way(batch, cast):
    Member.objects.filter(account=account(batch)).update(held="transfer")


def reset_code_issued(batch, cast):
    reset.issue(account(batch), actor=scope.scope_of(cast.class1_admin), now=timezone.now())


TOUCHES = [
    (password_set, touched.SIGNED_IN),
    (signed_in, touched.SIGNED_IN),
    (edited, "资料已修改：微信"),
    (phone_changed, "资料已修改：手机号码"),
    (moved, touched.ELSEWHERE),
    (renamed, "资料已修改：姓名"),
    (renumbered, touched.CORRECTED),
    (made_cadre, touched.POST_ADDED),
    (cadre_elsewhere, touched.POST_ADDED),
    (on_the_way, touched.HELD),
    (reset_code_issued, touched.REFERENCED),
]


@pytest.mark.parametrize(("touch", "reason"), TOUCHES, ids=[touch.__name__ for touch, _ in TOUCHES])
def test_somebody_touched_since_stays_and_the_others_go(cast, country, touch, reason):
    actor = scope.scope_of(cast.class1_admin)
    batch = imported(country.class1, person(), person("钱其他"), actor=actor)
    touch(batch, cast)
    before = everything()
    batch = undone(batch, actor)
    assert undo.kept(batch) == {2: reason}
    other = next(pk for pk, facts in before["Account"].items() if facts["name"] == "钱其他")
    after = everything()
    assert {pk: facts for pk, facts in before["Account"].items() if pk != other} == after["Account"]
    assert (batch.counts["undone"], batch.counts["kept"]) == (1, 1)


def test_a_cadre_who_was_seated_stays(country):
    batch = imported(country.class1, person(**CADRE), person("钱其他"))
    seating.take_seat(Post.objects.get(), actor=makers.SYSTEM)
    assert undo.kept(undone(batch)) == {2: touched.SEATED}


def test_an_update_edited_since_stays(country):
    member = makers.make_member(country.class1, "钱更新", number=number())
    said = person("钱更新", 身份证号码=member.account.id_number, 学历="大专")
    batch = imported(country.class1, said, person())
    Account.objects.filter(pk=member.account_id).update(education="硕士")
    assert undo.kept(undone(batch)) == {2: "资料已修改：学历"}
    assert Account.objects.get(pk=member.account_id).education == "硕士"


def test_a_number_that_somebody_else_has_taken_is_not_claimed_back(country):
    member = makers.make_member(country.class1, "钱编号", number=number(), member_number="202065000001")
    said = person("钱编号", 身份证号码=member.account.id_number, 发展团员编号="202165000002")
    batch = imported(country.class1, said, person())
    makers.make_member(country.class2, "郑占号", member_number="202065000001")
    assert undo.kept(undone(batch)) == {2: touched.NUMBER_TAKEN}


def test_a_post_of_secretary_given_to_somebody_else_does_not_come_back(country):
    chief = makers.make_member(country.class1, "孙前任", number=number()).account
    makers.make_post(chief, country.class1, "书记")
    said = person("孙前任", 身份证号码=chief.id_number, **CADRE | {"团内职务": "副书记"})
    batch = imported(country.class1, said, person())
    makers.make_post(makers.make_member(country.class1, "冯现任").account, country.class1, "书记")
    assert undo.kept(undone(batch)) == {2: touched.SECRETARY_TAKEN}


def test_a_number_corrected_and_entered_anew_is_not_taken_for_the_import_s(country, cast):
    wrong = person()
    batch = imported(country.class1, wrong, person("钱其他"), actor=scope.scope_of(cast.class1_admin))
    renumbered(batch, cast)
    makers.make_member(country.class2, "赵真身", number=wrong["身份证号码"])
    batch = undone(batch, scope.scope_of(cast.class1_admin))
    assert undo.kept(batch) == {2: touched.ANOTHER}
    assert Account.objects.filter(name__in=("赵新生", "赵真身")).count() == 2


def test_an_account_taken_over_and_signed_in_to_since_goes_back_all_the_same(country):
    known = makers.make_account("赵旧", number=number())
    batch = imported(country.class1, person("赵旧", 身份证号码=known.id_number))
    signin.change_password(
        known, old=makers.PASSWORD, new="Xin-mi6-maa", actor=scope.nobody(), now=timezone.now()
    )
    assert undone(batch).counts["undone"] == 1
    assert not Member.objects.filter(account=known).exists()


def test_a_reopened_account_in_use_stays_open(country):
    closed = makers.make_account("赵停", number=number())
    Account.objects.filter(pk=closed.pk).update(closed_at=timezone.now())
    batch = imported(country.class1, person("赵停", 身份证号码=closed.id_number), person())
    signin.sign_in(
        number=closed.id_number,
        password=makers.PASSWORD,
        known_device=True,
        actor=scope.nobody(),
        now=timezone.now(),
    )
    assert undo.kept(undone(batch)) == {2: touched.SIGNED_IN}


def test_where_everybody_was_touched_the_import_stays_done_and_says_so(country, cast):
    batch = imported(country.class1, person())
    edited(batch, cast)
    batch = undone(batch, state=BatchState.DONE)
    assert batch.message == undoing.NOTHING.message
    assert AuditEntry.objects.filter(verb="imports.undone").count() == 0
