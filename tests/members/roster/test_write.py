"""What an import writes: people, 团籍, ledger, posts, audit; and what it leaves alone."""

from datetime import date

import pytest

from accounts.models import Account
from members.models import Act, BatchState, ImportBatch, Membership, RowVerdict
from members.roster import batch as batches
from members.roster import shell
from orgs.models import Post
from orgs.scope import of_command
from tests import makers
from tests.members.roster.test_killed import ROSTER
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def imported(branch) -> ImportBatch:
    """The class of 30 in the branch."""
    batch, _ = shell.import_file(branch, ROSTER.name, ROSTER.read_bytes())
    return batch


def imported_with_updates(branch) -> ImportBatch:
    """The same, with every update ticked."""
    actor = of_command("tests", branch)
    batch = batches.create(branch, ROSTER.name, ROSTER.read_bytes(), actor=actor)
    batches.work(batch.pk)
    batch.refresh_from_db()
    ticks = set(batch.rows.filter(verdict=RowVerdict.UPDATE).values_list("number", flat=True))
    batches.confirm(batch, actor=actor, ticks=ticks)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    return batch


def secretary(branch) -> Post:
    return Post.objects.get(organization=branch, title="书记", ended_at=None)


def test_every_person_gets_account_membership_ledger_and_audit_row(country):
    batch = imported(country.class1)
    assert Account.objects.count() == country.class1.members.count() == 30
    ledger = Membership.objects.filter(batch_id=batch.pk, begun_by=Act.IMPORT, branch=country.class1)
    assert ledger.count() == 30
    told = AuditEntry.objects.filter(verb="members.enrolled", organization_id=country.class1.pk)
    assert set(told.values_list("account_id", flat=True)) == set(ledger.values_list("account_id", flat=True))


def test_new_people_have_the_initial_password_and_no_hash(country):
    imported(country.class1)
    assert set(Account.objects.values_list("sign_in_state", "password")) == {("initial", "")}


def test_what_was_written_reads_back_as_it_was_typed(country):
    imported(country.class1)
    account = Account.objects.get_by_natural_key("370399200703258322")
    assert (account.name, account.phone, account.education) == ("华桂珍", "18316042182", "本科（在读）")
    assert (account.member.joined, account.member.number) == (date(2022, 5, 1), "202265000001")
    assert account.member.branch_path == country.class1.path


def test_cadres_get_their_posts(country):
    imported(country.class1)
    post = secretary(country.class1)
    assert (post.account.name, post.since, post.nature) == ("华桂珍", date(2023, 9, 1), "兼职")
    assert Post.objects.filter(organization=country.class1).count() == 3


def test_the_same_file_again_changes_nothing(country):
    imported(country.class1)
    again = imported(country.class1)
    assert (again.counts["same"], again.counts["total"]) == (30, 30)
    assert Membership.objects.count() == 30


def test_an_account_that_was_there_keeps_what_it_has_and_gains_what_is_empty(country):
    known = makers.make_account("华桂珍", number="370399200703258322", phone="13900000009", education="")
    imported(country.class1)
    known.refresh_from_db()
    assert (known.phone, known.education, known.sign_in_state) == ("13900000009", "本科（在读）", "set")
    assert known.check_password(makers.PASSWORD)
    assert known.member.branch == country.class1


def test_updates_are_written_only_when_ticked(country):
    imported(country.class1)
    Account.objects.filter(name="华桂珍").update(education="高中")
    imported(country.class1)
    assert Account.objects.get(name="华桂珍").education == "高中"
    imported_with_updates(country.class1)
    assert Account.objects.get(name="华桂珍").education == "本科（在读）"


def test_a_new_title_is_a_new_post_and_keeps_the_seat(country):
    chief = makers.make_admin(country.class1, "华桂珍", title="副书记", number="370399200703258322")
    seat = country.class1.seats.get()
    imported_with_updates(country.class1)
    titles = Post.objects.filter(account=chief, organization=country.class1).order_by("pk")
    assert [(post.title, post.ended_at is None) for post in titles] == [("副书记", False), ("书记", True)]
    seat.refresh_from_db()
    assert seat.post == secretary(country.class1)
