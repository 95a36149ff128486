"""Sessions end after half an hour without a request, and in any case after half a day."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from zhtj.sessions import STARTED, SessionStore, end_of


@pytest.fixture
def visitor(settings, client, db):
    """A browser with a session."""
    settings.ROOT_URLCONF = "tests.zhtj.pages"
    client.get("/count")
    return client


def minutes_left():
    return round((Session.objects.get().expire_date - timezone.now()).total_seconds() / 60)


def wind_back(minutes):
    """As if the last request had been so long ago."""
    row = Session.objects.get()
    Session.objects.update(expire_date=row.expire_date - timedelta(minutes=minutes))


def test_a_session_ends_half_an_hour_after_it_was_written(visitor):
    assert minutes_left() == 30


def test_reading_it_counts_as_use(visitor):
    wind_back(20)
    visitor.get("/read")
    assert minutes_left() == 30


def test_within_a_minute_nothing_is_written(visitor, django_assert_num_queries):
    with django_assert_num_queries(1):
        visitor.get("/read")


def test_unused_for_half_an_hour_it_is_gone(visitor):
    wind_back(31)
    assert visitor.get("/read").content == b"0"


def test_nothing_moves_the_end_past_half_a_day():
    started = int((timezone.now() - timedelta(hours=11, minutes=50)).timestamp())
    assert round((end_of(started) - timezone.now()).total_seconds() / 60) == 10


def test_keeping_alive_does_not_undo_what_another_request_wrote(visitor):
    key = Session.objects.get().session_key
    slow = SessionStore(key)
    assert slow["count"] == 1
    visitor.get("/count")
    wind_back(20)
    slow.ends -= timedelta(minutes=20)
    slow.keep_alive()
    assert SessionStore(key)["count"] == 2


def test_a_new_key_keeps_the_start(visitor):
    store = SessionStore(Session.objects.get().session_key)
    started = store[STARTED]
    store.cycle_key()
    store.save()
    assert SessionStore(store.session_key)[STARTED] == started
