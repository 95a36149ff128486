"""Cadres without 团籍 are entered and edited; whoever is registered is led to the right act."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Account
from members.cadres import entry
from members.models import Member
from orgs import scope
from orgs.models import Post
from orgs.posts import Office
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db
OFFICE = Office(title="委员", since=date(2024, 9, 1), nature="兼职", in_party_committee=False)
PROFILE = {"ethnicity": "汉族", "political_status": "中共党员", "education": "硕士", "league_joined": None}
GROWN = date(1985, 3, 8)


def typed(number: str = "", name: str = "新干部", office: Office = OFFICE) -> entry.Entered:
    return entry.Entered(
        number=number or makers.number_of(GROWN),
        name=name,
        phone="13900000001",
        office=office,
        profile=PROFILE,
    )


def enter(organization, person, actor):
    return entry.enter(organization, person, actor=scope.scope_of(actor), now=timezone.now())


def refusal(verb, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        verb(*args, **kwargs)
    return caught.value.verdict.cause


def test_a_new_person_gets_an_account_with_the_initial_password_and_the_post(cast, country):
    post = enter(country.college, typed(), cast.college_admin)
    account = Account.objects.get(pk=post.account_id)
    assert (account.sign_in_state, account.phone, account.education, post.title) == (
        "initial",
        "13900000001",
        "硕士",
        "委员",
    )
    assert Member.objects.filter(account=account).count() == 0


def test_an_account_without_belonging_is_filled_and_keeps_its_password(cast, country):
    number, password = cast.outsider.id_number, cast.outsider.password
    post = enter(country.college, typed(number, "外来人"), cast.college_admin)
    account = Account.objects.get(pk=cast.outsider.pk)
    assert (post.account_id, account.password, account.education) == (account.pk, password, "本科（在读）")


def test_another_name_for_a_known_number_is_a_conflict(cast, country):
    person = typed(cast.outsider.id_number, "外地人")
    assert refusal(enter, country.college, person, cast.college_admin) == "conflict"


@pytest.mark.parametrize(
    ("who", "place", "cause"),
    [
        ("member", "class1", "registered_member"),
        ("worker", "class1", "registered_transfer"),
        ("worker", "college", "registered_invite"),
        ("member", "college", "registered_invite"),
    ],
)
def test_the_registered_are_led_on_by_where_they_are(cast, country, who, place, cause):
    account = getattr(cast, who).account
    admin = getattr(cast, f"{place}_admin")
    assert refusal(enter, getattr(country, place), typed(account.id_number, account.name), admin) == cause


def test_a_cadre_of_the_organisation_is_led_to_the_change_of_administrators(cast, country):
    makers.make_post(cast.outsider, country.college, "委员")
    person = typed(cast.outsider.id_number, "外来人")
    assert refusal(enter, country.college, person, cast.college_admin) == "cadre"


def test_a_branch_takes_only_the_grown_without_belonging(cast, country):
    young = typed(makers.number_of(date(2006, 1, 1)), office=Office(title="组织委员"))
    assert refusal(enter, country.class1, young, cast.class1_admin) == "young"
    post = enter(country.class1, typed(office=Office(title="组织委员")), cast.class1_admin)
    assert post.organization_id == country.class1.pk


def test_a_refused_post_leaves_no_account(cast, country):
    person = typed(office=Office(title="书记"))
    assert refusal(enter, country.college, person, cast.college_admin) == "secretary"
    assert Account.objects.with_number(person.number).count() == 0


def test_only_the_own_level_and_the_direct_superior_enter(cast, country):
    assert refusal(enter, country.college, typed(), cast.corps_admin) == "not_superior"


def test_particulars_and_data_are_edited_together(cast, country):
    post = enter(country.college, typed(), cast.college_admin)
    changed = entry.amend(
        post,
        Office(title="副书记", since=date(2026, 9, 1), nature="专职", in_party_committee=True),
        profile={**PROFILE, "education": "博士", "league_joined": date(2001, 5, 1)},
        phone="13900000002",
        actor=scope.scope_of(cast.college_admin),
        now=timezone.now(),
    )
    account = Account.objects.get(pk=post.account_id)
    assert (changed.title, account.education, account.league_joined, account.phone) == (
        "副书记",
        "博士",
        date(2001, 5, 1),
        "13900000002",
    )
    row = AuditEntry.objects.get(verb="members.cadre_amended")
    assert row.detail["fields"] == ["education", "joined", "phone"]


def test_a_members_data_is_not_edited_here(cast, country):
    post = makers.make_post(cast.member.account, country.class1, "组织委员")
    actor = scope.scope_of(cast.class1_admin)
    office = Office(title="组织委员")
    facts = {"profile": PROFILE, "phone": "", "actor": actor, "now": timezone.now()}
    assert refusal(entry.amend, post, office, **facts) == "member"


def test_a_reveal_writes_the_row_the_person_sees(cast, country):
    post = makers.make_post(cast.outsider, country.college, "委员")
    full = entry.reveal(post, "id", reason="核对", actor=scope.scope_of(cast.corps_admin))
    row = AuditEntry.objects.get(verb="members.reveal_id")
    assert (full, row.account_id, row.detail["reason"]) == (cast.outsider.id_number, cast.outsider.pk, "核对")


def test_nobody_reveals_a_cadre_out_of_scope(cast, country):
    post = Post.objects.get(account=cast.college_admin)
    actor = scope.scope_of(cast.zibo_admin)
    assert refusal(entry.reveal, post, "id", reason="看看", actor=actor) == "out_of_scope"
