"""manage.py import_roster: both kinds of rosters, and what needs a column mapped."""

import json

import pytest
from django.core.management import CommandError, call_command

from members.models import BatchState, HeaderName, ImportBatch, Member
from members.roster.cadres import COLUMNS as CADRE_COLUMNS
from members.rules import COLUMNS, NUMBER
from orgs.models import Post
from tests.members.roster.sheets import person, roster

OWN = tuple("本人代码" if each == NUMBER else each for each in COLUMNS)
CADRE = {"团内职务": "干事", "任现职年月": "2023-09", "团干部性质": "兼职", "是否同级党委（支部）成员": "否"}


@pytest.fixture
def run(tmp_path, capsys):
    """`run(raw, organization, *flags)`: what the command prints, as JSON."""

    def run(raw, organization, *flags):
        path = tmp_path / "名单.xlsx"
        path.write_bytes(raw)
        call_command("import_roster", str(path), "--org", organization.full_name, "--json", *flags)
        return json.loads(capsys.readouterr().out)

    return run


def own(*people):
    """A roster whose numbers stand under 本人代码."""
    return roster(*({**each, "本人代码": each[NUMBER]} for each in people), columns=OWN)


def test_members_are_imported(run, cast, country):
    said = run(roster(person("赵新生"), person(身份证号码="1")), country.class1)
    assert said["counts"] == {"ok": 1, "skip": 0, "error": 1, "total": 2, "written": 1}
    assert Member.objects.filter(account__name="赵新生", branch=country.class1).count() == 1


def test_checking_writes_nothing(run, cast, country):
    said = run(roster(person()), country.class1, "--check")
    assert said["counts"] == {"ok": 1, "skip": 0, "error": 0, "total": 1}
    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize("flags", [["--cadres", "--check"], ["--cadres"]])
def test_cadres_of_the_organisation_itself_are_imported_too(run, cast, country, flags):
    raw = roster(person("钱干事", **CADRE), columns=CADRE_COLUMNS, sheet="本级团干部")
    said = run(raw, country.college, *flags)
    assert (said["counts"]["ok"], [row["message"] for row in said["rows"] if row["errors"]]) == (1, [])
    written = Post.objects.filter(account__name="钱干事", organization=country.college).count()
    assert written == ("--check" not in flags)


@pytest.mark.parametrize("flags", [["--check"], []])
def test_columns_to_be_mapped_are_named(run, cast, country, flags):
    with pytest.raises(CommandError) as refused:
        run(own(person()), country.class1, *flags)
    assert "没有认出“身份证号码”列。没有认出的列：“本人代码”（B列）。" in str(refused.value)
    assert list(ImportBatch.objects.values_list("state", flat=True)) == (
        [] if flags else [BatchState.REJECTED]
    )


def test_remembered_columns_are_read(run, cast, country):
    HeaderName.objects.create(
        organization=country.class1, header="本人代码", column=NUMBER, set_by_name="班一丽"
    )
    assert run(own(person()), country.class1, "--check")["counts"]["ok"] == 1
