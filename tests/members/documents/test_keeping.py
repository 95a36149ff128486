"""Papers of one person and of many, certificates, and the list of lost 团员证 that follows from them."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Notice
from members.documents import keeping, reissuing
from members.documents.rules import Certified, Kept
from members.models import Certificate, Paper, PaperKind, Reissue
from orgs.enums import Category
from orgs.scope import scope_of
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
HERE = Kept("present", "学籍档案", date(2024, 9, 1))


@pytest.fixture
def branch(cast):
    return scope_of(cast.class1_admin)


@pytest.fixture
def university(cast):
    return scope_of(cast.university_admin)


def states(member):
    return dict(Paper.objects.filter(account=member.account_id).values_list("kind", "state"))


def refusal(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict.cause


def lose(member, actor):
    """The 团员证 is lost, the rest is there."""
    papers = dict.fromkeys(PaperKind.values, HERE) | {"card": Kept("missing")}
    keeping.keep(member, papers, actor=actor)


def test_a_checklist_is_kept_and_recorded(cast, branch):
    keeping.keep(cast.classmate, {"card": HERE, "admission": Kept("missing", "邮寄")}, actor=branch)
    assert states(cast.classmate) == {"card": "present", "admission": "missing"}
    missing = Paper.objects.get(account=cast.classmate.account, kind="admission")
    assert (missing.holder, missing.changed_by_name) == ("", "班一丽")
    assert AuditEntry.objects.get(verb="members.papers_kept").detail == {
        "papers": {"card": "present", "admission": "missing"}
    }


def test_without_a_state_it_is_forgotten(cast, branch):
    keeping.keep(cast.classmate, {"card": HERE}, actor=branch)
    keeping.keep(cast.classmate, {"card": Kept()}, actor=branch)
    assert states(cast.classmate) == {}


def test_only_whoever_edits_the_member_keeps_the_papers(cast):
    for who in ("university_admin", "class2_admin"):
        actor = scope_of(getattr(cast, who))
        assert refusal(lambda actor=actor: keeping.keep(cast.classmate, {}, actor=actor)) == "not_superior"


def test_certified_needs_the_certificate(cast, branch):
    papers = {"admission": Kept("certified")}
    assert refusal(lambda: keeping.keep(cast.classmate, papers, actor=branch)) == "certificate"
    given = Certified(
        joined=cast.classmate.joined,
        place="一中",
        introducers="张三",
        issuer="一中团委",
        issued_on=TODAY,
        number="202065000001",
    )
    keeping.certify(cast.classmate, given, actor=branch)
    keeping.certify(cast.classmate, given, actor=branch)
    keeping.keep(cast.classmate, papers, actor=branch)
    assert Certificate.objects.get(account=cast.classmate.account).issuer == "一中团委"


def test_many_are_marked_together_those_of_others_are_left(cast, country):
    actor = scope_of(cast.class1_admin)
    marked = keeping.mark([cast.classmate, cast.member, cast.worker], ["card"], HERE, actor=actor)
    assert [each.pk for each in marked] == [cast.classmate.pk, cast.member.pk]
    assert states(cast.worker) == {}


def test_nobody_marks_the_own_papers(cast, branch):
    assert refusal(lambda: keeping.mark([cast.class1_admin.member], ["card"], HERE, actor=branch)) == (
        "not_superior"
    )


def test_marking_keeps_when_the_card_came_in(cast, branch):
    keeping.keep(cast.classmate, {"card": Kept("present", "邮寄", TODAY, TODAY)}, actor=branch)
    keeping.mark([cast.classmate], ["card"], HERE, actor=branch)
    assert Paper.objects.get(account=cast.classmate.account).received_on == TODAY


def test_the_queries_do_not_grow_with_the_people(cast, country, branch, django_assert_num_queries):
    people = [makers.make_member(country.class1, f"某{chr(0x4E00 + at)}") for at in range(5)]
    with django_assert_num_queries(7):
        keeping.mark(people[:1], ["card"], HERE, actor=branch)
    with django_assert_num_queries(7):
        keeping.mark(people, ["card"], HERE, actor=branch)


# -- reissuing ----------------------------------------------------------------------------------------------


def test_a_lost_card_goes_on_the_colleges_list(cast, country, branch):
    lose(cast.classmate, branch)
    row = Reissue.objects.get()
    assert (row.account_id, row.college, row.state) == (cast.classmate.account_id, country.college, "waiting")


def test_a_general_branch_between_has_no_list(cast, country):
    general = makers.make_org(country.college, "年级团总支", Category.GENERAL_BRANCH)
    member = makers.make_member(makers.make_org(general, "三班团支部"))
    lose(member, scope_of(makers.make_admin(general)))
    assert Reissue.objects.get().college == country.college


def test_a_found_card_goes_off_again(cast, branch):
    lose(cast.classmate, branch)
    keeping.keep(cast.classmate, {"card": HERE}, actor=branch)
    assert not Reissue.objects.exists()


def test_it_is_listed_once(cast, branch):
    lose(cast.classmate, branch)
    lose(cast.classmate, branch)
    assert Reissue.objects.count() == 1


def test_the_university_gathers_and_reissues_in_one_go(cast, country, branch, university):
    lose(cast.classmate, branch)
    lose(cast.member, branch)
    assert reissuing.gather(actor=university) == 2
    assert reissuing.finish(TODAY, actor=university) == 2
    card = Paper.objects.get(account=cast.classmate.account, kind="card")
    assert (card.state, card.holder, card.since) == ("present", "学院团委", TODAY)
    assert set(Reissue.objects.values_list("state", "done_on", "done_by_name")) == {("done", TODAY, "石大河")}
    told = Notice.objects.filter(account=cast.classmate.account).values_list("text", flat=True)
    assert list(told) == ["您的团员证已补办，请到学院团委领取。"]


def test_only_gathered_ones_are_reissued(cast, branch, university):
    lose(cast.classmate, branch)
    assert refusal(lambda: reissuing.finish(TODAY, actor=university)) == "nothing"


def test_the_college_does_not_gather(cast, branch, university):
    lose(cast.classmate, branch)
    assert refusal(lambda: reissuing.gather(actor=scope_of(cast.college_admin))) == "not_topmost"


def test_a_leading_body_leaves_the_lists_of_universities_alone(cast, branch):
    lose(cast.classmate, branch)
    assert refusal(lambda: reissuing.gather(actor=scope_of(cast.corps_admin))) == "nothing"


def test_lost_again_it_is_listed_again(cast, branch, university):
    lose(cast.classmate, branch)
    reissuing.gather(actor=university)
    reissuing.finish(TODAY, actor=university)
    lose(cast.classmate, branch)
    assert list(Reissue.objects.order_by("pk").values_list("state", flat=True)) == ["done", "waiting"]
