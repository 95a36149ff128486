"""Finding somebody to ask for: name and number together, the same words for every miss, and not for ever (§6.1)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import makers
from transfers import seeking
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused


def sought(name, number, seats, who="workshop_admin"):
    return seeking.find(name, number, actor=seats[who], now=timezone.now())


def test_name_and_number_find_the_member(cast, seats):
    account = cast.member.account
    assert sought("古丽努尔•买买提江", account.id_number, seats) == cast.member


def test_every_miss_is_answered_in_the_same_words(cast, seats):
    account = cast.member.account
    misses = [
        ("别的名字", account.id_number),
        ("古丽努尔", makers.number_of()),
        ("外来人", cast.outsider.id_number),
    ]
    said = set()
    for name, number in misses:
        with pytest.raises(Refused) as refusal:
            sought(name, number, seats)
        said.add(refusal.value.verdict.message)
    assert len(said) == 1


def test_a_search_is_in_the_record_found_or_not(cast, seats):
    sought(cast.member.account.name, cast.member.account.id_number, seats)
    with pytest.raises(Refused):
        sought("别人", makers.number_of(), seats)
    rows = AuditEntry.objects.filter(verb="transfers.sought").order_by("pk")
    assert list(rows.values_list("result", "account_id")) == [
        ("done", cast.member.account_id),
        ("failed", None),
    ]


def test_after_ten_misses_one_waits_but_hits_cost_nothing(cast, seats):
    for _ in range(12):
        sought(cast.member.account.name, cast.member.account.id_number, seats)
    for _ in range(10):
        with pytest.raises(Refused, match="没有找到这个"):
            sought("别人", makers.number_of(), seats)
    with pytest.raises(Refused, match="次数过多"):
        sought(cast.member.account.name, cast.member.account.id_number, seats)


def test_a_sole_administrator_is_refused_without_naming_the_branch(country, cast, client):
    """Before consent whoever asks learns nothing of where the person is (§6.1)."""
    client.force_login(cast.workshop_admin)
    data = {"name": cast.class1_admin.name, "number": cast.class1_admin.id_number, "reason": "其他"}
    page = client.post("/transfers/in/", data).content.decode()
    assert "此人是所在团支部仅有的管理员" in page
    assert country.class1.short_name not in page


@pytest.mark.parametrize(("who", "offered"), [("corps_admin", False), ("workshop_admin", True)])
def test_only_what_can_be_a_target_is_offered_to_bring_people_in(cast, sign_in, who, offered):
    client = sign_in(getattr(cast, who))
    listed, asked = (
        client.get(reverse(f"transfers:{name}")).content.decode() for name in ("list", "bring_in")
    )
    assert (reverse("transfers:bring_in") in listed, 'name="number"' in asked) == (offered, offered)
    assert ("请由下级的团支部、团委、团工委或团总支办理转入。" in asked) is not offered
