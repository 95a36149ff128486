"""One person registered as 书记 of two organisations at once, and one list of subordinates sent twice at once."""

import itertools
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import Account
from orgs import changes, scope
from orgs.founding.verbs import found_all
from orgs.information import Information
from orgs.models import Organization, Post
from orgs.secretary import Secretary
from tests import interleave, makers
from tests.orgs.founding.sheets import upload

pytestmark = pytest.mark.django_db(transaction=True)
_serial = itertools.count(1)
ROWS = upload(("甲学院团委", "团委"), ("1班团支部", "团支部", "甲学院团委"))


def a_university() -> SimpleNamespace:
    """A university with its administrator and two vacant branches; a person nobody knows."""
    top = makers.make_org(None, f"第{next(_serial)}大学团委", "committee")
    admin = makers.make_admin(top)
    classes = [makers.make_org(top, f"{at}班团支部") for at in (1, 2)]
    person = Secretary(name="新书记", number=makers.number_of(), phone="13912345678")
    return SimpleNamespace(top=top, admin=admin, classes=classes, person=person)


def register(which: int):
    def act(world):
        given = Information(secretary=world.person)
        actor = scope.scope_of(world.admin)
        return changes.change(world.classes[which], given, actor=actor, now=timezone.now())

    return act


def one_person_two_posts(world, one, two) -> None:
    assert (one.error, two.error) == (None, None)
    account = Account.objects.with_number(world.person.number).get()
    posts = Post.objects.filter(account=account, ended_at=None, title="书记")
    assert {post.organization_id for post in posts} == {each.pk for each in world.classes}


def test_one_person_becomes_secretary_of_two_at_every_meeting():
    assert interleave.every_meeting(a_university, register(0), register(1), one_person_two_posts) > 5


def create(world):
    return found_all(world.top, ROWS, levels={}, actor=scope.scope_of(world.admin))


def each_organisation_once(world, one, two) -> None:
    assert (one.error, two.error) == (None, None)
    made = Organization.objects.filter(
        path__startswith=world.top.path, short_name__in=["甲学院团委", "1班团支部"]
    )
    below = [each.short_name for each in made if each.parent_id != world.top.pk]
    assert (made.count(), below) == (3, ["1班团支部"])


def test_the_same_list_sent_twice_creates_everything_once_at_every_meeting():
    assert interleave.every_meeting(a_university, create, create, each_organisation_once) > 5
