"""What is decided about each row: the order of faults, repeats within the file, and what the system knows."""

from dataclasses import replace
from datetime import date

import pytest

from members import rules
from members.models import RowVerdict
from members.roster.check import BRANCH_COLUMN, Candidate, Checker, may_import
from members.rules import LEAGUE_NUMBER, NAME, NUMBER, PHONE, TITLE, Person
from orgs.enums import Category
from orgs.scope import of_command, scope_of
from tests import makers

TODAY = date(2026, 11, 23)
SECRETARY = {
    "is_cadre": True,
    "title": "书记",
    "since": date(2023, 9, 1),
    "nature": "兼职",
    "in_party": False,
}


def person(**facts) -> Person:
    """Somebody without a fault, nobody else's number."""
    known = facts.pop("account", None)
    sound = {
        "name": known.name if known else "张三",
        "number": known.id_number if known else makers.number_of(),
        "ethnicity": "汉族",
        "status": "共青团员",
        "education": "本科（在读）",
        "joined": date(2020, 5, 1),
        "phone": "13800000001",
        "league_number": known.member.number
        if hasattr(known, "member")
        else f"202066{next(makers._serial):06d}",
    }
    return Person(**{**sound, **facts})


def checked(target, *people: Person, actor=None, branch: str = ""):
    """The findings for these people, in the rows from 3 on."""
    checker = Checker(target, actor=actor or of_command("tests", target), today=TODAY)
    return checker.check([Candidate(row, each, branch) for row, each in enumerate(people, start=3)])


def faults(finding) -> list[tuple[str, str]]:
    return [(problem.column, problem.cause) for problem in finding.problems]


# -- order ------------------------------------------------------------------------------------------


def test_what_the_system_says_stands_behind_what_the_row_itself_lacks(country):
    (finding,) = checked(country.college, person(name=""), branch="没有的团支部")
    assert faults(finding) == [(NAME, "required"), (BRANCH_COLUMN, "organization")]


def test_a_missing_branch_is_a_required_cell_and_stands_first(country):
    (finding,) = checked(country.college, person(name=""))
    assert faults(finding) == [(BRANCH_COLUMN, "required"), (NAME, "required")]


def test_the_faults_of_the_system_stand_in_template_order(country, cast):
    stranger = person(account=cast.worker.account, league_number=cast.classmate.number)
    (finding,) = checked(country.class1, stranger)
    assert finding.verdict == RowVerdict.ERROR
    assert faults(finding) == [(NUMBER, "elsewhere"), (LEAGUE_NUMBER, "number_taken")]


def test_a_cell_that_could_not_be_read_is_not_called_empty_too(country):
    unread = rules.Problem(PHONE, "cell_error", "手机号码的单元格是错误值。")
    checker = Checker(country.class1, actor=of_command("tests", country.class1), today=TODAY)
    (finding,) = checker.check([Candidate(3, person(phone="", name=""), "", (unread,))])
    assert faults(finding) == [(PHONE, "cell_error"), (NAME, "required")]


# -- twice in the file ------------------------------------------------------------------------------


def test_the_first_row_of_a_person_is_taken_and_later_ones_are_errors(country):
    one = person()
    first, second = checked(country.class1, one, replace(one, league_number="202066999999"))
    assert (first.verdict, second.verdict) == (RowVerdict.NEW, RowVerdict.ERROR)
    assert faults(second) == [(NUMBER, "id_twice")]
    assert "第 3 行" in second.problems[0].message


def test_a_twin_of_a_faulty_row_is_not_taken_in_its_place(country):
    one = person()
    first, second = checked(country.class1, replace(one, phone="1"), one)
    assert (first.verdict, faults(second)[0]) == (RowVerdict.ERROR, (NUMBER, "id_twice"))


def test_a_faulty_number_is_nobodys_and_has_no_twins(country):
    one = person(number="659099200605200000")
    assert [faults(each)[0] for each in checked(country.class1, one, one)] == [(NUMBER, "id_check")] * 2


def test_a_league_number_belongs_to_the_first_row(country):
    one = person()
    _, second = checked(country.class1, one, person(league_number=one.league_number))
    assert faults(second) == [(LEAGUE_NUMBER, "number_twice")]


def test_only_the_first_row_may_claim_the_secretary_of_a_branch(country):
    first, second = checked(country.class1, person(**SECRETARY), person(**SECRETARY))
    assert (first.verdict, faults(second)) == (RowVerdict.NEW, [(TITLE, "secretary_twice")])


# -- in the system ----------------------------------------------------------------------------------


def test_somebody_elses_league_number_is_refused(country, cast):
    (finding,) = checked(country.class1, person(league_number=cast.worker.number))
    assert faults(finding) == [(LEAGUE_NUMBER, "number_taken")]


def test_a_branch_with_a_secretary_takes_no_second_one(country, cast):
    (finding,) = checked(country.class1, person(**SECRETARY))
    assert faults(finding) == [(TITLE, "secretary")]
    assert cast.class1_admin.name in finding.problems[0].message


def test_the_importers_own_row_is_no_error(country, cast):
    own = person(account=cast.class1_admin, **SECRETARY)
    (finding,) = checked(country.class1, own, actor=scope_of(cast.class1_admin))
    assert finding.problems == []
    assert finding.verdict in (RowVerdict.SAME, RowVerdict.UPDATE)


def test_equal_values_are_the_same_and_others_an_update_field_by_field(country, cast):
    same, other = checked(
        country.class1,
        person(account=cast.member.account),
        person(account=cast.classmate.account, education="硕士"),
    )
    assert same.verdict == RowVerdict.SAME
    assert other.verdict == RowVerdict.UPDATE
    assert [(each.column, each.old, each.new) for each in other.changes] == [("学历", "本科（在读）", "硕士")]


def test_an_empty_cell_changes_nothing(country, cast):
    account = cast.member.account
    account.email = "a@example.com"
    account.save()
    (finding,) = checked(country.class1, person(account=account, email=""))
    assert finding.verdict == RowVerdict.SAME


def test_another_name_under_the_number_of_a_member_here_is_a_conflict(country, cast):
    (finding,) = checked(country.class1, person(account=cast.member.account, name="别人"))
    assert (finding.verdict, finding.problems) == (RowVerdict.CONFLICT, [])


def test_case_makes_no_other_name(country):
    account = makers.make_member(country.class1, "Anna王").account
    (finding,) = checked(country.class1, person(account=account, name="ANNA王"))
    assert finding.verdict == RowVerdict.SAME


def test_an_account_without_membership_is_taken_over_when_the_name_agrees(country, cast):
    agrees, differs = checked(
        country.class1,
        person(account=cast.outsider),
        person(account=makers.make_account("赵六"), name="钱七"),
    )
    assert (agrees.verdict, agrees.account) == (RowVerdict.NEW, cast.outsider)
    assert faults(differs) == [(NAME, "name_differs")]


# -- in another branch ------------------------------------------------------------------------------


def test_a_member_of_a_sister_branch_is_named_with_the_branch(country, cast):
    row = person(account=cast.class2_admin)
    (finding,) = checked(country.class1, row, actor=scope_of(cast.class1_admin))
    assert (finding.verdict, faults(finding)) == (RowVerdict.MOVE, [(NUMBER, "elsewhere")])
    assert country.class2.full_name in finding.problems[0].message


def test_a_member_far_away_is_placed_only_in_a_province(country, cast):
    row = person(account=cast.worker.account)
    (finding,) = checked(country.class1, row, actor=scope_of(cast.class1_admin))
    assert finding.verdict == RowVerdict.MOVE
    assert country.shandong.short_name in finding.problems[0].message
    assert country.workshop.short_name not in finding.problems[0].message
    assert country.company.short_name not in finding.problems[0].message


# -- the branch -------------------------------------------------------------------------------------


def test_a_wrong_name_is_answered_with_the_nearest_ones(country):
    wrong = country.class1.full_name.replace("1班", "11班")
    (finding,) = checked(country.college, person(), branch=wrong)
    assert faults(finding) == [(BRANCH_COLUMN, "organization")]
    assert country.class1.full_name in finding.problems[0].message


@pytest.mark.parametrize("other", ["workshop", "class2"])
def test_a_branch_imports_nobody_into_another_one(country, other):
    (finding,) = checked(country.class1, person(), branch=getattr(country, other).full_name)
    assert faults(finding) == [(BRANCH_COLUMN, "organization")]


def test_people_never_land_in_a_committee(country):
    (finding,) = checked(country.university, person(), branch=country.college.full_name)
    assert faults(finding) == [(BRANCH_COLUMN, "organization")]


def test_nobody_fills_a_pending_branch_by_hand(country):
    pending = makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    (finding,) = checked(country.college, person(), branch=pending.full_name)
    assert faults(finding) == [(BRANCH_COLUMN, "pending")]


def test_a_committee_imports_into_any_branch_below_it(country):
    (finding,) = checked(country.university, person(), branch=country.class1.full_name)
    assert (finding.verdict, finding.branch) == (RowVerdict.NEW, country.class1)


def test_a_leading_body_imports_only_into_its_own_branches(country, cast):
    own = makers.make_org(country.corps, "机关团支部")
    actor = scope_of(cast.corps_admin)
    (near,) = checked(country.corps, person(), actor=actor, branch=own.full_name)
    (far,) = checked(country.corps, person(), actor=actor, branch=country.class1.full_name)
    assert near.verdict == RowVerdict.NEW
    assert faults(far) == [(BRANCH_COLUMN, "not_superior")]


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("class1_admin", True),
        ("college_admin", True),
        ("university_admin", True),
        ("corps_admin", False),
        ("centre_admin", False),
        ("class2_admin", False),
        ("workshop_admin", False),
        ("outsider", False),
    ],
)
def test_who_may_import_into_a_branch(country, cast, who, allowed):
    assert bool(may_import(scope_of(getattr(cast, who)), country.class1)) == allowed


# -- the league number of early joiners -------------------------------------------------------------


def early(**facts) -> Person:
    return person(number=makers.number_of(date(2000, 5, 20)), joined=date(2014, 5, 1), **facts)


def test_a_malformed_number_of_an_early_joiner_is_a_notice_and_left_out(country):
    (finding,) = checked(country.class1, early(league_number="123"))
    assert (finding.verdict, finding.problems) == (RowVerdict.NEW, [])
    assert finding.candidate.person.league_number == ""
    assert "发展团员编号" in finding.note


def test_a_sound_number_of_an_early_joiner_is_kept(country):
    (finding,) = checked(country.class1, early(league_number="201465000001"))
    assert (finding.candidate.person.league_number, finding.note) == ("201465000001", "")


# -- cost -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queries_do_not_grow_with_the_rows(country, django_assert_num_queries, rows):
    people = [person() for _ in range(rows)]
    actor = of_command("tests", country.college)
    checker = Checker(country.college, actor=actor, today=TODAY)
    candidates = [Candidate(at, each, country.class1.full_name) for at, each in enumerate(people, start=3)]
    with django_assert_num_queries(3):
        checker.check(candidates)
