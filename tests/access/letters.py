"""Letters for the matrix: of a member of class 1 and of one of the workshop, a case without one, ranges."""

from __future__ import annotations

import uuid

from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope, scope_of
from tests import makers
from transfers import opening, workflow
from transfers.letters import issuing, numbers
from transfers.letters.parties import parties
from transfers.models import Transfer

MISSING = 999_999_999
NO_BATCH = uuid.UUID(int=1)


def letters(world) -> None:
    """`letter`, `unlettered` (a case), `lettered` (cases of one act) and `range` in their places."""
    country, cast = world.country, world.cast
    literature = Organization.objects.get(parent=country.university, short_name="文学院团委")
    other = makers.make_org(country.zibo, "淄博纺织公司团委", Category.COMMITTEE)
    ways = {
        "class1": (country.class1, literature, cast.class1_admin, cast.college_admin),
        "workshop": (country.workshop, other, cast.workshop_admin, cast.zibo_admin),
    }
    for kind in ("letter", "unlettered"):
        world.targets[kind] = {"missing": (MISSING,)}
    world.targets["lettered"] = {"missing": (NO_BATCH,)}
    for place, (source, target, sender, issuer) in ways.items():
        key = uuid.uuid4()
        case = _sent(source, target, f"持信{place}", scope_of(sender), batch=key)
        to = parties(case).addressee
        letter = issuing.issue(case, addressee=to, actor=scope_of(issuer))
        world.targets["letter"][place] = (letter.pk,)
        world.targets["lettered"][place] = (key,)
        bare = _sent(source, target, f"无信{place}", scope_of(sender))
        world.targets["unlettered"][place] = (bare.pk,)
    world.targets["range"] = {
        "corps": (_given(country.corps, country.university, cast.corps_admin),),
        "zibo": (_given(country.zibo, other, cast.zibo_admin),),
        "missing": (MISSING,),
    }


def _sent(source: Organization, target: Organization, name: str, actor: Scope, **facts) -> Transfer:
    member = makers.make_member(source, name)
    wish = opening.Wish(reason="其他", target=target)
    return workflow.start(opening.build(member, wish, actor=actor, **facts), actor=actor)


def _given(register: Organization, holder: Organization, account) -> int:
    return numbers.give(register, holder, 1001, 2000, actor=scope_of(account)).pk
