"""Notices: told once to each, unread until taken as read, gone half a year after."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import sweep, telling
from accounts.models import Notice
from tests import makers

pytestmark = pytest.mark.django_db


def test_each_person_is_told_once():
    me = makers.make_account()
    telling.tell([me.pk, me.pk], "名单已经导入")
    assert [each.text for each in telling.of(me)] == ["名单已经导入"]


def test_a_long_text_is_cut_to_what_has_room():
    me = makers.make_account()
    telling.tell([me.pk], "长" * 300)
    assert telling.of(me).get().text == "长" * 200


def test_unread_until_taken_as_read():
    me, other = makers.make_account(), makers.make_account("别人")
    telling.tell([me.pk, other.pk], "名单已经导入")
    assert telling.take_as_read(me) == 1
    assert (telling.unread(me.pk).count(), telling.unread(other.pk).count()) == (0, 1)


@pytest.mark.parametrize(("read", "left"), [(timedelta(days=179), 1), (timedelta(days=180), 0), (None, 1)])
def test_what_was_read_half_a_year_ago_goes(read, left):
    me, now = makers.make_account(), timezone.now()
    telling.tell([me.pk], "名单已经导入", now=now - timedelta(days=400))
    if read:
        telling.take_as_read(me, now=now - read)
    sweep.sweep(now)
    assert Notice.objects.count() == left
