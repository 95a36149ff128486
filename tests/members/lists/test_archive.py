"""按团支部导出: a workbook a branch in the roster's own format; what is whole imports back unchanged."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from accounts.models import Account
from members.lists import archive
from members.models import Export, Member, Membership, RowVerdict
from members.roster import batch as batches
from orgs.models import Post
from orgs.scope import scope_of
from tests import makers
from zhtj.audit.models import AuditEntry

WHY = {"reason": "备份"}


def files(raw: bytes) -> dict[str, bytes]:
    """The workbooks by their names."""
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        assert book.testzip() is None
        return {name: book.read(name) for name in book.namelist()}


def cells(raw: bytes) -> list[list]:
    book = load_workbook(io.BytesIO(raw))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


@pytest.fixture
def college(cast, sign_in):
    """The college's administrator, who has just signed in."""
    return sign_in(cast.college_admin)


@pytest.fixture
def filled(cast, country):
    """Two classes with people of every kind: with a complete post, with optional fields, with umlauts of Excel."""
    Post.objects.filter(organization__in=[country.class1, country.class2]).update(in_party_committee=True)
    Account.objects.filter(pk=cast.member.account_id).update(
        weibo="@古丽", qq="10001", email="g@example.com", ethnicity="维吾尔族"
    )
    makers.make_member(
        country.class2,
        "早入团",
        number=makers.number_of(date(2001, 3, 4)),
        joined=date(2015, 5, 1),
        member_number=None,
        political_status="中共预备党员",
    )
    return country


def ask(client, organization, kind="full"):
    response = client.post(f"/members/archive/{organization.pk}/{kind}/", WHY)
    assert response.status_code == 200
    return files(b"".join(response.streaming_content) if response.streaming else response.content)


class TestFiles:
    def test_one_workbook_a_branch_with_people_and_a_list_of_them(self, filled, college):
        found = ask(college, filled.college)
        assert sorted(found) == sorted(
            [f"{filled.class1.full_name}.xlsx", f"{filled.class2.full_name}.xlsx", archive.INDEX]
        )
        assert cells(found[archive.INDEX])[1] == [
            filled.class1.full_name,
            "3",
            f"{filled.class1.full_name}.xlsx",
        ]

    def test_names_are_marked_as_utf8(self, filled, college):
        response = college.post(f"/members/archive/{filled.college.pk}/full/", WHY)
        with zipfile.ZipFile(io.BytesIO(response.content)) as book:
            assert all(each.flag_bits & 0x800 for each in book.infolist())

    def test_names_are_safe_short_and_different(self):
        names = archive._Names()
        assert names.take('新疆/兵团:"一班"团支部') == "新疆_兵团__一班_团支部.xlsx"
        long = "石" * 300 + "2023级1班团支部"
        assert names.take(long).endswith("2023级1班团支部.xlsx")
        assert (len(names.take(long)) < 100, names.take(long)[-8:]) == (True, "（3）.xlsx")

    def test_masked_ones_hold_no_number(self, filled, cast, college, tripwire):
        found = ask(college, filled.college, "masked")
        whole = b"".join(found.values()) + b"".join(
            part for raw in found.values() for part in files(raw).values()
        )
        assert tripwire.secrets_in(whole.decode("utf-8", "replace")) <= {"13800000000"}
        assert cells(found[f"{filled.class1.full_name}.xlsx"])[3][1] == cast.member.account.masked_id
        assert not AuditEntry.objects.filter(verb="members.export_full").exists()

    def test_row_one_says_whose_copy_it_is(self, filled, college):
        found = ask(college, filled.college)
        assert f"编号 {Export.objects.get().pk}" in cells(found[f"{filled.class1.full_name}.xlsx"])[0][0]

    def test_everybody_whose_number_leaves_is_told(self, filled, college):
        ask(college, filled.college)
        told = AuditEntry.objects.filter(verb="members.export_full").values_list("account_id", flat=True)
        assert sorted(told) == sorted(
            Member.objects.filter(branch_path__startswith=filled.college.path).values_list(
                "account", flat=True
            )
        )

    def test_the_quota_counts(self, filled, college, settings):
        settings.FULL_NUMBER_QUOTA = 4
        response = college.post(f"/members/archive/{filled.college.pk}/full/", WHY)
        assert (response.status_code, Export.objects.count()) == (422, 0)

    def test_limits(self, filled, college, settings):
        settings.ARCHIVE_PEOPLE = 4
        assert college.post(f"/members/archive/{filled.college.pk}/masked/").status_code == 403
        assert ask(college, filled.class1, "masked")

    def test_a_subtree_of_several_levels(self, filled, cast, sign_in):
        assert len(ask(sign_in(cast.corps_admin), filled.corps)) == 3


class TestBack:
    def test_into_the_same_branches_nothing_changes(self, filled, cast, college):
        found = ask(college, filled.college)
        for branch in (filled.class1, filled.class2):
            batch = planned(branch, found[f"{branch.full_name}.xlsx"], cast.college_admin)
            assert verdicts(batch) == {RowVerdict.SAME: Member.objects.filter(branch=branch).count()}

    def test_into_an_empty_copy_everybody_is_new_and_equal(self, filled, cast, college):
        found = ask(college, filled.college)
        before = {branch.full_name: facts(branch) for branch in (filled.class1, filled.class2)}
        for branch in (filled.class1, filled.class2):
            empty(branch)
            batch = planned(branch, found[f"{branch.full_name}.xlsx"], cast.college_admin)
            assert verdicts(batch) == {RowVerdict.NEW: len(before[branch.full_name])}
            batches.confirm(batch, actor=scope_of(cast.college_admin))
            batches.work(batch.pk)
        assert {branch.full_name: facts(branch) for branch in (filled.class1, filled.class2)} == before


def planned(branch, raw, importer):
    """The roster uploaded into a branch and checked."""
    batch = batches.upload(branch, "名单.xlsx", raw, actor=scope_of(importer))
    batches.work(batch.pk)
    batch.refresh_from_db()
    return batch


def verdicts(batch) -> dict:
    found = list(batch.rows.values_list("verdict", flat=True))
    return {each: found.count(each) for each in set(found)}


def facts(branch) -> list[tuple]:
    """Everything a roster says of the people of a branch."""
    members = Member.objects.filter(branch=branch).select_related("account")
    return sorted(
        (
            each.account.name,
            each.account.id_number,
            each.account.phone,
            each.account.ethnicity,
            each.account.political_status,
            each.account.education,
            each.account.weibo,
            each.account.qq,
            each.account.email,
            each.joined,
            each.number,
            tuple(
                each.account.posts.filter(organization=branch, ended_at=None).values_list(
                    "title", "since", "nature", "in_party_committee"
                )
            ),
        )
        for each in members
    )


def empty(branch) -> None:
    """Everybody gone from the branch and from the system, as in another installation's copy of the tree."""
    people = list(Member.objects.filter(branch=branch).values_list("account", flat=True))
    branch.seats.all().delete()
    Member.objects.filter(branch=branch).delete()
    Post.objects.filter(account__in=people).delete()
    Membership.objects.filter(account__in=people).delete()
    Account.objects.filter(pk__in=people).delete()
