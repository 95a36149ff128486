"""What runs by itself and how often; `manage.py schedules` writes it into the worker's table."""

from __future__ import annotations

from dataclasses import dataclass

from django_q.models import Schedule


@dataclass(frozen=True, slots=True)
class Routine:
    """A function the worker calls: `call` is its dotted path, `every` the minutes between two calls."""

    name: str
    call: str
    every: int


ROUTINES = (
    Routine("续办中断的导入", "members.roster.batch.resume", 1),
    Routine("清理过期的导入名单", "members.roster.batch.purge", 60),
    Routine("清理过期的对账名单", "members.matching.verbs.purge", 60),
    Routine("封存操作记录", "zhtj.audit.seal.seal_all", 1),
    Routine("清理过期的验证码、计数和登录", "accounts.sweep.sweep", 60),
    Routine("续办组织更名", "orgs.jobs.run_waiting", 1),
)


def install() -> None:
    """Make the worker's table hold exactly these routines; others of an older version are removed."""
    for routine in ROUTINES:
        Schedule.objects.update_or_create(
            name=routine.name,
            defaults={
                "func": routine.call,
                "schedule_type": Schedule.MINUTES,
                "minutes": routine.every,
                "repeats": -1,
            },
        )
    Schedule.objects.exclude(name__in=[routine.name for routine in ROUTINES]).delete()
