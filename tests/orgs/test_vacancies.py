"""Which organisations nobody administers, as seen by whoever acts for them."""

import pytest

from orgs import rules, scope, vacancies
from orgs.enums import Category
from orgs.models import Organization
from tests import makers


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("centre_admin", ["团山东省委"]),
        ("college_admin", ["2019级新生临时团支部"]),
        ("zibo_admin", ["淄博机械公司团委"]),
        ("class1_admin", []),
        ("outsider", []),
    ],
)
def test_the_nearest_administrator_above_sees_what_is_vacant(cast, country, who, names):
    actor = scope.scope_of(getattr(cast, who))
    assert [each.short_name for each in vacancies.without_administrator(actor)] == names


def test_it_is_what_the_scope_acts_for_but_its_own(cast, country):
    makers.make_org(country.freshmen.parent, "空总支团总支", Category.GENERAL_BRANCH)
    makers.make_org(Organization.objects.get(short_name="空总支团总支"), "空团支部")
    for who in vars(cast).values():
        actor = scope.scope_of(getattr(who, "account", who))
        expected = {
            each
            for each in Organization.objects.all()
            if rules.acts_for(actor, each) and not actor.is_own(each)
        }
        assert set(vacancies.without_administrator(actor)) == expected


def test_a_pending_branch_is_no_vacancy(cast, country):
    makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    actor = scope.scope_of(cast.college_admin)
    assert vacancies.without_administrator(actor).count() == 1
