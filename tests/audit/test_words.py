"""Every verb that the code records has words, and no word stands for a verb that is not recorded."""

import ast
from itertools import product
from pathlib import Path

import pytest

from orgs.enums import PetitionKind
from transfers.enums import Act
from zhtj.audit import words
from zhtj.audit.models import AuditEntry

ROOT = Path(__file__).parents[2]
APPS = ("zhtj", "accounts", "orgs", "members", "transfers", "regcodes")
RECORDERS = {"record", "entry", "values"}
# `members.reveal_{what}` with the keys of members.private.WHAT.
MADE_UP = {"members.reveal_": ("id", "phone")}
ELSEWHERE = {"request"}  # the middleware records denials under the name of the page


def recorded() -> set[str]:
    """The verbs that stand in the code as first argument of a recording call."""
    found: set[str] = set()
    for path in (
        path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
    ):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and name_of(node.func) in RECORDERS:
                found |= verbs(node.args[0])
    return found - ELSEWHERE


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def verbs(argument: ast.expr) -> set[str]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and "." in argument.value:
        return {argument.value}
    if isinstance(argument, ast.JoinedStr):
        start = argument.values[0].value
        return {a + b for a, b in product([start], MADE_UP[start])}
    if isinstance(argument, ast.IfExp):
        return verbs(argument.body) | verbs(argument.orelse)
    return set()


def test_every_recorded_verb_has_words():
    assert sorted(recorded() - set(words.VERBS)) == []


def test_no_words_for_what_is_never_recorded():
    assert sorted(set(words.VERBS) - recorded()) == []


def test_no_two_verbs_have_the_same_words():
    assert len(set(words.VERBS.values())) == len(words.VERBS)


def test_a_denial_of_a_page_has_words_too():
    assert words.of("members.edit") == "没有权限的操作"


def test_the_kinds_of_petitions_have_their_words():
    assert dict(PetitionKind.choices) == words.PETITIONS


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ({"reason": "核对", "what": "手机号码"}, "原因：核对"),
        ({"petition": 3, "kind": "seats", "act": "同意"}, "管理员变更；同意"),
        ({"cause": "not_yours", "code_id": 7}, ""),
        ({"title": "书记", "remark": "换届"}, "职务：书记；附言：换届"),
        (
            {"fields": ["education"], "changes": [["学历", "", "大专"], ["手机号码"]], "why": "本人申请"},
            "原因：本人申请；学历：空 → 大专；手机号码（有改动）",
        ),
    ],
)
def test_a_detail_says_what_is_for_people(detail, said):
    assert words.remark(AuditEntry(detail=detail)) == said


def test_every_step_of_a_transfer_is_said_in_words():
    assert words.STEPS == dict(Act.choices)
    assert words.remark(AuditEntry(detail={"transfer": 1, "act": "agree_in", "state": "done"})) == "同意转入"
