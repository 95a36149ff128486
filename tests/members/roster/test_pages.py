"""Words of the plan and the result."""

import pytest

from members.models import BatchState, ImportBatch
from members.roster import pages


def batch(state=BatchState.PLANNED, **counts):
    """An unsaved import with these counts."""
    return ImportBatch(state=state, counts={"total": sum(counts.values()), **counts})


@pytest.mark.parametrize(
    ("counts", "first"),
    [
        ({"new": 3, "error": 1, "conflict": 1}, "error"),
        ({"new": 3, "move": 1, "conflict": 1}, "conflict"),
        ({"new": 3, "update": 1, "same": 2}, "update"),
        ({"same": 2}, "same"),
        ({}, "new"),
    ],
)
def test_what_needs_the_user_is_shown_first(counts, first):
    assert pages.chosen_view(batch(**counts), "") == first


def test_after_the_run_the_stopped_rows_come_first_and_have_their_tile():
    done = batch(BatchState.DONE, new=2, error=1, stopped=1)
    assert pages.chosen_view(done, "") == "stopped"
    assert pages.tiles(done, "stopped")[-1] == {
        "label": "未写入",
        "value": 1,
        "url": "?show=stopped",
        "kind": "todo",
        "current": True,
    }


def test_stopped_rows_cannot_be_asked_for_before_the_run():
    assert pages.chosen_view(batch(new=2), "stopped") == "new"


def test_tiles_stand_in_their_order_and_only_trouble_is_coloured():
    found = pages.tiles(batch(new=1, error=2), "error")
    assert [tile["label"] for tile in found] == ["新增", "更新", "不变", "需转接", "冲突", "错误"]
    assert [tile["kind"] for tile in found] == ["", "", "", "", "", "returned"]
