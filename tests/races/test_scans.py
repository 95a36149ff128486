"""Scans and lists of lost 团员证 against what meets them."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from members.documents import keeping, reissuing, uploading
from members.documents.rules import Kept
from members.models import Member, Paper, PaperKind, Reissue, Scan
from orgs import petitions, scope
from orgs.models import Petition
from tests import interleave, makers

from .world import quick_and_full, told, world

pytestmark = pytest.mark.django_db(transaction=True)
HERE = Kept("present", "学籍档案", date(2024, 9, 1))
RAW = b"%PDF-1.7 %%EOF"


def with_a_member():
    """A member of the first class, and the scopes of the class and of what is above."""
    here = world()
    here.head = scope.scope_of(makers.make_admin(here.branch, "班长甲"))
    here.superior = scope.of_command("tests", here.one)
    found = Member.objects.filter(branch=here.branch).select_related("account", "branch__parent")
    here.member = found.order_by("pk").first()
    return here


def asked():
    """A scan waits for the college."""
    here = with_a_member()
    here.scan = uploading.upload(here.member, ContentFile(RAW, "a.pdf"), actor=here.head)
    return here


def lost():
    """The 团员证 alone is missing."""
    here = with_a_member()
    lose(here)
    return here


def upload(here):
    return uploading.upload(here.member, ContentFile(RAW, "a.pdf"), actor=here.head)


def upload_from_above(here):
    return uploading.upload(here.member, ContentFile(RAW, "a.pdf"), actor=here.superior)


def approve(here):
    return petitions.approve(Petition.objects.get(pk=here.scan.petition_id), actor=here.superior)


def lose(here):
    papers = dict.fromkeys(PaperKind.values, HERE) | {"card": Kept("missing")}
    keeping.keep(here.member, papers, actor=here.head)
    return True


def find(here):
    keeping.keep(here.member, {"card": HERE}, actor=here.head)
    return True


def gather(here):
    return reissuing.gather(actor=here.actor)


@quick_and_full
def test_two_uploads_leave_one_request(step):
    def one_waits(here, one, two):
        told(one, two)
        assert Scan.objects.filter(account=here.member.account).count() == 1
        assert [one.succeeded, two.succeeded].count(True) == 1

    interleave.every_meeting(with_a_member, upload, upload, one_waits, step=step)


@quick_and_full
def test_of_two_that_hold_the_last_one_stays(step):
    def one_holds(here, one, two):
        told(one, two)
        assert one.succeeded
        assert two.succeeded
        scans = Scan.objects.filter(account=here.member.account)
        assert scans.exclude(approved_at=None).count() == 1

    interleave.every_meeting(asked, approve, upload_from_above, one_holds, step=step)


@quick_and_full
def test_a_card_found_while_the_list_is_gathered(step):
    def agree(here, one, two):
        told(one, two)
        card = Paper.objects.get(account=here.member.account, kind="card")
        assert card.state == "present"
        rows = Reissue.objects.filter(account=here.member.account)
        assert rows.filter(state="gathered").count() == int(one.succeeded)
        assert not rows.filter(state="waiting").exists()

    interleave.every_meeting(lost, gather, find, agree, step=step)


@quick_and_full
def test_lost_twice_at_once_it_is_listed_once(step):
    def once(here, one, two):
        told(one, two)
        assert Reissue.objects.filter(account=here.member.account).count() == 1

    interleave.every_meeting(with_a_member, lose, lose, once, step=step)
