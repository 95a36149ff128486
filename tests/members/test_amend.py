"""Editing at once, and correcting name and ID number."""

from datetime import date

import pytest

from accounts.models import Account
from members import amend
from members.models import Member
from members.profile_form import PROFILE
from orgs.scope import scope_of
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused


def facts(member: Member, **changes):
    """What the edit form sends when only `changes` were typed."""
    account = member.account
    profile = {name: getattr(account, name) for name in PROFILE}
    profile.update({name: changes.pop(name) for name in list(changes) if name in PROFILE})
    rest = {
        "phone": account.phone,
        "joined": member.joined,
        "league_number": member.number,
        "joined_at_unit": "",
    }
    return {"profile": profile, **rest, **changes}


def test_changed_fields_are_written_and_told_in_the_log_numbers_without_values(cast):
    actor = scope_of(cast.class1_admin)
    changed = amend.amend(
        cast.member,
        actor=actor,
        **facts(cast.member, education="硕士（在读）", phone="16312345678", joined=date(2021, 12, 1)),
    )
    member = Member.objects.get(pk=cast.member.pk)
    assert changed == ["education", "joined", "phone"]
    assert (member.account.education, member.account.phone, member.joined) == (
        "硕士（在读）",
        "16312345678",
        date(2021, 12, 1),
    )
    assert AuditEntry.objects.get(verb="members.amended").detail == {
        "fields": ["education", "joined", "phone"],
        "changes": [
            ["学历", "本科（在读）", "硕士（在读）"],
            ["入团年月", "2020-05", "2021-12"],
            ["手机号码"],
        ],
    }


def test_an_unchanged_form_writes_nothing(cast):
    assert amend.amend(cast.member, actor=scope_of(cast.class1_admin), **facts(cast.member)) == []
    assert not AuditEntry.objects.filter(verb="members.amended").exists()


@pytest.mark.parametrize("who", ["university_admin", "class2_admin", "workshop_admin"])
def test_others_may_not_edit(cast, who):
    with pytest.raises(Refused):
        amend.amend(cast.member, actor=scope_of(getattr(cast, who)), **facts(cast.member, education="大专"))


def test_a_corrected_number_carries_phone_birth_date_and_sex_with_it(cast):
    number = makers.number_of(date(2006, 8, 9), serial=124)
    amend.correct(
        cast.member.account,
        name="古丽努尔·买买提",
        number=number,
        reason="名册写错",
        actor=scope_of(cast.college_admin),
    )
    account = Account.objects.get_by_natural_key(number)
    assert account.pk == cast.member.account_id
    assert (account.name, account.phone, account.birth_date, account.sex) == (
        "古丽努尔·买买提",
        "13800000001",
        date(2006, 8, 9),
        "女",
    )
    entry = AuditEntry.objects.get(verb="members.corrected")
    assert entry.detail == {"fields": ["name", "id_number"], "reason": "名册写错"}


def test_the_number_of_somebody_else_is_refused(cast):
    with pytest.raises(Refused):
        amend.correct(
            cast.member.account,
            name=cast.member.account.name,
            number=cast.worker.account.id_number,
            reason="名册写错",
            actor=scope_of(cast.college_admin),
        )


def test_the_own_branch_may_not_correct(cast):
    with pytest.raises(Refused):
        amend.correct(
            cast.member.account, name="某某", number="", reason="改名", actor=scope_of(cast.class1_admin)
        )
