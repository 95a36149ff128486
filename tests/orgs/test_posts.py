"""Posts are given, changed and ended: titles fit the category, one 书记, no end while a seat hangs on it."""

from datetime import date

import pytest
from django.utils import timezone

from orgs import post_rules, posts, rules, scope
from orgs.models import Organization, Post, Seat
from orgs.posts import Office
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db
MEMBER = Office(title="委员", since=date(2024, 9, 1), nature="兼职", in_party_committee=False)


def refusal(verb, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        verb(*args, **kwargs)
    return caught.value.verdict.cause


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("college_admin", True),
        ("university_admin", True),
        ("corps_admin", False),
        ("class1_admin", False),
        ("zibo_admin", False),
        ("outsider", False),
    ],
)
def test_the_own_organisation_and_its_direct_superior_give_posts(cast, country, who, allowed):
    actor = scope.scope_of(getattr(cast, who))
    person = makers.make_account("新干部")
    if allowed:
        assert posts.give(person, country.college, MEMBER, actor=actor).title == "委员"
    else:
        assert refusal(posts.give, person, country.college, MEMBER, actor=actor) == "not_superior"


def test_giving_a_post_is_recorded(cast, country):
    posts.give(cast.outsider, country.college, MEMBER, actor=scope.scope_of(cast.college_admin))
    row = AuditEntry.objects.get(verb="orgs.post_given", account_id=cast.outsider.pk)
    assert (row.actor_id, row.organization_id, row.detail) == (
        cast.college_admin.pk,
        country.college.pk,
        {"title": "委员"},
    )


@pytest.mark.parametrize(
    ("place", "title"), [("college", "部长"), ("class1", "委员"), ("corps", "组织委员"), ("zibo", "村长")]
)
def test_a_title_must_fit_the_category(cast, country, place, title):
    actor = (
        scope.scope_of(cast.centre_admin)
        if place == "corps"
        else scope.scope_of(getattr(cast, f"{place}_admin"))
    )
    assert (
        refusal(posts.give, cast.outsider, getattr(country, place), Office(title=title), actor=actor)
        == "title"
    )


def test_a_second_secretary_is_refused_by_name(cast, country):
    with pytest.raises(Refused, match="“石河子大学医学院团委”已有书记易学园"):
        posts.give(
            cast.outsider, country.college, Office(title="书记"), actor=scope.scope_of(cast.college_admin)
        )


def test_nobody_holds_two_posts_in_one_organisation(cast, country):
    actor = scope.scope_of(cast.college_admin)
    posts.give(cast.outsider, country.college, MEMBER, actor=actor)
    assert refusal(posts.give, cast.outsider, country.college, Office(title="干事"), actor=actor) == "cadre"


def test_particulars_change_in_place(cast, country):
    post = posts.give(cast.outsider, country.college, MEMBER, actor=scope.scope_of(cast.college_admin))
    office = Office(title="委员", since=date(2025, 1, 1), nature="专职", in_party_committee=True)
    changed = posts.change(post, office, actor=scope.scope_of(cast.university_admin))
    assert (changed.pk, changed.since, changed.nature, changed.in_party_committee) == (
        post.pk,
        date(2025, 1, 1),
        "专职",
        True,
    )


def test_another_title_begins_another_post_and_the_former_one_stays_in_the_history(cast, country):
    post = posts.give(cast.outsider, country.college, MEMBER, actor=scope.scope_of(cast.college_admin))
    changed = posts.change(post, Office(title="副书记"), actor=scope.scope_of(cast.college_admin))
    post.refresh_from_db()
    assert (changed.pk != post.pk, post.ended_at is not None, post.title, changed.title) == (
        True,
        True,
        "委员",
        "副书记",
    )


def test_a_seat_follows_the_change_of_title(cast, country):
    seat = Seat.objects.get(organization=country.college)
    changed = posts.change(seat.post, Office(title="副书记"), actor=scope.scope_of(cast.university_admin))
    after = Seat.objects.get(organization=country.college)
    assert (after.pk, after.number, after.since, after.post_id) == (
        seat.pk,
        seat.number,
        seat.since,
        changed.pk,
    )


def test_a_change_to_the_same_writes_nothing(cast, country):
    post = posts.give(cast.outsider, country.college, MEMBER, actor=scope.scope_of(cast.college_admin))
    posts.change(post, MEMBER, actor=scope.scope_of(cast.college_admin))
    assert AuditEntry.objects.filter(verb="orgs.post_changed").count() == 0


def test_nobody_becomes_secretary_beside_the_secretary(cast, country):
    post = posts.give(cast.outsider, country.college, MEMBER, actor=scope.scope_of(cast.college_admin))
    actor = scope.scope_of(cast.college_admin)
    assert refusal(posts.change, post, Office(title="书记"), actor=actor) == "secretary"


def test_the_secretary_may_keep_the_title(cast, country):
    post = Post.objects.get(account=cast.college_admin)
    changed = posts.change(
        post, Office(title="书记", nature="专职"), actor=scope.scope_of(cast.college_admin)
    )
    assert (changed.pk, changed.nature) == (post.pk, "专职")


def test_a_post_ends_once(cast, country):
    actor = scope.scope_of(cast.college_admin)
    post = posts.give(cast.outsider, country.college, MEMBER, actor=actor)
    posts.end(post, actor=actor)
    assert (refusal(posts.end, post, actor=actor), refusal(posts.change, post, MEMBER, actor=actor)) == (
        "ended",
        "ended",
    )


def test_a_post_with_a_seat_does_not_end(cast, country):
    post = Post.objects.get(account=cast.college_admin)
    assert refusal(posts.end, post, actor=scope.scope_of(cast.university_admin)) == "seat"


def test_nobody_gets_a_post_in_a_deleted_organisation(cast, country):
    from_above = scope.scope_of(cast.college_admin)
    type(country.freshmen).objects.filter(pk=country.freshmen.pk).update(deleted_at="2026-11-01T00:00:00Z")
    assert (
        refusal(posts.give, cast.outsider, country.freshmen, Office(title="书记"), actor=from_above) == "gone"
    )


def test_an_account_that_was_closed_gets_no_post(cast, country):
    cast.outsider.closed_at = "2026-11-01T00:00:00Z"
    cast.outsider.save()
    actor = scope.scope_of(cast.college_admin)
    assert refusal(posts.give, cast.outsider, country.college, MEMBER, actor=actor) == "closed"


def test_who_manages_cadres_follows_who_decides(cast, country):
    for who in vars(cast).values():
        actor = scope.scope_of(getattr(who, "account", who))
        for organization in Organization.objects.select_related("parent"):
            near = [each for each in (organization, organization.parent) if each]
            expected = any(rules.acts_for(actor, each) for each in near)
            assert bool(post_rules.may_manage(actor, organization)) == expected


def test_many_posts_are_succeeded_and_restored_with_their_seats(country):
    chief = makers.make_admin(country.class1, "班长", title="副书记")
    deputy = makers.make_post(makers.make_member(country.class1, "委员").account, country.class1, "组织委员")
    held = Post.objects.get(account=chief)
    before = list(Post.objects.order_by("pk").values()), list(Seat.objects.values())
    offices = [(held, Office(title="书记")), (deputy, Office(title="副书记"))]
    heirs = posts.succeed_all(offices, now=timezone.now())
    assert [(each.account_id, each.title) for each in heirs] == [
        (chief.pk, "书记"),
        (deputy.account_id, "副书记"),
    ]
    assert Seat.objects.get().post == heirs[0]
    posts.restore_all({heirs[0].pk: held.pk, heirs[1].pk: deputy.pk})
    assert (list(Post.objects.order_by("pk").values()), list(Seat.objects.values())) == before
