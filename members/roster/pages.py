"""What the pages of an import say: how it stands, its tiles, the button and its words, progress and result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from zhtj.lib.writing import dt

from ..models import BatchState, ImportBatch, RowVerdict
from . import batch as batches
from . import brake, headers, queries
from .plan import STOPPED

TILES = (
    RowVerdict.NEW,
    RowVerdict.UPDATE,
    RowVerdict.SAME,
    RowVerdict.MOVE,
    RowVerdict.CONFLICT,
    RowVerdict.ERROR,
)
_KINDS = {RowVerdict.ERROR: "returned", RowVerdict.CONFLICT: "todo", RowVerdict.MOVE: "todo"}
_BADGES = {
    BatchState.MAPPING: "todo",
    BatchState.PLANNED: "todo",
    BatchState.DONE: "done",
    BatchState.REJECTED: "returned",
    BatchState.ABANDONED: "void",
    BatchState.UNDONE: "void",
}
_WRITABLE = (RowVerdict.NEW, RowVerdict.UPDATE)


def standing(batch: ImportBatch) -> tuple[str, str]:
    """The words and the kind of the badge: its state, or that nobody has to confirm anything."""
    if batch.state == BatchState.PLANNED and not any(batch.counts.get(verdict) for verdict in _WRITABLE):
        return ("没有变化", "neutral") if _all_same(batch) else ("没有可导入的行", "returned")
    return batch.get_state_display(), _BADGES.get(BatchState(batch.state), "info")


def _all_same(batch: ImportBatch) -> bool:
    return batch.counts.get(RowVerdict.SAME) == batch.counts.get("total")


# -- tiles and the button ---------------------------------------------------------------------------


def chosen_view(batch: ImportBatch, asked: str) -> str:
    """Which rows to show: those asked for, else what needs the user first."""
    counts = batch.counts
    if asked in RowVerdict.values or (asked == queries.STOPPED and batch.state == BatchState.DONE):
        return asked
    if counts.get("stopped"):
        return queries.STOPPED
    return next((verdict for verdict in queries.ORDER if counts.get(verdict)), RowVerdict.NEW)


def tiles(batch: ImportBatch, show: str) -> list[dict[str, Any]]:
    """新增 更新 不变 需转接 冲突 错误, each filtering the rows; after the run also what was stopped."""
    found = [
        {
            "label": verdict.label,
            "value": batch.counts.get(verdict, 0),
            "url": f"?show={verdict}",
            "kind": _KINDS.get(verdict, "") if batch.counts.get(verdict) else "",
            "current": show == verdict,
        }
        for verdict in TILES
    ]
    if batch.counts.get("stopped"):
        stopped = {
            "label": "未写入",
            "value": batch.counts["stopped"],
            "url": f"?show={queries.STOPPED}",
            "kind": "todo",
            "current": show == queries.STOPPED,
        }
        found.append(stopped)
    return found


@dataclass(frozen=True)
class Button:
    """The one act of a plan: its words, or why there is nothing to do. `people` is what it announces.

    `over` where the list holds nothing that could still be imported as it is; `brake` what is to be read before.
    """

    words: str
    updates: int
    people: int
    reason: str = ""
    over: bool = False
    brake: tuple[str, ...] = ()


def button(batch: ImportBatch) -> Button:
    """导入 27 人，更新 3 人."""
    new = batch.counts.get(RowVerdict.NEW, 0)
    updates = batch.rows.filter(verdict=RowVerdict.UPDATE, ticked=True).count()
    parts = [f"导入 {new:,} 人" if new > 9999 else f"导入 {new} 人"] if new else []
    parts += [f"更新 {updates} 人"] if updates else []
    if parts:
        unusual = tuple(brake.of_choice(batch)) if batch.brake else ()
        return Button("，".join(parts), updates, new + updates, brake=unusual)
    return Button("导入 0 人", 0, 0, _nothing(batch), over=not batch.counts.get(RowVerdict.UPDATE))


def _nothing(batch: ImportBatch) -> str:
    if batch.counts.get(RowVerdict.UPDATE):
        return "没有新增的人。要更新资料，请在“更新”中勾选。"
    if _all_same(batch):
        return "名单上的人都已在系统中，资料相同。"
    return "没有可以导入的行。请在下面改正有错误的行，或改正文件后重新上传。"


@dataclass(frozen=True)
class Earlier:
    """What became of the very same file before; `url` leads to that import."""

    words: str
    url: str


def earlier(batch: ImportBatch) -> Earlier | None:
    """Whether the very same file was brought before, by whom and when, and what that means for this time."""
    before = queries.same_file(batch)
    if before is None:
        return None
    who = before.importer.name if before.importer else "管理命令"
    if before.state == BatchState.DONE:
        said = f"这份名单已由{who}于 {dt(before.finished_at or before.created_at)} 导入过"
        changed = any(batch.counts.get(verdict) for verdict in _WRITABLE)
        rest = "。已在系统中的人大多是“不变”，不会重复录入。" if changed else "，没有变化。"
    elif before.state == BatchState.UNDONE:
        said = f"这份名单由{who}导入过，已由{before.undone_by_name}于 {dt(before.undone_at)} 撤销"
        rest = "。"
    else:
        said = f"这份名单{who}于 {dt(before.created_at)} 上传过，现在是“{before.get_state_display()}”"
        rest = "。请确认不是重复上传。"
    return Earlier(f"{said}{rest}", reverse("imports:detail", args=[before.pk]))


# -- how the file was read -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Read:
    """How the columns were read: by the organisation's own words (its header, our column), and which were not used."""

    remembered: list[tuple[str, str]]
    unused: list[str]


def read_as(batch: ImportBatch) -> Read:
    """What the plan says about the columns of the file."""
    header = batch.layout.get("header", [])
    columns = {at: name for name, at in batch.layout.get("columns", {}).items()}
    names = batch.layout.get("remembered", {})
    remembered, unused = [], []
    for at, text in enumerate(header):
        key, title = headers.key(text), " ".join(text.split())
        if at not in columns and key not in ("", headers.REASON):
            unused.append(title)
        elif at in columns and names.get(key):
            remembered.append((title, columns[at]))
    return Read(remembered, unused)


# -- progress and result ----------------------------------------------------------------------------


AWAY = timedelta(seconds=30)


@dataclass(frozen=True)
class Progress:
    """What is being done, and how far; `total` is 0 while unknown, `away` while nobody takes it up."""

    text: str
    done: int
    total: int
    poll: str
    away: bool = False


def progress(batch: ImportBatch, *, now: datetime) -> Progress:
    """The words and figures of the bar."""
    poll = reverse("imports:progress", args=[batch.pk])
    asked_at = batch.undone_at or batch.confirmed_at or batch.created_at
    waiting = asked_at < now - AWAY and not batches.is_held(batch)
    if batch.state == BatchState.QUEUED:
        return Progress("等待核对", 0, 0, poll, waiting)
    if batch.state == BatchState.CHECKING:
        text = f"正在核对 {batch.row_count} 行" if batch.row_count else "正在读取文件"
        return Progress(text, batch.progress, batch.row_count, poll, waiting)
    if batch.state == BatchState.UNDOING:
        return Progress("正在撤销这次导入", batch.progress, batch.counts.get("written", 0), poll, waiting)
    words = button(batch).words
    if batch.state == BatchState.CONFIRMED:
        return Progress(f"等待{words}", 0, 0, poll, waiting)
    if batch.cancel_asked_at:
        return Progress("正在取消，没有写入任何数据", 0, 0, poll, waiting)
    total = batch.counts.get("chosen", 0) if batch.progress else 0
    return Progress(f"正在{words}", batch.progress, total, poll, waiting)


@dataclass(frozen=True)
class Result:
    """What an import has done, in one sentence, and the kind of note that says it."""

    kind: str
    words: str


def result(batch: ImportBatch) -> Result:
    """已导入 27 人，更新 3 人。其余的行为什么没有写入。"""
    written, stopped = batch.counts.get("written", 0), batch.counts.get("stopped", 0)
    ticked = batch.rows.filter(ticked=True, verdict=RowVerdict.UPDATE)
    updated = ticked.exclude(cause=STOPPED).count()
    done = [f"已导入 {written - updated} 人"] if written - updated else []
    done += [f"已更新 {updated} 人"] if updated else []
    words = f"{'，'.join(done) or '没有写入任何人'}。"
    if stopped:
        words += f"{stopped} 行在核对之后情况有变，没有写入，原因见下表。"
    if batch.counts.get(RowVerdict.ERROR):
        words += f"{batch.counts[RowVerdict.ERROR]} 行有错误，没有写入，改正后可以再次导入。"
    return Result("warning" if stopped else "success" if written else "info", words)
