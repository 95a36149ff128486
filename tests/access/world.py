"""Who asks and what is asked for: the cast with one thing of every kind in every place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from accounts.models import Account
from members.applications import applying
from members.applications.content import Content
from members.documents import uploading
from members.matching import verbs as matching
from members.matching.reading import Line
from members.merging import joining
from members.merging.rules import Choice
from members.models import (
    Application,
    ApplicationKind,
    BatchState,
    HeaderName,
    ImportBatch,
    Member,
    RowVerdict,
)
from members.removal import verbs as removals
from members.removal.rules import Given
from members.requests import correction, profile
from members.roster import plan
from members.roster.check import Candidate, Finding
from members.rules import NAME, Person, required
from orgs import administrators, relocation
from orgs.enums import Category
from orgs.models import Organization, Post, TreeJob
from orgs.scope import Scope, nobody, of_command, scope_of
from regcodes import codes
from tests import makers
from tests.access.letters import letters
from tests.cast import gather_cast, plant_country
from transfers import opening, workflow
from transfers.bulk import lists as people_lists
from transfers.bulk import plan as plan_of_many
from transfers.bulk import sending
from transfers.bulk.lists import Common, Purpose
from transfers.enums import Act as TransferAct
from zhtj.desk import closing

MISSING = 999_999_999
# Roles by their relation to 石河子大学医学院团委 and its classes.
ROLES = ("visitor", "member", "branch", "committee", "province", "unrelated")
PLACES = ("centre", "corps", "university", "college", "class1", "class2", "freshmen", "zibo", "workshop")


@dataclass
class World:
    """The cast, a deleted branch, and by kind what stands in each place (`targets["member"]["class1"]`)."""

    country: SimpleNamespace
    cast: SimpleNamespace
    deleted: Organization
    targets: dict[str, dict[str, tuple[Any, ...]]] = field(default_factory=dict)

    def person(self, role: str) -> Account | None:
        """Who acts in a role; nobody for a visitor."""
        people = {
            "member": self.cast.member.account,
            "branch": self.cast.class1_admin,
            "committee": self.cast.college_admin,
            "province": self.cast.corps_admin,
            "unrelated": self.cast.zibo_admin,
        }
        return people.get(role)

    def client(self, role: str) -> Client:
        """A browser in which that person is signed in."""
        client = Client()
        person = self.person(role)
        if person:
            client.force_login(person)
        return client

    def scope(self, role: str) -> Scope:
        """Where the role acts."""
        person = self.person(role)
        return scope_of(person) if person else nobody()


def build() -> World:
    """Make everything, once for all rows."""
    country = plant_country()
    cast = gather_cast(country)
    deleted = makers.make_org(country.college, "已删除团支部")
    Organization.objects.filter(pk=deleted.pk).update(deleted_at=timezone.now())
    world = World(country, cast, deleted)
    places = {place: getattr(country, place) for place in PLACES}
    world.targets["org"] = {
        **{place: (each.pk,) for place, each in places.items()},
        "deleted": (deleted.pk,),
        "missing": (MISSING,),
    }
    world.targets["member"] = {
        "class1": (cast.classmate.pk,),
        "class2": (Member.objects.get(account=cast.class2_admin).pk,),
        "workshop": (cast.worker.pk,),
        "missing": (MISSING,),
    }
    world.targets["person"] = {
        "corps": (cast.corps_admin.pk,),
        "university": (cast.university_admin.pk,),
        "college": (cast.college_admin.pk,),
        "class1": (cast.classmate.account_id,),
        "class2": (cast.class2_admin.pk,),
        "workshop": (cast.worker.account_id,),
        "nowhere": (cast.outsider.pk,),
        "missing": (MISSING,),
    }
    admins = ("corps", "university", "college", "class1", "class2", "zibo", "workshop")
    world.targets["seat"] = {
        **{place: (places[place].pk, getattr(cast, f"{place}_admin").pk) for place in admins},
        "deleted": (deleted.pk, cast.college_admin.pk),
        "missing": (MISSING, MISSING),
    }
    _papers(world)
    return world


def _papers(world: World) -> None:
    """Posts, petitions, imports and codes in several places."""
    country, cast = world.country, world.cast
    deputies = {
        "class1": makers.make_post(cast.classmate.account, country.class1, "组织委员"),
        "workshop": makers.make_post(cast.worker.account, country.workshop, "组织委员"),
    }
    seated = ("corps", "university", "college", "class2", "zibo")
    posts = {place: Post.objects.get(account=getattr(cast, f"{place}_admin")) for place in seated} | deputies
    world.targets["post"] = {place: (post.pk,) for place, post in posts.items()} | {"missing": (MISSING,)}
    asked = {
        place: administrators.change(
            getattr(country, place),
            successor=post.account,
            actor=scope_of(getattr(cast, f"{place}_admin")),
        )
        for place, post in deputies.items()
    }
    world.targets["petition"] = {place: (each.pk,) for place, each in asked.items()} | {"missing": (MISSING,)}
    batches = {
        place: _plan(getattr(country, place), getattr(cast, f"{place}_admin"))
        for place in ("class1", "college", "workshop")
    }
    world.targets["batch"] = {place: (each.pk,) for place, each in batches.items()} | {"missing": (MISSING,)}
    lists = {
        place: matching.keep(
            getattr(country, place),
            [Line(1, "张三", "")],
            source="名单.xlsx",
            actor=scope_of(getattr(cast, f"{place}_admin")),
        )
        for place in ("class1", "college", "workshop")
    }
    world.targets["matching"] = {place: (each.pk,) for place, each in lists.items()} | {"missing": (MISSING,)}
    named = {
        place: HeaderName.objects.create(
            organization=getattr(country, place), header="兴趣", column="", set_by_name="某人"
        )
        for place in batches
    }
    world.targets["header"] = {place: (each.pk,) for place, each in named.items()} | {"missing": (MISSING,)}
    _transfers(world)
    _stores(world)
    letters(world)
    world.targets["pair"] = {"missing": (MISSING, MISSING)}
    world.targets["merger"] = {"missing": (MISSING,)}
    for place in ("class1", "class2", "workshop"):
        twins = [makers.make_member(getattr(country, place), f"双生{place}").account for _ in range(4)]
        world.targets["pair"][place] = (twins[0].pk, twins[1].pk)
        merger = joining.join(
            Choice(twins[2].pk, twins[3].pk, twins[2].pk),
            petition=None,
            actor=makers.SYSTEM,
            now=timezone.now(),
        )
        world.targets["merger"][place] = (merger.pk,)
    faulty = {place: _faulty_row(each) for place, each in batches.items()}
    world.targets["row"] = faulty | {"missing": (MISSING, 2)}
    _removals(world)
    _scans(world)
    applied = {place: _application(getattr(country, place)) for place in ("class1", "class2", "workshop")}
    world.targets["application"] = {place: (each.pk,) for place, each in applied.items()} | {
        "missing": (MISSING,)
    }
    for place in ("class1", "class2", "freshmen"):
        codes.issue(getattr(country, place), actor=scope_of(cast.college_admin))
    codes.issue(country.university, actor=scope_of(cast.corps_admin))
    _changes_of_the_tree(world)
    _requests(world)


def _requests(world: World) -> None:
    """Changes and corrections of their own data that two members have asked for."""
    people = {"class1": world.cast.classmate.account, "workshop": world.cast.worker.account}
    changes = {
        place: profile.ask(each, {"phone": "13900000077"}, actor=scope_of(each))
        for place, each in people.items()
    }
    corrections = {
        place: correction.ask(
            each,
            "number",
            old={"masked": each.masked_id},
            new={"number": makers.number_of(serial=900 + at)},
            remark="登记错了",
            actor=scope_of(each),
        )
        for at, (place, each) in enumerate(people.items())
    }
    for kind, found in (("change", changes), ("correction", corrections)):
        world.targets[kind] = {place: (each.pk,) for place, each in found.items()} | {"missing": (MISSING,)}


def _scans(world: World) -> None:
    """A scan of a member of each of two branches, uploaded by the superior and so valid at once."""
    made = {}
    for place, member in (("class1", world.cast.classmate), ("workshop", world.cast.worker)):
        actor = of_command("tests", getattr(world.country, place).parent)
        file = ContentFile(b"%PDF-1.4 %%EOF", "a.pdf")
        made[place] = uploading.upload(member, file, actor=actor)
    world.targets["scan"] = {place: (each.pk,) for place, each in made.items()} | {"missing": (MISSING,)}


def _removals(world: World) -> None:
    """A member of each of two branches, removed by the superior."""
    made = {}
    for place, name in (("class1", "已移除甲"), ("workshop", "已移除乙")):
        branch = getattr(world.country, place)
        actor = of_command("tests", branch.parent)
        made[place] = removals.remove(makers.make_member(branch, name), Given("误录入"), actor=actor)
    world.targets["removal"] = {place: (each.pk,) for place, each in made.items()} | {"missing": (MISSING,)}


def _transfers(world: World) -> None:
    """A case that waits for class 1, one that waits for a class of the college to be chosen, one of another province."""
    country, cast = world.country, world.cast
    night = makers.make_org(country.company, "夜班团支部")
    literature = makers.make_org(country.university, "文学院团委", Category.COMMITTEE)
    movers = {
        "class1": (cast.classmate, country.class2),
        "workshop": (cast.worker, night),
        "class2": (makers.make_member(country.class2, "将离校"), literature),
    }
    world.targets["transfer"] = {"missing": (MISSING,)}
    for place, (member, target) in movers.items():
        actor = scope_of(member.account)
        wish = opening.Wish(reason="其他", target=target)
        case = workflow.start(opening.build(member, wish, actor=actor), actor=actor)
        world.targets["transfer"][place] = (case.pk,)
    returned = makers.make_member(country.class1, "被退回")
    actor = scope_of(returned.account)
    case = workflow.start(
        opening.build(returned, opening.Wish("其他", country.class2), actor=actor), actor=actor
    )
    word = workflow.Word("其他", "缺材料")
    workflow.act(case, TransferAct.RETURN, actor=scope_of(cast.class1_admin), word=word)
    world.targets["returned"] = {"class1": (case.pk,), "missing": (MISSING,)}
    _many(world)


def _many(world: World) -> None:
    """Lists of people to send and to ask after, each its maker's own, and two of class 1 sent together to class 2."""
    country, cast = world.country, world.cast
    for kind, purpose in (("people_list", Purpose.SEND), ("status_list", Purpose.STATUS)):
        made = {
            place: people_lists.keep_brought(
                [(Line(1, "张三", ""), "")],
                purpose,
                source="粘贴的名单",
                actor=scope_of(getattr(cast, f"{place}_admin")),
            )
            for place in ("class1", "college", "workshop")
        }
        world.targets[kind] = {place: (each.pk,) for place, each in made.items()} | {"missing": (MISSING,)}
    lines = {place: (*pk, 1) for place, pk in world.targets["people_list"].items()}
    world.targets["people_line"] = lines
    together = [makers.make_member(country.class1, name).account_id for name in ("同行甲", "同行乙")]
    actor, wish = scope_of(cast.class1_admin), Common(reason="其他", target=country.class2.pk)
    people = people_lists.keep_chosen(together, source="团员列表", actor=actor, wish=wish)
    stamp = plan_of_many.make(people, actor=actor, now=timezone.now()).stamp
    batch = sending.send(people, stamp=stamp, actor=actor)
    world.targets["sent_together"] = {"class1": (batch,), "missing": (UUID(int=0),)}


def _stores(world: World) -> None:
    """Somebody in the store of the 兵团, gone from class 2."""
    country, cast = world.country, world.cast
    member, actor = makers.make_member(country.class2, "参军者"), scope_of(cast.class2_admin)
    wish = opening.Wish("参军入伍或转入涉密单位", outside="secret", outside_name="某部")
    case = workflow.start(opening.build(member, wish, actor=actor), actor=actor)
    workflow.act(case, TransferAct.AGREE_IN, actor=scope_of(cast.corps_admin))
    world.targets["stored"] = {"corps": (case.stored.pk,), "missing": (MISSING,)}


def _changes_of_the_tree(world: World) -> None:
    """Two deletions, a request to move, and a rename in the background."""
    country, cast = world.country, world.cast
    gone = {
        "college": closing.close(
            makers.make_org(country.college, "已撤一团支部"), actor=world.scope("committee")
        ),
        "company": closing.close(
            makers.make_org(country.company, "已撤二团支部"), actor=world.scope("unrelated")
        ),
    }
    world.targets["closing"] = {place: (each.pk,) for place, each in gone.items()} | {"missing": (MISSING,)}
    asked = relocation.ask(country.class2, country.university, actor=scope_of(cast.class2_admin))
    world.targets["relocation"] = {"class2": (asked.pk,), "missing": (MISSING,)}
    job = TreeJob.objects.create(organization=country.college, short_name="医学部团委", total=4)
    world.targets["job"] = {"college": (job.pk,), "missing": (MISSING,)}


def _application(branch: Organization) -> Application:
    """Somebody who wants to be taken in there."""
    content = Content(
        name="想入团支部的人",
        number=makers.number_of(),
        phone="16300000078",
        ethnicity="汉族",
        political_status="共青团员",
        education="本科",
        joined=date(2015, 5, 1),
    )
    return applying.submit(branch, ApplicationKind.MEMBER, content, actor=nobody(), now=timezone.now())


def _plan(organization: Organization, importer: Account) -> ImportBatch:
    """An import that waits to be confirmed."""
    return ImportBatch.objects.create(
        organization=organization,
        importer=importer,
        state=BatchState.PLANNED,
        file_name="名单.xlsx",
        file_size=1,
        file_index=bytes(16),
        counts={"total": 0},
    )


def _faulty_row(other: ImportBatch) -> tuple[int, int]:
    """The import and number of a row to be corrected, beside another import of the same administrator."""
    batch = _plan(other.organization, other.importer)
    batch.seat_id = scope_of(other.importer).seat.pk
    batch.layout = {"header": [NAME], "columns": {NAME: 0}, "header_row": 1, "committee": False}
    batch.save()
    finding = Finding(Candidate(2, Person()), RowVerdict.ERROR, [required(NAME)])
    plan.store(batch, [(finding, [""])])
    return batch.pk, 2
