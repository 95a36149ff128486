"""Deleting an organisation: who may, and what becomes of everybody and everything in it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.models import Act, ImportBatch, Member, Membership
from orgs import scope, tree
from orgs.enums import Category, PetitionState
from orgs.models import Organization, Petition, Post, Seat
from regcodes import codes
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.desk import closing
from zhtj.desk.rules import may_close
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(cast, country):
    """The scope of the college's administrator."""
    return scope.scope_of(cast.college_admin)


def cause(act, *args, **facts) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value.verdict.cause


def test_members_go_into_the_pending_branch_below_the_same_superior(cast, country, college):
    closing.close(country.class1, actor=college)
    pending = Organization.objects.get(category=Category.PENDING_BRANCH)
    assert (pending.parent, pending.short_name) == (country.college, "待接转团支部")
    people = {cast.class1_admin, cast.member.account, cast.classmate.account}
    assert {each.account for each in Member.objects.filter(branch=pending)} == people
    assert set(Member.objects.filter(branch=pending).values_list("branch_path", flat=True)) == {pending.path}


def test_the_ledger_closes_one_stretch_and_opens_the_next(cast, country, college):
    now = timezone.now() + timedelta(seconds=1)
    closing.close(country.class1, actor=college, now=now)
    old, new = Membership.objects.filter(account=cast.member.account).order_by("pk")
    assert (old.branch, old.ended_at, old.ended_by) == (country.class1, now, Act.CLOSING)
    assert (new.started_at, new.begun_by, new.ended_at) == (now, Act.CLOSING, None)


def test_the_second_deletion_uses_the_same_pending_branch(cast, country, college):
    first = closing.close(country.class1, actor=college)
    second = closing.close(country.class2, actor=college)
    assert first.into == second.into
    assert Organization.objects.filter(category=Category.PENDING_BRANCH).count() == 1


def test_a_branch_without_members_leaves_no_pending_branch(cast, country, college):
    assert closing.close(country.freshmen, actor=college).into is None
    assert not Organization.objects.filter(category=Category.PENDING_BRANCH).exists()


def test_administrators_lose_the_right_and_keep_the_account(cast, country, college):
    closing.close(country.class1, actor=college)
    assert scope.scope_of(cast.class1_admin).root is None
    cast.class1_admin.refresh_from_db()
    assert cast.class1_admin.is_active
    assert not Post.objects.filter(organization=country.class1, ended_at=None).exists()
    assert not Seat.objects.filter(organization=country.class1).exists()


def test_codes_are_voided(cast, country, college):
    code = codes.issue(country.freshmen, actor=college)
    closing.close(country.freshmen, actor=college)
    code.refresh_from_db()
    assert code.voided_at is not None


def test_open_petitions_are_returned_with_the_reason(cast, country, college):
    petition = Petition(
        kind="info",
        organization=country.class1,
        turn_organization=country.college,
        turn_since=timezone.now(),
        opened_at=timezone.now(),
    )
    petition.payload = {}
    petition.save()
    closing.close(country.class1, actor=college)
    petition.refresh_from_db()
    assert petition.state == PetitionState.RETURNED
    assert petition.steps.get().remark == "组织已删除，申请退回。"


def test_open_imports_are_given_up_and_settled_ones_stay(cast, country, college):
    facts = {"organization": country.class1, "file_name": "a.xls", "file_size": 1, "file_index": b"1"}
    planned = ImportBatch.objects.create(state="planned", **facts)
    done = ImportBatch.objects.create(state="done", **facts)
    closing.close(country.class1, actor=college)
    assert [ImportBatch.objects.get(pk=each.pk).state for each in (planned, done)] == ["abandoned", "done"]


def test_every_fact_is_on_record_in_one_act(cast, country, college):
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    closing.close(country.class1, actor=college)
    rows = AuditEntry.objects.exclude(pk__in=before)
    assert sorted(rows.values_list("verb", flat=True)) == sorted(
        ["orgs.found", "members.moved", "members.moved", "members.moved"]
        + ["orgs.seat_left", "orgs.post_ended", "orgs.closed"]
    )
    assert set(rows.values_list("act", flat=True)) == {college.act}


def test_history_keeps_the_row_and_the_tree_forgets_it(cast, country, college):
    closing.close(country.class1, actor=college)
    assert Organization.objects.get(pk=country.class1.pk).deleted_at is not None
    assert country.class1 not in Organization.objects.living()


def test_living_subordinates_are_named_and_counted(cast, country):
    actor = scope.scope_of(cast.university_admin)
    makers.make_org(country.college, "2023级3班团支部")
    verdict = may_close(actor, country.college)
    assert verdict.cause == "has_children"
    assert verdict.reason.endswith("：“2023级1班团支部”、“2023级2班团支部”、“2019级新生临时团支部”等 4 个")


@pytest.mark.parametrize(
    ("who", "expected"), [("class1_admin", "not_superior"), ("corps_admin", "not_superior")]
)
def test_only_the_direct_superior_deletes(cast, country, who, expected):
    assert cause(closing.close, country.class1, actor=scope.scope_of(getattr(cast, who))) == expected


def test_the_superior_above_a_vacant_one_stands_in(cast, country):
    """The company has no administrator, so the city's decides."""
    actor = scope.scope_of(cast.zibo_admin)
    assert closing.close(country.workshop, actor=actor).into.parent == country.company


def test_the_topmost_organisation_stays(cast, country):
    assert may_close(scope.scope_of(cast.centre_admin), country.centre).cause == "topmost"


def test_a_pending_branch_is_deleted_only_when_empty(cast, country, college):
    pending = closing.close(country.class2, actor=college).into
    assert cause(closing.close, pending, actor=college) == "not_empty"
    makers_free = makers.make_org(country.college, "2023级9班团支部")
    Member.objects.filter(branch=pending).update(branch=makers_free, branch_path=makers_free.path)
    Membership.objects.filter(branch=pending).update(branch=makers_free)
    assert closing.close(pending, actor=college).into is None


def test_what_is_deleted_is_not_deleted_again(cast, country, college):
    closing.close(country.class1, actor=college)
    assert cause(closing.close, country.class1, actor=college) == "gone"


def test_a_refused_deletion_changes_nothing(cast, country):
    actor = scope.scope_of(cast.university_admin)
    assert cause(closing.close, country.college, actor=actor) == "has_children"
    assert tree.ancestors(country.class1)[-1].deleted_at is None
    assert Seat.objects.filter(organization=country.college).count() == 1
