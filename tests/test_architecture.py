"""The shape of the house, held by tests: sizes, openings, templates without inline code, verbs that leave a record."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
APPS = ("zhtj", "accounts", "orgs", "members", "transfers", "regcodes")
FILE_LINES, FUNCTION_LINES, VIEW_LINES = 400, 60, 40
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE)
# The row of a large rename keeps who asked for it; the worker records the rename when it is carried out.
RECORDED_LATER = {"orgs/renaming.py:plan"}
IMPORTS_LATE = {"zhtj/lib/sheet_child.py"}  # a child process that sets its limits before it loads the reader
WRITES = {
    "create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
    "save",
    "get_or_create",
    "update_or_create",
}


def sources() -> list[Path]:
    """Every module of the product but the migrations."""
    found = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]


def test_modules_are_of_readable_size():
    sizes = {shown(path): len(path.read_text().splitlines()) for path in sources()}
    assert {name: size for name, size in sizes.items() if size > FILE_LINES} == {}


def test_a_module_opens_with_a_sentence():
    assert [shown(path) for path in sources() if path.read_text() and not ast.get_docstring(tree(path))] == []


def longer_than(limit: int, paths: list[Path]) -> dict[str, int]:
    """Functions with more lines than that."""
    sizes = {
        f"{shown(path)}:{each.name}": each.end_lineno - each.lineno
        for path in paths
        for each in functions(path)
    }
    return {name: size for name, size in sizes.items() if size > limit}


def views() -> list[Path]:
    return [path for path in sources() if path.name.endswith("views.py")]


def test_functions_stay_short():
    assert longer_than(FUNCTION_LINES, sources()) == {}


def test_views_do_little():
    assert longer_than(VIEW_LINES, views()) == {}


def writes_a_table(node: ast.AST) -> bool:
    """`Model.objects.create(…)` and its like."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr == "objects"
    )


def test_views_never_write():
    assert [shown(path) for path in views() if any(map(writes_a_table, ast.walk(tree(path))))] == []


def takes_actor(function: ast.FunctionDef) -> bool:
    return any(each.arg == "actor" for each in function.args.kwonlyargs)


def writes(function: ast.FunctionDef) -> bool:
    """Whether the function itself changes rows: a writing method of a manager, queryset or instance."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES - {"update"}
        for node in ast.walk(function)
    )


def names_called(function: ast.FunctionDef) -> set[str]:
    called = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            called.add(
                node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            )
    return called


def records(function: ast.FunctionDef) -> bool:
    """Whether the function records, or hands its actor to something that does."""
    if names_called(function) & {"record", "entry"}:
        return True
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(keyword.arg == "actor" for node in calls for keyword in node.keywords)


def audited(function: ast.FunctionDef, path: Path) -> bool:
    """Whether it records, or is a step of a verb beside it that does."""
    beside = [
        each for each in functions(path) if each is not function and function.name in names_called(each)
    ]
    return records(function) or any("record" in names_called(each) for each in beside)


def test_verbs_leave_a_record():
    silent = [
        f"{shown(path)}:{each.name}"
        for path in sources()
        for each in functions(path)
        if takes_actor(each) and writes(each) and not audited(each, path)
    ]
    assert set(silent) - RECORDED_LATER == set()


def inline_code(path: Path) -> list[str]:
    """Style and script written into a template."""
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", path.read_text(), flags=re.DOTALL)
    return INLINE.findall(text) + SCRIPT.findall(text)


def test_templates_carry_no_style_and_no_script_of_their_own():
    assert [shown(path) for path in templates() if inline_code(path)] == []


def test_nothing_is_left_to_do_in_the_sources():
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b")
    found = [shown(path) for path in (*sources(), *templates()) if marks.search(path.read_text())]
    assert found == []


def test_no_module_imports_inside_a_function():
    inside = [
        f"{shown(path)}:{each.name}"
        for path in sources()
        if shown(path) not in IMPORTS_LATE
        for each in functions(path)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(each))
    ]
    assert inside == []


def test_the_check_runs_the_import_contracts():
    assert "lint-imports" in (ROOT / "Makefile").read_text()


def test_the_contracts_name_every_app():
    contracts = (ROOT / "pyproject.toml").read_text()
    assert [app for app in APPS if f'"{app}"' not in contracts] == []
