"""Entering somebody again by roster, as a cadre and by application obeys the same rule as entry by hand."""

import pytest
from django.utils import timezone

from accounts.models import Account
from members.cadres import entry as cadres
from members.models import RemovalReason
from members.removal import verbs
from members.removal.rules import Given
from members.roster import batch as batches
from members.rules import NUMBER
from orgs.posts import Office
from orgs.scope import scope_of
from tests import makers
from tests.members.roster import sheets
from tests.members.roster.test_check import checked, person
from zhtj.lib.verdict import Refused

from .conftest import MISTAKE

pytestmark = pytest.mark.django_db
EXPELLED = Given(RemovalReason.EXPELLED, "校团发〔2026〕3号")


def account_of(removal):
    """As a roster finds it: without a 团籍."""
    return Account.objects.get(pk=removal.account_id)


def causes(finding):
    return [(each.column, each.cause) for each in finding.problems]


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("class1_admin", [(NUMBER, "reenter")]),
        ("college_admin", []),
        ("university_admin", [(NUMBER, "reenter")]),
    ],
)
def test_a_row_about_somebody_expelled_is_an_error_but_for_the_direct_superior(
    cast, country, college, who, found
):
    removal = verbs.remove(cast.classmate, EXPELLED, actor=college)
    row = person(account=account_of(removal), league_number="202065000077")
    (finding,) = checked(country.class1, row, actor=scope_of(getattr(cast, who)))
    assert causes(finding) == found


def test_the_error_names_whom_to_ask_and_no_reason(cast, country, branch, college):
    removal = verbs.remove(cast.classmate, EXPELLED, actor=college)
    row = person(account=account_of(removal), league_number="202065000077")
    (finding,) = checked(country.class1, row, actor=branch)
    said = finding.problems[0].message
    assert f"请联系“{country.college.full_name}”的管理员核实后录入" in said
    assert "开除" not in said


def test_the_queries_of_a_roster_do_not_grow_with_those_removed(
    cast, country, college, django_assert_num_queries
):
    people = [makers.make_member(country.class1, f"某{chr(0x4E00 + at)}") for at in range(4)]
    rows = [
        person(account=account_of(verbs.remove(each, MISTAKE, actor=college)), league_number="")
        for each in people
    ]
    with django_assert_num_queries(6):  # once for all rosters: what the importer's superior is
        checked(country.class1, rows[0], actor=college)
    with django_assert_num_queries(5):
        checked(country.class1, *rows, actor=college)


def test_an_import_opens_the_account_without_its_initial_password(cast, country, college):
    member = makers.make_member(country.class1, "未登录", password=None)
    verbs.remove(member, MISTAKE, actor=college)
    account = account_of(member)
    raw = sheets.roster(sheets.person(account.name, 身份证号码=account.id_number))
    batch = batches.create(country.class1, "名单.xlsx", raw, actor=college)
    batches.work(batch.pk)
    batch.refresh_from_db()
    batches.confirm(batch, actor=college)
    batches.work(batch.pk)
    account.refresh_from_db()
    assert (account.closed_at, account.sign_in_state) == (None, "none")
    assert account.member.branch == country.class1


def test_a_cadre_who_was_expelled_is_entered_by_the_superior_only(cast, country, college):
    removal = verbs.remove(cast.classmate, EXPELLED, actor=college)
    account = account_of(removal)
    given = cadres.Entered(
        number=account.id_number, name=account.name, phone="13800000001", office=Office(title="干事")
    )
    with pytest.raises(Refused) as caught:
        cadres.enter(country.college, given, actor=college, now=timezone.now())
    assert caught.value.verdict.cause == "reenter"
    above = scope_of(cast.university_admin)
    assert cadres.enter(country.college, given, actor=above, now=timezone.now()).account == account
