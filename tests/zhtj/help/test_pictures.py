"""No picture is missing, none is left over: each one shown is declared and taken, each one taken is shown."""

import re
from pathlib import Path

from tests.shots.taken import FOLDER, SHOTS

ANSWERS = Path(__file__).resolve().parents[3] / "templates" / "help" / "answers"
SHOT = re.compile(r'{%\s*shot\s+"([^"]+)"\s+"[^"]+"\s*%}')
LARGEST = 120_000  # bytes


def shown() -> list[str]:
    return sorted({name for path in ANSWERS.glob("*.html") for name in SHOT.findall(path.read_text())})


def test_every_picture_shown_is_declared_and_every_declared_one_is_shown():
    assert sorted(shot.name for shot in SHOTS) == shown()


def test_every_declared_picture_is_taken_and_none_is_left_over():
    assert sorted(path.stem for path in FOLDER.glob("*.png")) == sorted(shot.name for shot in SHOTS)


def test_pictures_are_small():
    assert [path.name for path in FOLDER.glob("*.png") if path.stat().st_size > LARGEST] == []
