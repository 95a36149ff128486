"""Rows of the plan as lines."""

import pytest

from members.roster import lines


@pytest.mark.parametrize(
    ("message", "cause", "remedy"),
    [
        ("入团年月晚于今天，请按实际更正。", "入团年月晚于今天", "请按实际更正。"),
        ("已满28周岁（现30周岁），且没有团内职务，应办理超龄离团。", "已满28周岁（现30周岁），且没有团内职务", "应办理超龄离团。"),
        ("学历不在列表：“高一”。可填：小学、初中。", "学历不在列表：“高一”", "可填：小学、初中。"),
        ("号码有误。", "号码有误", ""),
    ],
)  # fmt: skip
def test_a_message_is_told_as_cause_and_remedy(message, cause, remedy):
    assert lines.split(message) == (cause, remedy)
