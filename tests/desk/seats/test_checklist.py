"""The 交接清单 counts what is open now."""

from datetime import timedelta

import pytest
from django.utils import timezone

import orgs.kinds  # noqa: F401 - makes the kinds known
from members.models import BatchState, ImportBatch
from orgs import administrators, scope
from regcodes import codes
from tests import makers
from zhtj.desk.seats.checklist import checklist, is_last_member

pytestmark = pytest.mark.django_db


def counts(organization, **shift) -> dict[str, int]:
    now = timezone.now() + timedelta(**shift)
    return {item.label: item.count for item in checklist(organization, now=now)}


def test_a_quiet_organisation_has_nothing_but_its_vacancies(cast, country):
    assert counts(country.college) == {
        "等本组织办理的申请": 0,
        "本组织发起、还没有办结的申请": 0,
        "没有完成的导入": 0,
        "发给下级、还有效的管理员注册码": 0,
        "没有管理员的直属下级组织": 1,
        "资料不完整的团干部": 0,
    }


def test_petitions_are_counted_on_both_sides(cast, country):
    makers.make_post(cast.outsider, country.class1, "组织委员")
    administrators.change(country.class1, successor=cast.outsider, actor=scope.scope_of(cast.class1_admin))
    assert counts(country.college)["等本组织办理的申请"] == 1
    assert counts(country.class1)["本组织发起、还没有办结的申请"] == 1


def test_codes_count_until_they_expire(cast, country):
    codes.issue(country.freshmen, actor=scope.scope_of(cast.college_admin))
    label = "发给下级、还有效的管理员注册码"
    assert (counts(country.college)[label], counts(country.college, days=22)[label]) == (1, 0)


@pytest.mark.parametrize(("state", "count"), [(BatchState.PLANNED, 1), (BatchState.DONE, 0)])
def test_an_import_counts_until_it_is_finished(cast, country, state, count):
    ImportBatch.objects.create(
        organization=country.class1, state=state, file_name="名单.xlsx", file_size=1, file_index=b"1"
    )
    assert counts(country.class1)["没有完成的导入"] == count


def test_members_without_required_data_are_counted(cast, country):
    makers.make_member(country.class1, "缺学历", education="")
    assert counts(country.class1)["资料不完整的团员"] == 1


def test_who_is_all_that_is_left_of_a_branch(cast, country):
    assert is_last_member(country.class2, cast.class2_admin)
    assert not is_last_member(country.class1, cast.class1_admin)
    assert not is_last_member(country.college, cast.college_admin)
