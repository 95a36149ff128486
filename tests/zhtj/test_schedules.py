"""What runs by itself is written into the worker's table; nightly work begins at night."""

from datetime import datetime
from importlib import import_module

import pytest
from django.utils import timezone
from django_q.models import Schedule

from zhtj import schedules
from zhtj.schedules import ROUTINES, Routine


def moment(day, hour):
    return timezone.make_aware(datetime(2026, 11, day, hour, 30))


@pytest.mark.parametrize(
    ("hour", "now", "begins"),
    [
        (None, moment(23, 9), moment(23, 9)),
        (2, moment(23, 9), timezone.make_aware(datetime(2026, 11, 24, 2))),
        (2, moment(23, 1), timezone.make_aware(datetime(2026, 11, 23, 2))),
    ],
)
def test_the_first_call(hour, now, begins):
    assert Routine("夜间", "x", 1440, hour).begins(now) == begins


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda each: each.call)
def test_every_routine_can_be_called(routine):
    module, _, name = routine.call.rpartition(".")
    assert callable(getattr(import_module(module), name))


@pytest.mark.django_db
def test_installing_again_keeps_when_the_next_call_is_due():
    schedules.install()
    due = timezone.make_aware(datetime(2026, 11, 25, 2))
    Schedule.objects.filter(name="标记超龄团员").update(next_run=due)
    schedules.install()
    row = Schedule.objects.get(name="标记超龄团员")
    assert (row.next_run, row.minutes, Schedule.objects.count()) == (due, 1440, len(ROUTINES))
