"""The tree's own check finds what is wrong and repairs what follows from the superiors."""

import pytest
from django.core.management import CommandError, call_command

from orgs import verify
from orgs.models import Organization


def spoil(organization, **values) -> None:
    Organization.objects.filter(pk=organization.pk).update(**values)


def found() -> list[tuple[str, str]]:
    return [(fault.organization.short_name, fault.what) for fault in verify.faults()]


def test_a_sound_tree_has_no_faults(cast, country, capsys):
    assert found() == []
    call_command("verify_tree")
    assert "组织树完好，共 11 个组织" in capsys.readouterr().out


def test_a_wrong_full_name_is_found_and_repaired(country):
    spoil(country.college, full_name="石河子")
    assert found() == [("石河子大学医学院团委", "全称应为“新疆生产建设兵团石河子大学石河子大学医学院团委”")]
    assert verify.repair() == 1
    assert found() == []


def test_a_wrong_path_is_found_and_repaired_with_everything_below(country):
    spoil(country.university, path="/x/")
    assert ("石河子大学团委", "路径与上级不符") in found()
    verify.repair()
    assert found() == []


def test_a_category_that_cannot_stand_there_is_found(country):
    spoil(country.class1, parent=country.class2, path=f"{country.class2.path}{country.class1.pk}/")
    assert ("2023级1班团支部", "团支部没有下级组织") in found()


def test_faults_end_the_command_with_an_error(country):
    spoil(country.class1, full_name="x")
    with pytest.raises(CommandError, match="1 处不符"):
        call_command("verify_tree")
    call_command("verify_tree", "--fix")
