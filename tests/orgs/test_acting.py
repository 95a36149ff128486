"""Who decides for whom while an organisation has no administrator: predicate and query say the same."""

from orgs import rules, scope
from orgs.models import Organization


def decided_by(account) -> set[str]:
    actor = scope.scope_of(account)
    found = Organization.objects.filter(actor.acting_q())
    assert set(found) == {each for each in Organization.objects.all() if rules.acts_for(actor, each)}
    return {each.short_name for each in found}


def test_everybody_decides_for_the_own_organisation_and_the_vacant_ones_below(cast, country):
    assert decided_by(cast.centre_admin) == {"团中央", "团山东省委"}
    assert decided_by(cast.college_admin) == {"石河子大学医学院团委", "2019级新生临时团支部"}
    assert decided_by(cast.class1_admin) == {"2023级1班团支部"}
    assert decided_by(cast.zibo_admin) == {"团淄博市委", "淄博机械公司团委"}


def test_somebody_without_a_seat_decides_nowhere(cast, country):
    assert decided_by(cast.outsider) == set()
