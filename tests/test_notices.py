"""Everything vendored carries its licence and stands in the third-party notices, and so does every package we need."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTICES = (ROOT / "THIRD_PARTY_NOTICES.md").read_text("utf-8")
VENDORED = [*sorted((ROOT / "static" / "vendor").iterdir()), ROOT / "transfers" / "letters" / "fonts"]


def test_what_is_vendored_has_a_version_and_a_licence_that_the_notices_name():
    wrong = []
    for folder in VENDORED:
        version = (folder / "VERSION").read_text("utf-8").split(";")[0]
        licences = [*folder.glob("LICENSE*"), *folder.glob("OFL*"), *folder.glob("NOTICE*")]
        row = next((line for line in NOTICES.splitlines() if f"`{folder.relative_to(ROOT)}`" in line), "")
        linked = all(f"({each.relative_to(ROOT)})" in row for each in licences)
        number = next((word for word in version.split() if word[0].isdigit()), "")
        if not (licences and linked and f"| {number} |" in row):
            wrong.append(folder.name)
    assert wrong == []


def test_every_package_stands_there_in_its_version():
    required = [line.strip().split("==") for line in (ROOT / "requirements.txt").read_text().splitlines()]
    missing = [pair for pair in required if len(pair) == 2 and f"| {pair[0]} | {pair[1]} |" not in NOTICES]
    assert missing == []
