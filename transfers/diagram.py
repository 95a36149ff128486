"""The diagram of states in docs/transfers.md, drawn from the table alone."""

from __future__ import annotations

from collections import defaultdict

from .enums import Act, Landing, Role, Starter, State
from .table import ANY, EVERYBODY, FROM_THEM, MOVES, Move

FENCE = "```"
BEGIN, END = "<!-- drawn from transfers/table.py by `make diagram` -->", "<!-- end of the drawing -->"


def mermaid() -> str:
    """The moves between states as mermaid text; reminders, which move nothing, are left out."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for move in MOVES:
        if move.act != Act.REMIND:
            arrows[_name(move.state), _name(move.to)].append(said(move))
    lines = ["stateDiagram-v2", *(f"    {state.value}: {state.label}" for state in State)]
    for (before, after), acts in arrows.items():
        lines += [f"    {before} --> {after}: {each}" for each in dict.fromkeys(acts)]
    ends = (State.DONE, State.RETURNED, State.WITHDRAWN, State.LAPSED)
    return "\n".join([*lines, *(f"    {each.value} --> [*]" for each in ends)])


def rows() -> str:
    """Every line of the table as Markdown."""
    head = ["| 做什么 | 状态 | 以什么身份 | 变为 | 去向 | 发起方 |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *(_row(move) for move in MOVES)])


def _row(move: Move) -> str:
    before = State(move.state).label if move.state else "（新）"
    cells = (Act(move.act).label, before, Role(move.role).label, State(move.to).label)
    return f"| {' | '.join((*cells, _kinds(move.landings, ANY, Landing), _kinds(move.starters, EVERYBODY, Starter)))} |"


def _kinds(found: frozenset[str], all_of_them: frozenset[str], words) -> str:
    if found == all_of_them:
        return "任何"
    return "、".join(each.label for each in words if each in found)


def said(move: Move) -> str:
    """An arrow's words: who does what, and to what kind of target where that matters."""
    kinds = f"（{_kinds(move.landings, ANY, Landing)}）" if move.landings != ANY else ""
    theirs = "，转入方发起的" if move.starters == FROM_THEM and move.act == Act.AGREE_OUT else ""
    return f"{Role(move.role).label}{Act(move.act).label}{kinds}{theirs}"


def _name(state: str | None) -> str:
    return "[*]" if state is None else State(state).value


def drawn(text: str) -> str:
    """The document with the drawing between the marks made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    body = f"{BEGIN}\n\n{FENCE}mermaid\n{mermaid()}\n{FENCE}\n\n{rows()}\n\n{END}"
    return before + body + after
