"""What runs by itself and how often; `manage.py schedules` writes it into the worker's table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django_q.models import Schedule


@dataclass(frozen=True, slots=True)
class Routine:
    """A function the worker calls: `call` is its dotted path, `every` the minutes between two calls.

    One that is to run at night begins at the full `hour` in local time.
    """

    name: str
    call: str
    every: int
    hour: int | None = None

    def begins(self, now: datetime) -> datetime:
        """The first call of a routine that was not there before."""
        if self.hour is None:
            return now
        today = timezone.localtime(now).replace(hour=self.hour, minute=0, second=0, microsecond=0)
        return today if today > now else today + timedelta(days=1)


ROUTINES = (
    Routine("续办中断的导入", "members.roster.batch.resume", 1),
    Routine("清理过期的导入名单", "members.roster.batch.purge", 60),
    Routine("清理过期的对账名单", "members.matching.verbs.purge", 60),
    Routine("清除办结已久的注册申请的内容", "members.applications.purge.purge", 60),
    Routine("封存操作记录", "zhtj.audit.seal.seal_all", 1),
    Routine("清理过期的验证码、计数和登录", "accounts.sweep.sweep", 60),
    Routine("续办组织更名", "orgs.jobs.run_waiting", 1),
    Routine("标记超龄团员", "members.removal.overage.mark_all", 24 * 60, hour=2),
    Routine("清理未通过的扫描件", "members.documents.scans.sweep", 24 * 60, hour=3),
    Routine("清理过期的转接名单", "transfers.bulk.lists.purge", 60),
    Routine("清理过期的录取名单", "transfers.freshmen.admissions.purge", 24 * 60, hour=3),
    Routine("变更毕业生团支部", "transfers.graduates.leaving.turn_all", 24 * 60, hour=1),
    Routine("转接的提醒和失效", "transfers.clock.tick", 60),
    Routine("汇总统计数字", "members.figures.rollups.refresh_daily", 20),
)


def install() -> None:
    """Make the worker's table hold exactly these routines; others of an older version are removed."""
    now = timezone.now()
    for routine in ROUTINES:
        facts = {
            "func": routine.call,
            "schedule_type": Schedule.MINUTES,
            "minutes": routine.every,
            "repeats": -1,
        }
        Schedule.objects.update_or_create(
            name=routine.name,
            defaults=facts,
            create_defaults=facts | {"next_run": routine.begins(now)},
        )
    Schedule.objects.exclude(name__in=[routine.name for routine in ROUTINES]).delete()
